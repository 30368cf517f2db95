import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { followEvents } from './live-events.ts';

class FakeSource extends EventTarget {
  closed = false;
  close() {
    this.closed = true;
  }
}

function follow() {
  const sources: FakeSource[] = [];
  const handlers = {
    record: vi.fn(),
    deleted: vi.fn(),
    restored: vi.fn(),
    label: vi.fn(),
    cases: vi.fn(),
    status: vi.fn(),
    connection: vi.fn(),
  };
  const abort = new AbortController();
  const open = () => {
    const source = new FakeSource();
    sources.push(source);
    return source as unknown as EventSource;
  };
  const live = followEvents(handlers, abort.signal, open);
  const last = () => sources.at(-1) as FakeSource;
  return { sources, handlers, abort, live, last };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('live events', () => {
  it('delivers what is valid and drops the rest', () => {
    const { handlers, last } = follow();
    const send = (name: string, data: string) => last().dispatchEvent(new MessageEvent(name, { data }));
    send('record', JSON.stringify(exampleRecord()));
    send('record', '{"id":1}');
    send('deleted', '{"ids":"everything"}');
    send('deleted', '{"ids":["a"]}');
    send('label', 'no json');
    expect(handlers.record).toHaveBeenCalledExactlyOnceWith(exampleRecord());
    expect(handlers.deleted).toHaveBeenCalledExactlyOnceWith({ ids: ['a'] });
    expect(handlers.label).not.toHaveBeenCalled();
  });

  it('reconnects with growing pauses, at once on request, and stops with its signal', () => {
    const { sources, handlers, abort, live, last } = follow();
    last().dispatchEvent(new Event('error'));
    expect(handlers.connection).toHaveBeenLastCalledWith('offline');
    vi.advanceTimersByTime(499);
    expect(sources).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(2);
    last().dispatchEvent(new Event('error'));
    live.retryNow();
    expect(sources).toHaveLength(3);
    last().dispatchEvent(new Event('open'));
    expect(handlers.connection).toHaveBeenLastCalledWith('live');
    abort.abort();
    expect(last().closed).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(3);
  });
});

import { MAX_CAPTURE_BYTES, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { describe, expect, it, vi } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { fileKind } from './file-kind.ts';
import { type Check, type FileEntry, FileQueue } from './file-queue.ts';

/** What is waited for comes; how late, the machine decides. */
const SOONER_OR_LATER = { timeout: 300_000 };

function queue() {
  const pending: PromiseWithResolvers<ResultRecord>[] = [];
  const check = vi.fn<Check>(() => {
    const one = Promise.withResolvers<ResultRecord>();
    pending.push(one);
    return one.promise;
  });
  let entries: readonly FileEntry[] = [];
  const abort = new AbortController();
  const made = new FileQueue(check, (next) => (entries = next), abort.signal);
  return {
    made,
    check,
    pending,
    abort,
    statuses: () => entries.map((entry) => entry.state.status),
    entries: () => entries,
  };
}
const file = (name: string, size = 3) => new File([new Uint8Array(size)], name);

describe('file queue', () => {
  it('sends three at a time and goes on after an error', async () => {
    const { made, pending, statuses, entries } = queue();
    made.add(
      ['a', 'b', 'c', 'd'].map((name) => file(name)),
      'x',
    );
    expect(statuses()).toEqual(['checking', 'checking', 'checking', 'waiting']);
    pending[0]?.reject(new TouchstoneError('broken-picture'));
    await vi.waitFor(() => expect(statuses()).toEqual(['failed', 'checking', 'checking', 'checking']), SOONER_OR_LATER);
    pending[1]?.resolve(exampleRecord());
    await vi.waitFor(() => expect(statuses()[1]).toBe('done'), SOONER_OR_LATER);
    made.retry(entries()[0]?.key ?? 0);
    expect(statuses()[0]).toBe('checking');
  });

  it('refuses empty and oversize files without sending them', () => {
    const { made, check, entries } = queue();
    const huge = file('huge.png');
    Object.defineProperty(huge, 'size', { value: MAX_CAPTURE_BYTES + 1 });
    made.add([file('empty.jpg', 0), huge], 'x');
    expect(check).not.toHaveBeenCalled();
    expect(entries().map(({ state }) => state.status === 'failed' && state.error.code)).toEqual([
      'empty-file',
      'too-large',
    ]);
  });

  it('names what has no name, and cuts a name that is too long', () => {
    const { made, entries } = queue();
    made.add([file(''), file(`${'n'.repeat(900)}.png`)], 'Pasted picture');
    expect(entries()[0]?.name).toBe('Pasted picture');
    expect(entries()[1]?.name).toHaveLength(512);
  });

  it('clears what is not under way, and is silent once aborted', async () => {
    const { made, pending, abort, statuses } = queue();
    made.add(
      ['a', 'b', 'c', 'd'].map((name) => file(name)),
      'x',
    );
    made.clear();
    expect(statuses()).toEqual(['checking', 'checking', 'checking']);
    abort.abort();
    pending[0]?.resolve(exampleRecord());
    await Promise.resolve();
    expect(statuses()).toEqual(['checking', 'checking', 'checking']);
  });

  it('checks one video at a time, shows how far it is, and goes on when it is cancelled', async () => {
    const { made, check, pending, statuses, entries } = queue();
    made.add([file('a.mp4'), file('b.mkv'), file('c.jpg')], 'x');
    expect(statuses()).toEqual(['checking', 'waiting', 'checking']);
    const [, onProgress, signal] = check.mock.calls[0] ?? [];
    const progress = {
      type: 'progress',
      framesAnalyzed: 2,
      framesPlanned: 9,
      mediaTime: 1,
      timeLeft: null,
    } as const;
    onProgress?.(progress);
    expect(entries()[0]?.state).toEqual({ status: 'checking', progress });
    made.cancel(entries()[0]?.key ?? 0);
    expect(signal?.aborted).toBe(true);
    pending[0]?.reject(new DOMException('stopped', 'AbortError'));
    await vi.waitFor(() => expect(statuses()).toEqual(['cancelled', 'checking', 'checking']), SOONER_OR_LATER);
    made.retry(entries()[0]?.key ?? 0);
    expect(statuses()[0]).toBe('waiting');
  });

  it('tells videos by type, else by ending', () => {
    const kinds = [
      { name: 'a.MKV', type: '' },
      { name: 'a.avi', type: '' },
      { name: 'clip', type: 'video/quicktime' },
      { name: 'a.mp4.jpg', type: '' },
      { name: 'a.mp4', type: 'image/jpeg' },
    ].map(fileKind);
    expect(kinds).toEqual(['video', 'video', 'video', 'picture', 'picture']);
  });
});

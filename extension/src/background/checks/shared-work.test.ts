import { describe, expect, it, vi } from 'vitest';
import { createSharedWork } from './shared-work.ts';

function setup() {
  const shared = createSharedWork<string, string>();
  const gate = Promise.withResolvers<string>();
  const start = vi.fn((signal: AbortSignal, tell: (stage: string) => void) => {
    tell('begun');
    signal.addEventListener('abort', () => gate.reject(new Error('aborted')));
    return gate.promise;
  });
  return { shared, gate, start, never: new AbortController().signal };
}

describe('shared work', () => {
  it('runs once for all who ask at the same time, and tells each every stage', async () => {
    const { shared, gate, start, never } = setup();
    const [one, two] = [vi.fn(), vi.fn()];
    const first = shared.join('a', never, one, start);
    await Promise.resolve();
    const second = shared.join('a', never, two, start);
    gate.resolve('done');
    expect(await Promise.all([first, second])).toEqual(['done', 'done']);
    expect(start).toHaveBeenCalledOnce();
    expect(one).toHaveBeenCalledWith('begun');
    expect(two).toHaveBeenCalledWith('begun');
  });

  it('goes on for the others when one leaves', async () => {
    const { shared, gate, start, never } = setup();
    const leaving = new AbortController();
    const first = shared.join('a', leaving.signal, vi.fn(), start);
    const second = shared.join('a', never, vi.fn(), start);
    leaving.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    gate.resolve('done');
    expect(await second).toBe('done');
  });

  it('is aborted when all have left, and starts anew for the next', async () => {
    const { shared, start, never } = setup();
    const leaving = new AbortController();
    const first = shared.join('a', leaving.signal, vi.fn(), start);
    await Promise.resolve();
    leaving.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(start.mock.calls[0]?.[0].aborted).toBe(true);
    const again = vi.fn(async () => 'again');
    expect(await shared.join('a', never, vi.fn(), again)).toBe('again');
  });

  it('keeps keys apart and forgets what is done', async () => {
    const { shared, never } = setup();
    const work = vi.fn(async () => 'x');
    await shared.join('a', never, vi.fn(), work);
    await shared.join('b', never, vi.fn(), work);
    await shared.join('a', never, vi.fn(), work);
    expect(work).toHaveBeenCalledTimes(3);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { createFetchSlots } from './fetch-slots.ts';

const never = new AbortController().signal;
const tick = () => new Promise((resolve) => setTimeout(resolve));

describe('fetch slots', () => {
  it('runs as many automatic checks as there are slots, and the next when one ends', async () => {
    const slots = createFetchSlots(1);
    const first = Promise.withResolvers<void>();
    const second = vi.fn(async () => undefined);
    const running = [slots.run('bulk', never, () => first.promise), slots.run('bulk', never, second)];
    await tick();
    expect(second).not.toHaveBeenCalled();
    first.resolve();
    await Promise.all(running);
    expect(second).toHaveBeenCalledOnce();
  });

  it('never lets what a person asked wait behind them', async () => {
    const slots = createFetchSlots(1);
    const first = Promise.withResolvers<void>();
    void slots.run('bulk', never, () => first.promise);
    expect(await slots.run('asked', never, async () => 'answered')).toBe('answered');
    first.resolve();
  });

  it('drops what is cancelled while it waits, and refuses when too many wait', async () => {
    const slots = createFetchSlots(1, 1);
    const first = Promise.withResolvers<void>();
    const running = slots.run('bulk', never, () => first.promise);
    const leaving = new AbortController();
    const work = vi.fn(async () => undefined);
    const waiting = slots.run('bulk', leaving.signal, work);
    await expect(slots.run('bulk', never, work)).rejects.toMatchObject({ code: 'busy' });
    leaving.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    first.resolve();
    await running;
    expect(work).not.toHaveBeenCalled();
    expect(await slots.run('bulk', never, async () => 1)).toBe(1);
  });

  it('frees the slot of work that fails', async () => {
    const slots = createFetchSlots(1);
    await expect(slots.run('bulk', never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.run('bulk', never, async () => 1)).toBe(1);
  });
});

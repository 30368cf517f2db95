import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createScreenQueue, type ScreenQueue } from './screen-queue.ts';

let queue: ScreenQueue;
let reads: { readonly name: string; readonly at: number }[];
let refused: string[];

beforeEach(() => {
  vi.useFakeTimers({ now: 10_000 });
  queue = createScreenQueue();
  reads = [];
  refused = [];
});
afterEach(() => vi.useRealTimers());

function ask(use: 'person' | 'frame', name: string): void {
  const read = async () => void reads.push({ name, at: Date.now() });
  queue.take(use, read).catch(({ code }: { code: string }) => refused.push(`${name} ${code}`));
}

/** The most reads in any second. */
function mostInASecond(): number {
  return Math.max(...reads.map(({ at }) => reads.filter((other) => other.at >= at && other.at - at < 1000).length));
}

describe('queue at the screen', () => {
  it('give one video nearly two a second, and never more than two', async () => {
    for (let at = 0; at < 10_000; at += 50) {
      ask('frame', 'frame');
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(mostInASecond()).toBe(2);
    expect(reads.length).toBeGreaterThanOrEqual(18);
  });

  it('refuse a frame that would come late, at once', async () => {
    ask('frame', 'first');
    ask('frame', 'second');
    await vi.advanceTimersByTimeAsync(0);
    expect(reads.map(({ name }) => name)).toEqual(['first']);
    expect(refused).toEqual(['second busy']);
  });

  it('let a frame that comes a little early wait', async () => {
    ask('frame', 'first');
    await vi.advanceTimersByTimeAsync(400);
    ask('frame', 'second');
    await vi.advanceTimersByTimeAsync(200);
    expect(reads).toEqual([
      { name: 'first', at: 10_000 },
      { name: 'second', at: 10_520 },
    ]);
  });

  it('go to a person before a frame that waited longer', async () => {
    ask('frame', 'first');
    await vi.advanceTimersByTimeAsync(400);
    ask('frame', 'second');
    ask('person', 'picture');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(reads.map(({ name }) => name)).toEqual(['first', 'picture', 'second']);
  });

  it('leave every second one free for a while after a person asked', async () => {
    ask('person', 'picture');
    for (let at = 0; at < 4_000; at += 50) {
      await vi.advanceTimersByTimeAsync(50);
      ask('frame', 'frame');
    }
    expect(reads.length).toBeLessThanOrEqual(5);
    // The next check of a person finds the screen free at once or within half a second.
    const before = Date.now();
    ask('person', 'next');
    await vi.advanceTimersByTimeAsync(520);
    const next = reads.find(({ name }) => name === 'next');
    expect((next?.at ?? Number.NaN) - before).toBeLessThanOrEqual(520);
    expect(mostInASecond()).toBe(2);
  });

  it('go on after a read that failed', async () => {
    const failing = queue.take('person', () => Promise.reject(new Error('no screen')));
    await expect(failing).rejects.toThrow('no screen');
    ask('person', 'picture');
    await vi.advanceTimersByTimeAsync(520);
    expect(reads.map(({ name }) => name)).toEqual(['picture']);
  });
});

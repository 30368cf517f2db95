import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Heap, keepSmall } from './keep-small.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A heap of 80 MB, of which 30 MB live. */
function heapOf(busy: () => number): Heap & {
  used: () => number;
  grow: (bytes: number) => void;
  live: (bytes: number) => void;
  collections: () => number;
} {
  let used = 80e6;
  let live = 30e6;
  let collections = 0;
  return {
    busyShare: busy,
    used: () => used,
    grow: (bytes) => {
      used += bytes;
    },
    collect: () => {
      collections++;
      used = live;
    },
    live: (bytes) => {
      used += bytes - live;
      live = bytes;
    },
    collections: () => collections,
  };
}

const noWork = { worked: () => false };

describe('keepSmall', () => {
  it('collects once the process rests, and not again before there is new garbage', () => {
    const heap = heapOf(() => 0.005);
    keepSmall(noWork, new AbortController().signal, heap);
    vi.advanceTimersByTime(60_000);
    expect(heap.collections()).toBe(1);
    heap.grow(1e6);
    vi.advanceTimersByTime(60_000);
    expect(heap.collections()).toBe(1);
    heap.grow(20e6);
    vi.advanceTimersByTime(60_000);
    expect(heap.collections()).toBe(2);
  });

  it('forgets what was alive at a collection once it has gone', () => {
    const heap = heapOf(() => 0.005);
    keepSmall(noWork, new AbortController().signal, heap);
    heap.live(300e6);
    vi.advanceTimersByTime(10_000);
    expect(heap.collections()).toBe(1);
    heap.live(30e6);
    vi.advanceTimersByTime(10_000);
    heap.grow(20e6);
    vi.advanceTimersByTime(10_000);
    expect(heap.collections()).toBe(2);
  });

  it('never collects while there is work', () => {
    let busy = 0.6;
    const heap = heapOf(() => busy);
    keepSmall(noWork, new AbortController().signal, heap);
    vi.advanceTimersByTime(600_000);
    expect(heap.collections()).toBe(0);
    busy = 0;
    vi.advanceTimersByTime(60_000);
    expect(heap.collections()).toBe(1);
  });

  it('never collects under a check, however little of the time others leave to this process', () => {
    let working = true;
    const heap = heapOf(() => 0.001);
    keepSmall({ worked: () => working }, new AbortController().signal, heap);
    vi.advanceTimersByTime(600_000);
    expect(heap.collections()).toBe(0);
    working = false;
    vi.advanceTimersByTime(60_000);
    expect(heap.collections()).toBe(1);
  });

  it('ends with the companion, and does nothing where Node offers no collection', () => {
    const stop = new AbortController();
    const heap = heapOf(() => 0);
    keepSmall(noWork, stop.signal, heap);
    stop.abort();
    keepSmall(noWork, new AbortController().signal, undefined);
    vi.advanceTimersByTime(60_000);
    expect(heap.collections()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

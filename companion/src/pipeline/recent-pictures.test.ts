import { createHash } from 'node:crypto';
import type { ResultRecord } from '@touchstone/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { createRecentPictures, type RecentPictures } from './recent-pictures.ts';

const end = new AbortController();
let recent: RecentPictures;

beforeEach(() => {
  vi.useFakeTimers();
  recent = createRecentPictures(end.signal, { maxBytes: 100, lifetimeMs: 60_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function pictured(index: number, bytes: Uint8Array, change: Partial<ResultRecord> = {}): ResultRecord {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return generatedRecord(index, { picture: { ...generatedRecord(index).picture, sha256 }, lane: 'asked', ...change });
}

describe('recent pictures', () => {
  it('are found by record and by content, until their time is over', () => {
    const bytes = new Uint8Array(10).fill(1);
    const [first, second] = [pictured(1, bytes), pictured(2, bytes)];
    recent.remember(first, bytes);
    vi.advanceTimersByTime(50_000);
    recent.remember(second, bytes);
    expect(recent.find(first.id)).toEqual({ record: first, bytes });
    expect(recent.find(second.id)?.record.id).toBe(second.id);
    expect(recent.bytesOf(first.picture.sha256)).toBe(bytes);
    vi.advanceTimersByTime(61_000);
    expect([recent.find(first.id), recent.find(second.id), recent.bytesOf(first.picture.sha256)]).toEqual(
      Array(3).fill(undefined),
    );
  });

  it('keep the newest records of one that is seen again and again', () => {
    const bytes = new Uint8Array(10).fill(1);
    const records = Array.from({ length: 40 }, (_, index) => pictured(index, bytes));
    for (const record of records) recent.remember(record, bytes);
    expect(records.filter(({ id }) => recent.find(id))).toEqual(records.slice(-16));
  });

  it('make room for newer ones, the oldest first, and none is larger than the room', () => {
    const records = [40, 40, 40, 200].map((size, index) => {
      const bytes = new Uint8Array(size).fill(index);
      const record = pictured(index, bytes);
      recent.remember(record, bytes);
      return record;
    });
    expect(records.map(({ id }) => recent.find(id) !== undefined)).toEqual([false, true, true, false]);
  });

  it('of private windows, of playing video and of whole videos are never held', () => {
    const bytes = new Uint8Array(10).fill(7);
    const source = pictured(1, bytes).source;
    const refused = [
      pictured(1, bytes, { source: { ...source, private: true } }),
      pictured(2, bytes, { lane: 'live' }),
      pictured(3, bytes, { source: { ...source, kind: 'video' } }),
    ];
    for (const record of refused) recent.remember(record, bytes);
    expect(refused.map(({ id }) => recent.find(id))).toEqual(Array(3).fill(undefined));
    expect(recent.bytesOf(refused[0]?.picture.sha256 ?? '')).toBeUndefined();
  });

  it('go with what is deleted from the log, and all of them at the end', () => {
    const ending = new AbortController();
    const held = createRecentPictures(ending.signal);
    const records = [1, 2, 3].map((index) => {
      const bytes = new Uint8Array(10).fill(index);
      const record = pictured(index, bytes);
      held.remember(record, bytes);
      return record;
    });
    const left = () => records.map(({ id }) => held.find(id) !== undefined);
    held.forget([records[1]?.id ?? '', 'unknown']);
    expect(left()).toEqual([true, false, true]);
    held.forget('filter');
    expect(left()).toEqual([false, false, false]);
    held.remember(pictured(1, new Uint8Array(3)), new Uint8Array(3));
    ending.abort();
    expect(held.bytesOf(pictured(1, new Uint8Array(3)).picture.sha256)).toBeUndefined();
    held.remember(pictured(4, new Uint8Array(4)), new Uint8Array(4));
    expect(held.bytesOf(pictured(4, new Uint8Array(4)).picture.sha256)).toBeUndefined();
  });
});

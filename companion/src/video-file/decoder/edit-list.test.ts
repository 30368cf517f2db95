import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../../containers/byte-source.ts';
import { box } from '../../evidence/fixtures/tagged-video.ts';
import { shownPart } from './edit-list.ts';

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const long = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const RATE = number(0x10000);
const movie = box('mvhd', number(0), Buffer.alloc(8), number(1000));

function film(entries: readonly (readonly [duration: number, mediaTime: number, rate?: Buffer])[], isLong = false) {
  const size = isLong ? long : number;
  const list = entries.flatMap(([duration, time, rate = RATE]) => [size(duration), size(time), rate]);
  const track = (id: number, ...more: Buffer[]) =>
    box('trak', box('tkhd', number(0), Buffer.alloc(8), number(id)), ...more);
  const edits = box('edts', box('elst', Buffer.of(isLong ? 1 : 0, 0, 0, 0), number(entries.length), ...list));
  return sourceOfBytes(box('moov', movie, track(1), track(2, edits)));
}

describe('the part of a video that is shown', () => {
  it('is all where no list says otherwise, or it has no end', () => {
    const all = { until: null, hasMore: false, isRetimed: false };
    expect(shownPart(film([[500, 0]]), 1)).toEqual(all);
    expect(shownPart(film([[500, 0]]), 7)).toEqual(all);
    expect(shownPart(film([[0, 1024]]), 2)).toEqual(all);
    expect(shownPart(sourceOfBytes(box('ftyp', Buffer.from('isom'))), 1)).toEqual(all);
  });

  it.each([false, true])('ends where its list ends, behind what is empty (64 bits: %s)', (isLong) => {
    expect(shownPart(film([[1500, 300]], isLong), 2)).toEqual({ until: 1.5, hasMore: false, isRetimed: false });
    const later = [
      [250, -1],
      [1500, 300],
    ] as const;
    expect(shownPart(film(later, isLong), 2).until).toBe(1.75);
  });

  it('tells parts that follow, and a part that does not run at its speed', () => {
    const two = [
      [1000, 0],
      [500, 90_000],
    ] as const;
    expect(shownPart(film(two), 2)).toEqual({ until: 1, hasMore: true, isRetimed: false });
    expect(shownPart(film([[1000, 0, number(0x8000)]]), 2).isRetimed).toBe(true);
  });

  it('reads no further than the file goes', () => {
    const short = box('trak', box('tkhd', number(0)), box('edts', box('elst', number(0))));
    expect(shownPart(sourceOfBytes(box('moov', movie, short)), 0).until).toBeNull();
    const many = box('edts', box('elst', number(0), number(-1), number(700), number(0), RATE));
    const track = box('trak', box('tkhd', number(0), Buffer.alloc(8), number(1)), many);
    expect(shownPart(sourceOfBytes(box('moov', movie, track)), 1).until).toBe(0.7);
  });
});

import { bmffBoxes } from '../../containers/bmff-boxes.ts';
import type { ByteSource } from '../../containers/byte-source.ts';
import { descend, type Part } from '../../containers/part.ts';

/** Which part of a track's pictures its file shows (ISO/IEC 14496-12, 8.6.6). */
export interface ShownPart {
  /** Seconds in the presentation at which the first part that is shown ends; null where it is all. */
  readonly until: number | null;
  /** More parts follow, which nobody here puts together. */
  readonly hasMore: boolean;
  /** The part runs at another speed, or stands still. */
  readonly isRetimed: boolean;
}

const ALL: ShownPart = { until: null, hasMore: false, isRetimed: false };
/** Of an entry that shows nothing for a while. */
const EMPTY_EDIT = -1n;
/** A rate of one, as 16.16. */
const NORMAL_RATE = 0x10000;
/** Entries that are looked at; the second that shows something already ends the search. */
const MAX_ENTRIES = 64;

type Place = Pick<Part, 'start' | 'end'>;

/** A field behind version, flags and two times, all of which are longer in version 1. @returns 0 where the box is too short */
function fieldAfterTimes(source: ByteSource, { start, end }: Place): number {
  const bytes = source.read(start, Math.min(end - start, 24));
  const at = bytes[0] === 1 ? 20 : 12;
  return bytes.length >= at + 4 ? bytes.readUInt32BE(at) : 0;
}

/** The part of a track that is shown. @param trackId as its header names it */
export function shownPart(source: ByteSource, trackId: number): ShownPart {
  const first = (way: string[], within?: Place): Place | undefined =>
    descend(source, bmffBoxes, way, within).next().value ?? undefined;
  const movie = first(['moov', 'mvhd']);
  const ticks = movie ? fieldAfterTimes(source, movie) : 0;
  for (const track of descend(source, bmffBoxes, ['moov', 'trak'])) {
    const header = first(['tkhd'], track);
    if (!header || fieldAfterTimes(source, header) !== trackId) continue;
    const list = first(['edts', 'elst'], track);
    return list && ticks > 0 ? readList(source, list, ticks) : ALL;
  }
  return ALL;
}

function readList(source: ByteSource, { start, end }: Place, ticks: number): ShownPart {
  const head = source.read(start, 8);
  if (head.length < 8) return ALL;
  const isLong = head[0] === 1;
  const entryBytes = isLong ? 20 : 12;
  const count = Math.min(head.readUInt32BE(4), MAX_ENTRIES, Math.floor((end - start - 8) / entryBytes));
  let before = 0;
  let shown: ShownPart | undefined;
  for (let index = 0; index < count; index++) {
    const entry = source.read(start + 8 + index * entryBytes, entryBytes);
    if (entry.length < entryBytes) break;
    const duration = isLong ? Number(entry.readBigUInt64BE(0)) : entry.readUInt32BE(0);
    const mediaTime = isLong ? entry.readBigInt64BE(8) : BigInt(entry.readInt32BE(4));
    if (mediaTime === EMPTY_EDIT) before += duration;
    else if (shown) return { ...shown, hasMore: true };
    else {
      const until = duration > 0 ? (before + duration) / ticks : null;
      shown = { until, hasMore: false, isRetimed: entry.readUInt32BE(entryBytes - 4) !== NORMAL_RATE };
    }
  }
  return shown ?? ALL;
}

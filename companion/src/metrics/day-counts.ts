import type { CaptureKind, VerdictValue } from '@touchstone/shared';
import type { DayCount } from '@touchstone/shared/api';
import type { History } from '../store/record-store.ts';

/** Days that are shown, the current one among them. */
const DAYS = 30;

/** A record is one picture or one video; playing videos are counted once, when they end. */
export const mediumOf = (kind: CaptureKind): 'picture' | 'video' => (kind === 'video' ? 'video' : 'picture');

export interface DayCounts {
  /** Oldest first, up to the current day. */
  days(): Promise<readonly DayCount[]>;
  today(): Promise<DayCount>;
}

interface Range {
  readonly day: string;
  readonly from: number;
  readonly to: number;
}

/** A day of this computer's calendar. @param now milliseconds since 1970 @param ago in days */
function dayOf(now: number, ago: number): Range {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  start.setDate(start.getDate() - ago);
  const end = new Date(start);
  end.setDate(end.getDate() + 1);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${start.getFullYear()}-${two(start.getMonth() + 1)}-${two(start.getDate())}`;
  return { day, from: start.getTime(), to: end.getTime() };
}

/** Counts the records of the last days: days that are over once, until one of their records is deleted, or is there again. */
export function createDayCounts(
  log: Pick<History, 'tally' | 'subscribe'>,
  signal: AbortSignal,
  now: () => number = Date.now,
): DayCounts {
  const over = new Map<string, DayCount>();
  log.subscribe((event) => {
    if (event.type === 'deleted' || event.type === 'restored') over.clear();
  }, signal);

  async function count({ day, from, to }: Range): Promise<DayCount> {
    const verdicts: Record<VerdictValue, number> = { fake: 0, real: 0, uncertain: 0 };
    const media = { picture: 0, video: 0 };
    for (const { kind, verdict, count: found } of await log.tally(from, to)) {
      verdicts[verdict] += found;
      media[mediumOf(kind)] += found;
    }
    return { day, pictures: media.picture, videos: media.video, verdicts };
  }

  return {
    today: async () => count(dayOf(now(), 0)),
    async days() {
      const ranges = Array.from({ length: DAYS }, (_, i) => dayOf(now(), DAYS - 1 - i));
      const today = ranges.at(-1);
      const counts: DayCount[] = [];
      for (const range of ranges) {
        const known = over.get(range.day);
        const counted = known ?? (await count(range));
        if (range !== today) over.set(range.day, counted);
        counts.push(counted);
      }
      for (const day of over.keys()) if (!ranges.some((range) => range.day === day)) over.delete(day);
      return counts;
    },
  };
}

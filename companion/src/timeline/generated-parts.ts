import { MOMENT_SECONDS, type StoredMoment } from './moment-store.ts';
import { pooled, type Shot } from './shots.ts';

/** Moments a part needs: with three, one bad one is outvoted and cut off by the trimmed mean. */
const MIN_PART_MOMENTS = 3;
/** Log-odds below the line that still belong to a part above it: twice the standard deviation within a shot. */
const ONE_PIECE = 1;
/** Seconds a part needs: what is shorter cannot be shown or checked by a person either. */
const MIN_PART_SECONDS = 2 * MOMENT_SECONDS;

/**
 * Stretches that look generated: whole shots, and stretches inside a shot where no cut was seen. Within a stretch every
 * moment is compared by the median of itself and its two neighbours, so that a single moment neither makes nor splits one.
 * @param above log-odds that the pooled moments must exceed
 */
export function generatedParts(shots: readonly Shot[], above: number): Shot[] {
  const stretches = shots.flatMap(({ moments }) => runsAbove(moments, above));
  return joined(stretches, shots)
    .map(pooled)
    .filter((part) => isPart(part) && part.logit > above)
    .map((part) => widened(part, shots, above));
}

/** A part that fills a shot but for moments that lie just below the line reaches to its cuts. */
function widened(part: Shot, shots: readonly Shot[], above: number): Shot {
  const shot = shots.find(({ start, end }) => start <= part.start && part.end <= end);
  if (!shot?.moments.every((_, i) => smoothed(shot.moments, i) > above - ONE_PIECE)) return part;
  return { ...part, start: shot.start, end: shot.end };
}

/** Whether a stretch is long enough to be named. */
export function isPart({ frames, start, end }: Shot): boolean {
  return frames >= MIN_PART_MOMENTS && end - start >= MIN_PART_SECONDS;
}

function runsAbove(moments: readonly StoredMoment[], above: number): StoredMoment[][] {
  const runs: StoredMoment[][] = [];
  let open: StoredMoment[] | undefined;
  for (const [i, moment] of moments.entries()) {
    if (smoothed(moments, i) <= above) {
      open = undefined;
      continue;
    }
    if (!open) {
      open = [];
      runs.push(open);
    }
    open.push(moment);
  }
  return runs;
}

/** Median of a moment and its neighbours in the shot; at the ends of a shot its own value counts. */
function smoothed(moments: readonly StoredMoment[], i: number): number {
  const own = moments[i]?.logit ?? 0;
  const before = moments[i - 1]?.logit;
  const after = moments[i + 1]?.logit;
  if (before === undefined || after === undefined) return own;
  return Math.max(Math.min(before, own), Math.min(Math.max(before, own), after));
}

/** Stretches that follow each other without a moment between them are one. */
function joined(stretches: readonly StoredMoment[][], shots: readonly Shot[]): StoredMoment[][] {
  const order = new Map(shots.flatMap(({ moments }) => moments).map((moment, index) => [moment, index]));
  const parts: StoredMoment[][] = [];
  for (const stretch of stretches) {
    const [first] = stretch;
    const last = parts.at(-1);
    const lastMoment = last?.at(-1);
    const adjacent =
      first !== undefined &&
      lastMoment !== undefined &&
      (order.get(first) ?? Number.NaN) === (order.get(lastMoment) ?? Number.NaN) + 1;
    if (adjacent) last?.push(...stretch);
    else parts.push([...stretch]);
  }
  return parts;
}

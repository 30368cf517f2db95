import type { TimelineMoment } from '@touchstone/shared';

/** What a client was told of each moment of a track, so that it hears of those that are judged otherwise since. */
export interface SentMoments {
  add(moment: TimelineMoment): void;
  /** The moments that the client knows otherwise, or not at all; they count as told. @param now all of the timeline */
  revised(now: readonly TimelineMoment[]): TimelineMoment[];
}

/** A change that nobody sees on a timeline is not worth a message: half a percent is a pixel of it at most. */
const VISIBLE = 0.005;
/** Moments of one answer, so that it stays small; the others follow with the next one. */
const AT_ONCE = 200;

/** @param known by the client from an earlier connection */
export function createSentMoments(known: readonly TimelineMoment[]): SentMoments {
  const sent = new Map(known.map(({ time, probability }) => [time, probability]));
  return {
    add: ({ time, probability }) => void sent.set(time, probability),
    revised(now) {
      const changed = now.filter(({ time, probability }) => {
        const before = sent.get(time);
        return before === undefined || Math.abs(before - probability) > VISIBLE;
      });
      const next = changed.slice(0, AT_ONCE);
      for (const { time, probability } of next) sent.set(time, probability);
      return next;
    },
  };
}

/** Ends of the words of a scale, on the calibrated probability. */
export interface Ends {
  readonly fakeAbove: number;
  readonly realBelow: number;
}

/** Probabilities of pictures whose truth is known, by a head that was not taught them. */
export interface HeldOutWords {
  readonly real: readonly number[];
  readonly generated: readonly number[];
}

/** Words of the base and of the head on the real pictures that were published with the base, under one condition. */
export interface PublishedReal {
  readonly base: readonly number[];
  readonly own: readonly number[];
}

/** Real pictures above `fakeAbove`, as a share, where the base brings no published pictures that say what it allows itself. */
const ACCUSED_SHARE = 0.01;
/** Generated pictures below `realBelow`, as a share: as the shipped packs. */
const MISSED_SHARE = 0.1;
/** "Likely AI" of a head that nothing measures needs this probability. */
const UNMEASURED_FAKE_ABOVE = 0.99;
/** No threshold lies closer to the ends: a probability never gets there. */
const [LOWEST, HIGHEST] = [0.0001, 0.9999];

/** Real pictures that are called likely AI. */
export const accused = (probabilities: readonly number[], threshold: number): number =>
  probabilities.filter((one) => one > threshold).length;

/** The lowest threshold above which lie at most so many. */
function thresholdFor(probabilities: readonly number[], most: number): number {
  return probabilities.toSorted((a, b) => b - a)[most] ?? 0;
}

/**
 * Thresholds of a head that accuses no more real pictures than its base does. They are never less careful than the base's own.
 * @param published of each condition; none where the base brings none
 */
export function safeEnds(base: Ends, heldOut: HeldOutWords | undefined, published: readonly PublishedReal[]): Ends {
  const bounds = [base.fakeAbove];
  for (const words of published) bounds.push(thresholdFor(words.own, accused(words.base, base.fakeAbove)));
  if (heldOut) bounds.push(thresholdFor(heldOut.real, Math.floor(ACCUSED_SHARE * heldOut.real.length)));
  if (published.length === 0 && !heldOut) bounds.push(UNMEASURED_FAKE_ABOVE);
  const { generated = [] } = heldOut ?? {};
  const missed = generated.toSorted((a, b) => a - b)[Math.floor(MISSED_SHARE * generated.length)];
  return {
    fakeAbove: Math.min(HIGHEST, Math.max(...bounds)),
    realBelow: Math.max(LOWEST, Math.min(base.realBelow, missed ?? base.realBelow)),
  };
}

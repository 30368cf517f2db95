import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';
import { openCode } from './open-code.ts';

/** What can be wrong with a link of the chain. */
export const CHAIN_PROBLEMS = ['edited', 'missing', 'reordered', 'unreadable'] as const;
export type ChainProblem = (typeof CHAIN_PROBLEMS)[number];
/** Records lost in one damage, counted in the chain itself; the note that tells of it is a link of the chain. */
const Damage = v.object({
  /** Milliseconds since 1970, when it was noticed. */
  at: FiniteNumber,
  /** Records of which nothing but the hash is left, or not even that; null where nobody knows how many there were. */
  lost: v.nullable(FiniteNumber),
  /** Of those, records that could be read but were no longer what had been written. */
  altered: FiniteNumber,
  /** Records that were saved without their link and got a new one: what happened to them before that cannot be seen. */
  chainedAnew: FiniteNumber,
});

/** Outcome of following the hash chain through the whole log. */
export const ChainVerification = v.object({
  intact: v.boolean(),
  /** Records, tombstones of deleted ones, and records written before the chain began. */
  records: FiniteNumber,
  /** Records whose deletion can still be taken back: in their place of the chain, and counted in none of the others. */
  heldBack: v.optional(FiniteNumber, 0),
  tombstones: FiniteNumber,
  unchained: FiniteNumber,
  /** Hash of the last link, lower-case hex; note it down elsewhere to detect a log that was cut short. */
  head: v.nullable(v.string()),
  /** Whether the head that was noted earlier is in the chain; absent when none was given. False means: not intact. */
  notedHeadFound: v.optional(v.boolean()),
  /**
   * Damage to the file that was noticed and saved from, oldest first. A log with any is not whole, so not `intact`; but what
   * is listed here and nowhere else was lost by damage, and `breaks` alone speak of changes.
   */
  damages: v.optional(v.array(Damage), []),
  /** First breaks found, at most 20. */
  breaks: v.array(v.object({ id: v.string(), problem: openCode(CHAIN_PROBLEMS) })),
});
export type ChainVerification = v.InferOutput<typeof ChainVerification>;

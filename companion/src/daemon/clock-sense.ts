import { FiniteNumber } from '@touchstone/shared';
import * as v from 'valibot';

/** Time that a clock may move on its own in one step, in milliseconds: a computer that slept, or was off, over a night or two. */
const STEP_MS = 2 * 24 * 60 * 60_000;

/** Time that a clock may be set back without being doubted, in milliseconds: corrections by a time server. */
const BACK_MS = 60 * 60_000;

/** Running time for which a clock must have been steady after a jump before it is believed, in milliseconds. */
const STEADY_MS = 24 * 60 * 60_000;

/** What is remembered from one run to the next. */
export const ClockMemory = v.object({
  /** Milliseconds since 1970 that the clock showed last. */
  seen: v.nullable(FiniteNumber),
  /** Running time in milliseconds since the clock jumped last, counted up to where it is believed. */
  steady: v.pipe(FiniteNumber, v.minValue(0)),
});
export type ClockMemory = v.InferOutput<typeof ClockMemory>;

/** A clock that has never been seen is believed. */
export const FIRST_CLOCK: ClockMemory = { seen: null, steady: STEADY_MS };

/**
 * Looks at the clock and says whether it can be believed: it must have moved on like the running time, but for nights in
 * between. After a jump, in either direction, it is doubted until the computer has run with it for a day.
 * @param now milliseconds since 1970, as the clock says
 * @param ran milliseconds that this process ran since the last look
 */
export function lookAtClock(memory: ClockMemory, now: number, ran: number): ClockMemory {
  const unexplained = memory.seen === null ? 0 : now - memory.seen - ran;
  const jumped = unexplained > STEP_MS || unexplained < -BACK_MS;
  return { seen: now, steady: jumped ? 0 : Math.min(STEADY_MS, memory.steady + Math.max(0, ran)) };
}

/** Whether anything may be deleted by what the clock says. */
export function isBelieved({ steady }: ClockMemory): boolean {
  return steady >= STEADY_MS;
}

/** The memory after a person has confirmed the clock. */
export function confirmed(memory: ClockMemory): ClockMemory {
  return { ...memory, steady: STEADY_MS };
}

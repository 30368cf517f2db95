import { FiniteNumber } from '@touchstone/shared';
import * as v from 'valibot';

const count = v.pipe(FiniteNumber, v.integer(), v.minValue(0));
const Range = v.tuple([count, count]);

/**
 * What is written into the chain when a damaged log was saved: a link of its own whose digest is that of this note's canonical
 * JSON. It explains links without a record and places without a link, and nothing else.
 */
export const DamageNote = v.object({
  kind: v.literal('damage'),
  /** Milliseconds since 1970. */
  at: FiniteNumber,
  /** In SQLite's words. */
  cause: v.string(),
  /** First and last of each run of links whose records are lost; the links themselves were saved. */
  withoutRecord: v.array(Range),
  /** First and last of each run of places whose links are lost. */
  withoutLink: v.array(Range),
  /** Lost records that could be read but were no longer what had been written. */
  altered: count,
  /** Saved records whose links were lost: they follow the note with new links. */
  chainedAnew: count,
  /** False where not even the chain could be read, so that nobody knows how many records there were. */
  counted: v.boolean(),
});
export type DamageNote = v.InferOutput<typeof DamageNote>;

/** @param numbers ascending @returns first and last of each run without gaps */
export function runsOf(numbers: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}

/** @returns undefined for a text that is no note */
export function damageNoteOf(text: string): DamageNote | undefined {
  try {
    const note = v.safeParse(DamageNote, JSON.parse(text));
    return note.success ? note.output : undefined;
  } catch {
    return undefined;
  }
}

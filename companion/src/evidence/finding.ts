import { type Evidence, fillSentence, SENTENCES } from '@touchstone/shared';

/** Builds one piece of evidence with its English sentence filled from the details. */
export function finding(
  kind: Evidence['kind'],
  direction: Evidence['direction'],
  strength: number,
  code: Evidence['code'],
  details: Evidence['details'],
): Evidence {
  return { kind, direction, strength, code, sentence: fillSentence(SENTENCES[code], details), details };
}

import { type Evidence, type EvidenceKind, fillSentence, type ReasonCode, SENTENCES } from '@touchstone/shared';

/** Builds one piece of evidence with its English sentence filled from the details. */
export function finding(
  kind: EvidenceKind,
  direction: Evidence['direction'],
  strength: number,
  code: ReasonCode,
  details: Evidence['details'],
): Evidence {
  return { kind, direction, strength, code, sentence: fillSentence(SENTENCES[code], details), details };
}

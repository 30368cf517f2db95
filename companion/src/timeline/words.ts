import {
  CAVEATS,
  type CaveatCode,
  confidenceOf,
  type Direction,
  fillSentence,
  type Reason,
  type ReasonCode,
  SENTENCES,
  type Verdict,
} from '@touchstone/shared';
import { clockTime } from './clock-time.ts';
import type { Decision } from './decide.ts';

/** Puts a decision in the words of the contract. @param caveats heaviest first, without repetition */
export function verdictOf(decision: Decision, framesAnalyzed: number, caveats: readonly CaveatCode[]): Verdict {
  const { value, probability } = decision;
  return {
    value,
    probability,
    confidence: confidenceOf(value, probability),
    reasons: [...findings(decision), overall(decision, framesAnalyzed)].filter((one) => one !== undefined),
    caveats: [...new Set(caveats)].map((code) => ({ code, text: CAVEATS[code] })),
  };
}

function findings({ value, part, differing, face }: Decision): (Reason | undefined)[] {
  const direction = value === 'fake' ? 'ai' : 'neutral';
  return [
    part && reason('video-part-generated', direction, stretch(part.start, part.end)),
    differing && reason('video-part-differs', 'neutral', stretch(differing.start, differing.end)),
    face && reason('video-face-differs', direction, { ...stretch(face.start, face.end), track: face.track }),
  ];
}

/** `from` and `to` are for reading; the seconds are for the timeline. */
function stretch(start: number, end: number): Reason['details'] {
  return { from: clockTime(start), to: clockTime(end), fromSeconds: start, toSeconds: end };
}

function overall({ value, part, differing, face }: Decision, framesAnalyzed: number): Reason | undefined {
  const details = { framesAnalyzed };
  if (part || differing || face) return undefined;
  if (value === 'fake') return reason('video-looks-generated', 'ai', details);
  if (value === 'real') return reason('video-looks-camera', 'camera', details);
  return reason('video-undecided', 'neutral', details);
}

function reason(code: ReasonCode, direction: Direction, details: Reason['details']): Reason {
  return { code, direction, text: fillSentence(SENTENCES[code], details), details };
}

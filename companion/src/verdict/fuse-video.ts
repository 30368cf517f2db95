import type { PackManifest } from '@touchstone/models';
import {
  CAVEATS,
  type CaveatCode,
  type Evidence,
  entryOf,
  fillSentence,
  SENTENCES,
  type Verdict,
} from '@touchstone/shared';
import { finding } from '../evidence/finding.ts';
import { fuse } from './fuse.ts';
import type { VerdictFacts } from './picture-facts.ts';

/**
 * Brings what was seen over time together with what the file says about itself, by the same table as for pictures.
 * @param seen verdict of the timeline over its frames
 * @param declared evidence from the file, for instance its Content Credentials
 * @param facts of the video; `kind` is `video` and `frames` 1
 * @param caveats that the reader needs beside those of the timeline
 */
export function fuseVideo(
  seen: Verdict,
  declared: readonly Evidence[],
  { name, version, tier, thresholds }: Pick<PackManifest, 'name' | 'version' | 'tier' | 'thresholds'>,
  facts: VerdictFacts,
  caveats: readonly CaveatCode[] = [],
): { verdict: Verdict; evidence: Evidence[] } {
  const pack = { pack: name, version, tier };
  const strength = Math.abs(2 * seen.probability - 1);
  const found = seen.reasons.map(
    ({ code, direction, text, details }): Evidence => ({
      kind: 'classifier',
      direction,
      strength,
      code,
      sentence: fillSentence(entryOf(SENTENCES, code) ?? text, details),
      details: { ...details, ...pack },
    }),
  );
  const judge = (frames: readonly Evidence[]): Verdict =>
    fuse([...declared, ...frames], seen.probability, name, thresholds, facts);
  let verdict = judge(found);
  // Held back for what the picture is (too small, flat): the frames then give no reason for either side.
  if (verdict.value === 'uncertain' && seen.value !== 'uncertain') {
    verdict = judge([finding('classifier', 'neutral', strength, 'video-undecided', pack)]);
  }
  const all = [...caveats.map((code) => ({ code, text: CAVEATS[code] })), ...verdict.caveats, ...seen.caveats];
  const once = new Map(all.map((caveat) => [caveat.code as string, caveat]));
  return {
    verdict: { ...verdict, caveats: [...once.values()] },
    evidence: [...declared, ...found],
  };
}

import { CAVEATS, type CaveatCode, type Evidence, type Verdict } from '@touchstone/shared';
import { alignVerdict } from '@touchstone/shared/present';
import type { TimelineFindings } from '../timeline/findings.ts';
import { fuse, wordOfFrames } from './fuse.ts';
import type { VerdictFacts } from './picture-facts.ts';
import { type JudgingPack, videoEvidence } from './video-evidence.ts';

/**
 * Brings what was seen over time together with what is known of the video otherwise, by the same table as for pictures.
 * Playing videos and files are judged here alike.
 * @param findings of the timeline over its frames
 * @param declared evidence from elsewhere, for instance a file's Content Credentials
 * @param facts of the video; `kind` is `video` and `frames` 1
 * @param caveats that the reader needs beside those of findings and facts
 */
export function fuseVideo(
  findings: TimelineFindings,
  declared: readonly Evidence[],
  pack: JudgingPack,
  facts: VerdictFacts,
  caveats: readonly CaveatCode[] = [],
): { verdict: Verdict; evidence: Evidence[] } {
  const word = wordOfFrames(findings, pack.thresholds);
  const found = videoEvidence(findings, word, pack);
  const verdict = fuse([...declared, found], word.probability, pack.name, pack.thresholds, facts);
  const codes: CaveatCode[] = [...caveats];
  if (!findings.enough) codes.unshift('video-few-frames');
  const after: CaveatCode[] = ['video-frames-recompressed'];
  if (findings.unseen > 0) after.push('video-part-seen');
  const lookedAtFaces = facts.facesClear || declared.some(({ kind }) => kind === 'face');
  if (findings.showsFaces && !lookedAtFaces) after.push('face-swap-not-covered');
  const worded = (code: CaveatCode) => ({ code, text: CAVEATS[code] });
  const all = [...codes.map(worded), ...verdict.caveats, ...after.map(worded)];
  const once = new Map(all.map((caveat) => [caveat.code as string, caveat]));
  return {
    verdict: alignVerdict({ ...verdict, caveats: [...once.values()] }),
    evidence: [...declared, found],
  };
}

import { logitOf, sigmoid } from '@touchstone/models';
import { EVIDENCE_KINDS, type Evidence, type Reason, type Verdict, type VerdictValue } from '@touchstone/shared';
import { alignVerdict, type DeclaredThresholds, scaleMarks } from '@touchstone/shared/present';
import { generatedAbove, type TimelineFindings } from '../timeline/findings.ts';
import { caveatsFor } from './caveats.ts';
import { type EvidenceRole, roleOf } from './evidence-role.ts';
import { FLAT_FROM, type VerdictFacts } from './picture-facts.ts';

/**
 * The fusion table. Rows are tried from the top; the first that applies decides. Roles: see evidence-role.ts. Where no verdict
 * falls, `alignVerdict` says to which side it leans, holds the number within that, and gives the reasons its direction.
 *
 * | row | evidence                                                       | value                | probability                     |
 * |-----|----------------------------------------------------------------|----------------------|---------------------------------|
 * | 1   | role `camera` (trusted capture manifest) and role `ai` or      | uncertain, no lean   | held where nothing leans        |
 * |     | `ai-parts`: the file contradicts itself                        |                      |                                 |
 * | 2   | role `ai`: trusted AI manifest, generator metadata, watermark, | fake                 | at least DECIDED_PROBABILITY    |
 * |     | declaration (IPTC, Chinese label, manifest of unknown signer)  |                      |                                 |
 * | 3   | role `camera`: trusted capture manifest, unbroken              | real                 | at most 1 - DECIDED_PROBABILITY |
 * | 4   | very small picture or flat graphic                             | uncertain, no lean   | held where nothing leans        |
 * | 5   | role `ai-parts`: parts declared, label "perhaps"               | classifier, not real | at least where it leans to AI   |
 * | 5a  | role `face`: a face with traces of blending                    | classifier, not real | at least where it leans to AI   |
 * | 6   | role `camera-name`: camera in EXIF                             | classifier           | nudged, never across a threshold|
 * | 7   | classifier alone                                               | by the thresholds    | as calibrated                   |
 *
 * Everything else has no role: absent metadata, a broken manifest (a caveat), an unknown signer who claims no AI, a list
 * of editors, having been seen before.
 */
/**
 * What the frames of a video say together is the classifier's word in that table. `fakeAbove` here lies higher by a margin
 * (timeline/findings.ts), and "held" is between the thresholds, where row 7 gives no verdict.
 *
 * | row | seen over time                                                       | probability              | names       |
 * |-----|----------------------------------------------------------------------|--------------------------|-------------|
 * | a   | fewer moments than needed                                            | held                     |             |
 * | b   | all moments, trimmed mean above `fakeAbove`                          | of the mean              |             |
 * | c   | a stretch above `fakeAbove`, raised by the number of shots           | of the stretch, so raised| the stretch |
 * | d   | a stretch above `fakeAbove` alone                                    | held                     | the stretch |
 * | e   | a shot near `fakeAbove`, confirmed, the rest far from it             | held                     | the shot    |
 * | f   | a face above `fakeAbove`, its surroundings not                       | held                     | the face    |
 * | g   | all moments, trimmed mean below `realBelow`, no shot clearly above it| of the mean              |             |
 * | h   | else                                                                 | held                     |             |
 *
 * Row c: every shot is a chance to be wrong, so the odds that a stretch needs grow with their number (Bonferroni).
 */
/** What a declaration in the file itself is worth; people do mislabel files, so not more. */
const DECIDED_PROBABILITY = 0.97;
/** How far a camera's name moves the logit: 0.30 becomes 0.26. */
const CAMERA_NUDGE_LOGITS = 0.2;

/** Log-odds by which one shot of an authentic video may exceed `realBelow`: the standard deviation of frames within a clip. */
const SHOT_SPREAD = 0.5;

type Thresholds = DeclaredThresholds;

/** A probability that speaks for neither side. */
const EVEN = 0.5;

/**
 * Decides: the only place that does.
 * @param evidence of all producers; the classifier evidence of the deciding pack has its name in `details.pack`
 * @param probability calibrated answer of the deciding pack
 * @param pack name of the deciding pack; other classifiers are kept as evidence and give no reason
 */
export function fuse(
  evidence: readonly Evidence[],
  probability: number,
  pack: string,
  thresholds: Thresholds,
  facts: VerdictFacts,
): Verdict {
  const { value, probability: shown } = decide(evidence, probability, thresholds, facts);
  // Where nothing is decided, a face decides nothing either.
  const heldBack = isOutOfScope(facts) || contradictsItself(new Set(evidence.map(roleOf)));
  const spoken = heldBack ? evidence.filter((one) => roleOf(one) !== 'face') : evidence;
  return alignVerdict({
    value,
    probability: shown,
    confidence: 'low',
    marks: scaleMarks(thresholds),
    reasons: reasonsOf(spoken, pack, value),
    caveats: caveatsFor(facts),
  });
}

/** What the frames of a video say together. */
export interface FramesWord {
  /** Calibrated, 0..1; between the thresholds where they bear out nothing. */
  readonly probability: number;
  /** What of the findings a reader is sent to look at. */
  readonly names?: 'part' | 'differing' | 'face';
}

/** @param thresholds of the pack that judged the frames */
export function wordOfFrames(findings: TimelineFindings, thresholds: Thresholds): FramesWord {
  const { enough, logit, shots, part, differing, face, highestShot } = findings;
  const held = heldBetween(thresholds, sigmoid(logit));
  if (!enough) return { probability: held };
  const line = generatedAbove(thresholds);
  if (logit > line) return { probability: sigmoid(logit) };
  if (part) {
    const raised = part.logit - Math.log(shots);
    return { probability: raised > line ? sigmoid(raised) : held, names: 'part' };
  }
  if (differing) return { probability: held, names: 'differing' };
  if (face) return { probability: held, names: 'face' };
  const aShotSpeaksAgainst = highestShot !== undefined && highestShot > logitOf(thresholds.realBelow) + SHOT_SPREAD;
  // Of a video with a shot that leans to AI, the whole does not lean to authentic.
  const split = highestShot !== undefined && highestShot >= logitOf(scaleMarks(thresholds).leansAi);
  if (aShotSpeaksAgainst) return { probability: split ? Math.max(held, EVEN) : held };
  return { probability: Math.min(sigmoid(logit), thresholds.fakeAbove) };
}

const heldBetween = ({ fakeAbove, realBelow }: Thresholds, probability: number): number =>
  Math.min(fakeAbove, Math.max(realBelow, probability));

/** Whether the file's own words speak for both sides. */
const contradictsItself = (roles: ReadonlySet<EvidenceRole>): boolean =>
  roles.has('camera') && (roles.has('ai') || roles.has('ai-parts'));

/** Whether the packs were never measured on such pictures. */
const isOutOfScope = ({ shorterSide, minimumSide, flatness }: VerdictFacts): boolean =>
  shorterSide < minimumSide || flatness >= FLAT_FROM;

interface Decision {
  readonly value: VerdictValue;
  readonly probability: number;
}

function decide(
  evidence: readonly Evidence[],
  probability: number,
  thresholds: Thresholds,
  facts: VerdictFacts,
): Decision {
  const { fakeAbove, realBelow } = thresholds;
  const roles = new Set(evidence.map(roleOf));
  const held = heldBetween(thresholds, probability);

  if (contradictsItself(roles)) return { value: 'uncertain', probability: held };
  if (roles.has('ai')) return { value: 'fake', probability: Math.max(probability, DECIDED_PROBABILITY) };
  if (roles.has('camera')) return { value: 'real', probability: Math.min(probability, 1 - DECIDED_PROBABILITY) };
  if (isOutOfScope(facts)) return { value: 'uncertain', probability: held };
  const byThresholds = (p: number): Decision => ({
    value: p > fakeAbove ? 'fake' : p < realBelow ? 'real' : 'uncertain',
    probability: p,
  });
  if (roles.has('ai-parts') || roles.has('face')) return byThresholds(Math.max(probability, realBelow, 0.5));
  if (roles.has('camera-name')) {
    const nudged = sigmoid(logitOf(probability) - CAMERA_NUDGE_LOGITS);
    const floor =
      probability > fakeAbove
        ? Math.min(probability, fakeAbove + Number.EPSILON)
        : probability < realBelow
          ? 0
          : realBelow;
    return byThresholds(Math.max(nudged, floor));
  }
  return byThresholds(probability);
}

/** Which of two kinds comes first where they weigh the same. */
const rankOf = ({ kind }: Evidence): number => RANKS.indexOf(kind);
const RANKS: readonly string[] = EVIDENCE_KINDS;

function reasonsOf(evidence: readonly Evidence[], pack: string, value: VerdictValue): Reason[] {
  const weight = (one: Evidence): number => {
    const role = roleOf(one);
    if (role === 'ai' || role === 'camera') return 3 + one.strength;
    // It has lifted the verdict to where it is, unless the classifier went further alone.
    if (role === 'face' && value !== 'fake') return 2 + one.strength;
    // What does not decide comes after the classifier.
    return one.kind === 'classifier' ? 2 : one.kind === 'seen-before' ? -1 : one.strength;
  };
  return evidence
    .filter((one) => one.kind !== 'classifier' || one.details.pack === pack)
    .toSorted((a, b) => weight(b) - weight(a) || rankOf(a) - rankOf(b))
    .map(({ code, direction, sentence, details }) => ({ code, direction, text: sentence, details }));
}

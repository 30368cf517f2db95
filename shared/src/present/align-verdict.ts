import type { Evidence } from '../evidence.ts';
import { isDeclared, numberSource } from '../number-source.ts';
import type { ResultRecord } from '../record.ts';
import { CAVEATS, type CaveatCode, fillSentence, type ReasonCode, SENTENCES } from '../sentences.ts';
import { confidenceOf, type Leaning, type Reason, type Verdict } from '../verdict.ts';
import { heldUnclear, type Step, scaleMarks, sideOf, stepAt, stepOf } from './scale.ts';

/** Statements that rule "authentic" out without deciding: the verdict leans at least to AI. */
const PARTS: ReadonlySet<string> = new Set<ReasonCode>([
  'declared-ai-parts',
  'c2pa-ai-parts',
  'c2pa-ai-unknown-signer',
  'china-aigc-label',
  'video-part-generated',
  'video-face-differs',
  'face-blending',
  'video-face-blending',
]);
/** What stands out without looking generated: the verdict does not lean to authentic. */
const ODD: ReadonlySet<string> = new Set<ReasonCode>(['video-part-differs']);

const DIRECTIONS = { ai: 'ai', authentic: 'camera', none: 'neutral' } as const satisfies Record<
  Leaning,
  Reason['direction']
>;

/** What a model says, by the step of its number. */
const MODEL_SENTENCES: readonly Readonly<Record<Step, ReasonCode>>[] = [
  {
    'likely-ai': 'model-says-ai',
    'leans-ai': 'model-leans-ai',
    unclear: 'model-undecided',
    'leans-authentic': 'model-leans-camera',
    'likely-authentic': 'model-says-camera',
  },
  {
    'likely-ai': 'video-looks-generated',
    'leans-ai': 'video-leans-ai',
    unclear: 'video-undecided',
    'leans-authentic': 'video-leans-camera',
    'likely-authentic': 'video-looks-camera',
  },
];

/** Whether the file's own words speak for both sides, strongly enough to decide either way. */
function contradicts({ value, reasons }: Verdict): boolean {
  const sides = new Set(reasons.filter(isDeclared).map(({ direction }) => direction));
  return value === 'uncertain' && sides.has('ai') && sides.has('camera');
}

/** Who has the last word: the file contradicts itself, the file, nobody (nothing is decided), or the model. */
type LastWord = 'contradiction' | ReturnType<typeof numberSource>;

function lastWord(verdict: Verdict): LastWord {
  if (contradicts(verdict)) return 'contradiction';
  return numberSource(verdict);
}

/** Leaning and number of a verdict that does not decide. */
function undecided(verdict: Verdict, word: LastWord): Pick<Verdict, 'probability'> & { leaning: Leaning } {
  const marks = scaleMarks(verdict.marks);
  const unclear = { leaning: 'none' as const, probability: heldUnclear(verdict.probability, marks) };
  if (word === 'contradiction' || word === 'withheld') return unclear;
  const has = (codes: ReadonlySet<string>) => verdict.reasons.some(({ code }) => codes.has(code));
  if (has(PARTS)) return { leaning: 'ai', probability: Math.max(verdict.probability, marks.leansAi) };
  const leaning = sideOf(stepAt(verdict.probability, marks));
  if (leaning === 'authentic' && has(ODD)) return unclear;
  return leaning === 'none' ? unclear : { leaning, probability: verdict.probability };
}

/**
 * What a verdict of any age says, made so that no two of its sentences disagree: derives the leaning where it is missing, holds
 * the number within its step, and gives each reason the direction of the number. A verdict that is so already stays as it is.
 */
export function alignVerdict(verdict: Verdict): Verdict {
  const { value, probability } = verdict;
  const word = lastWord(verdict);
  const decided = value === 'uncertain' ? undefined : { leaning: value === 'fake' ? 'ai' : 'authentic', probability };
  const shown = decided ?? undecided(verdict, word);
  const leaning = shown.leaning as Leaning;
  const step = stepOf({ value, leaning });
  const aligned = (reason: Reason): Reason => {
    const blind = isLiftedByFace(verdict, reason, word);
    return blind ? said(reason, blind, 'neutral') : alignReason(reason, step, word);
  };
  return {
    ...verdict,
    leaning,
    probability: shown.probability,
    confidence: confidenceOf(leaning, shown.probability),
    reasons: verdict.reasons.map(aligned),
    caveats: word === 'contradiction' ? withCaveat(verdict.caveats, 'file-contradicts') : verdict.caveats,
  };
}

/** What a finding of blending makes of the model's word on the whole. */
const BLIND: readonly { readonly face: ReasonCode; readonly blind: ReasonCode }[] = [
  { face: 'face-blending', blind: 'model-blind-to-faces' },
  { face: 'video-face-blending', blind: 'video-blind-to-faces' },
];

/**
 * Where a face made the verdict lean and the model's own number does not: then its sentence would not be its own.
 * @returns what is said instead of it
 */
function isLiftedByFace(
  { value, reasons, marks }: Verdict,
  { code, details }: Reason,
  word: LastWord,
): ReasonCode | undefined {
  const isModels = MODEL_SENTENCES.some((sentences) => Object.values<string>(sentences).includes(code));
  if (word !== 'model' || value !== 'uncertain' || !isModels) return undefined;
  const found = BLIND.find(({ face }) => reasons.some((other) => other.code === face));
  const { probability } = details;
  const own = typeof probability === 'number' && sideOf(stepAt(probability, scaleMarks(marks)));
  return found && own !== false && own !== 'ai' ? found.blind : undefined;
}

function alignReason(reason: Reason, step: Step, word: LastWord): Reason {
  const side = DIRECTIONS[sideOf(step)];
  const family = MODEL_SENTENCES.find((sentences) => Object.values<string>(sentences).includes(reason.code));
  if (reason.code === 'model-outweighed' || BLIND.some(({ blind }) => blind === reason.code)) return reason;
  if (family) {
    const code = family[step];
    const isFiles = word === 'file' || word === 'contradiction';
    if (isFiles && (reason.code !== code || step === 'unclear')) return said(reason, 'model-outweighed', 'neutral');
    return reason.code === code ? { ...reason, direction: side } : said(reason, code, side);
  }
  // Where nothing is decided, no part of it is either.
  if (word === 'withheld' && reason.code.startsWith('video-')) return said(reason, 'video-undecided', 'neutral');
  // What the file decides, no part of the frames takes back.
  if (side === 'camera' && PARTS.has(reason.code)) return said(reason, 'model-outweighed', 'neutral');
  if (PARTS.has(reason.code) && reason.direction === 'neutral') return { ...reason, direction: side };
  if (word === 'contradiction' && isDeclared(reason)) return reason;
  return reason.direction === 'neutral' || reason.direction === side ? reason : { ...reason, direction: 'neutral' };
}

function said(reason: Reason, code: ReasonCode, direction: Reason['direction']): Reason {
  return { ...reason, code, direction, text: fillSentence(SENTENCES[code], reason.details) };
}

function withCaveat(caveats: Verdict['caveats'], code: CaveatCode): Verdict['caveats'] {
  return caveats.some((one) => one.code === code) ? caveats : [{ code, text: CAVEATS[code] }, ...caveats];
}

/** A classifier's finding that takes no side says where its own number leans. */
function alignEvidence(evidence: Evidence): Evidence {
  const { probability } = evidence.details;
  if (evidence.code !== 'model-undecided' || typeof probability !== 'number') return evidence;
  const step = stepAt(probability, scaleMarks());
  const code = MODEL_SENTENCES[0]?.[step] ?? 'model-undecided';
  const direction = DIRECTIONS[sideOf(step)];
  return { ...evidence, code, direction, sentence: fillSentence(SENTENCES[code], evidence.details) };
}

/** A record of any age whose sentences agree; see `alignVerdict`. */
export function alignRecord(record: ResultRecord): ResultRecord {
  return { ...record, verdict: alignVerdict(record.verdict), evidence: record.evidence.map(alignEvidence) };
}

import type { CaveatCode, ReasonCode } from './sentences.ts';
import type { Reason, Verdict } from './verdict.ts';

/** Reasons that rest on the file's own words or marks: their number is not a measured share of test pictures. */
const DECLARED: ReadonlySet<string> = new Set<ReasonCode>([
  'generator-metadata',
  'generator-software',
  'declared-ai-source',
  'declared-ai-parts',
  'china-aigc-label',
  'watermark-stable-diffusion',
  'c2pa-ai',
  'c2pa-ai-parts',
  'c2pa-ai-unknown-signer',
  'c2pa-camera',
]);

/** Caveats under which no decision is made: the number is held in the middle and measures nothing. */
const WITHHELD: ReadonlySet<string> = new Set<CaveatCode>(['very-small-picture', 'flat-graphic', 'video-few-frames']);

/** Whether a reason is the file's own word or mark. */
export const isDeclared = ({ code }: Pick<Reason, 'code'>): boolean => DECLARED.has(code);

/** Where a verdict's number comes from: the file's own words, nowhere since no decision was made, or the model. */
export function numberSource({
  reasons,
  caveats,
}: Pick<Verdict, 'reasons' | 'caveats'>): 'file' | 'withheld' | 'model' {
  if (reasons.some(isDeclared)) return 'file';
  return caveats.some(({ code }) => WITHHELD.has(code)) ? 'withheld' : 'model';
}

import { type Evidence, entryOf, type ReasonCode } from '@touchstone/shared';

/**
 * What a piece of evidence may do to a verdict:
 * - `ai`, `camera`: decides, alone
 * - `ai-parts`: rules "Likely authentic" out and leaves the rest to the classifier
 * - `face`: as `ai-parts`, but it is no word of the file's own, so it contradicts none
 * - `camera-name`: nudges, within what the classifier says
 * - `none`: told, and weighs nothing
 */
export type EvidenceRole = 'ai' | 'camera' | 'ai-parts' | 'face' | 'camera-name' | 'none';

/** From this strength on a label with degrees of certainty decides. */
const CERTAIN = 0.9;

const ROLES: Partial<Record<ReasonCode, (evidence: Evidence) => EvidenceRole>> = {
  // A trusted signer's word, a generator's own settings and name, a message hidden on purpose.
  'c2pa-ai': () => 'ai',
  'generator-metadata': () => 'ai',
  'generator-software': () => 'ai',
  'watermark-stable-diffusion': () => 'ai',
  // A person's or a program's declaration; hardly anybody declares a photograph to be generated.
  'declared-ai-source': () => 'ai',
  'china-aigc-label': ({ strength }) => (strength >= CERTAIN ? 'ai' : 'ai-parts'),
  // Whoever signs it, it is a declaration like the one above.
  'c2pa-ai-unknown-signer': ({ details }) => (details.origin === 'ai' ? 'ai' : 'ai-parts'),
  'c2pa-ai-parts': () => 'ai-parts',
  'declared-ai-parts': () => 'ai-parts',
  // Only a trusted signer can speak for a camera: everybody else has a reason to lie.
  'c2pa-camera': () => 'camera',
  'camera-metadata': () => 'camera-name',
  // Measured to be wrong on one real picture in a hundred: enough to lean on, never to accuse.
  'face-blending': () => 'face',
  'video-face-blending': () => 'face',
};

export function roleOf(evidence: Evidence): EvidenceRole {
  return entryOf(ROLES, evidence.code)?.(evidence) ?? 'none';
}

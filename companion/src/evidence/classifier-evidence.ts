import type { PackAnswer, PackManifest } from '@touchstone/models';
import type { Evidence } from '@touchstone/shared';
import { finding } from './finding.ts';

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** What a pack found in the pixels, in the words of its own thresholds. */
export function classifierEvidence(manifest: PackManifest, { logit, probability }: PackAnswer): Evidence {
  const { fakeAbove, realBelow } = manifest.thresholds;
  const strength = Math.abs(2 * probability - 1);
  const details = {
    pack: manifest.name,
    version: manifest.version,
    tier: manifest.tier,
    probability: rounded(probability),
    logit: rounded(logit),
  };
  if (probability > fakeAbove) return finding('classifier', 'ai', strength, 'model-says-ai', details);
  if (probability < realBelow) return finding('classifier', 'camera', strength, 'model-says-camera', details);
  return finding('classifier', 'neutral', strength, 'model-undecided', details);
}

import type { JointAnswer, PackAnswer, PackManifest } from '@touchstone/models';
import { logitOf } from '@touchstone/models';
import type { Evidence } from '@touchstone/shared';
import { finding } from './finding.ts';

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** What a pack found in the pixels, in the words of its own thresholds. */
export function classifierEvidence(manifest: PackManifest, { logit, probability, firstLogit }: PackAnswer): Evidence {
  return evidenceOf(manifest.thresholds, probability, {
    pack: manifest.name,
    version: manifest.version,
    tier: manifest.tier,
    probability: rounded(probability),
    logit: rounded(logit),
    ...(firstLogit !== undefined && { lookedTwice: true, firstLogit: rounded(firstLogit) }),
  });
}

/** What two packs found together; `logit` is ln(p / (1 - p)) of their common probability. */
export function jointEvidence({ packs, calibration, probability, lookedTwice }: JointAnswer): Evidence {
  return evidenceOf(calibration.thresholds, probability, {
    pack: jointName(packs.map(({ manifest }) => manifest.name)),
    version: jointName(packs.map(({ manifest }) => manifest.version)),
    tier: packs[0].manifest.tier,
    probability: rounded(probability),
    logit: rounded(logitOf(probability)),
    ...(lookedTwice && { lookedTwice }),
  });
}

/** One name for packs that answered together, in the order of their weight. */
export const jointName = (names: readonly string[]): string => names.join(' + ');

function evidenceOf(
  { fakeAbove, realBelow }: Pick<PackManifest['thresholds'], 'fakeAbove' | 'realBelow'>,
  probability: number,
  details: Evidence['details'],
): Evidence {
  const strength = Math.abs(2 * probability - 1);
  if (probability > fakeAbove) return finding('classifier', 'ai', strength, 'model-says-ai', details);
  if (probability < realBelow) return finding('classifier', 'camera', strength, 'model-says-camera', details);
  return finding('classifier', 'neutral', strength, 'model-undecided', details);
}

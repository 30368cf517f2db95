import type { Pack } from '../pack/pack-folder.ts';
import type { Together } from '../pack/pack-schema.ts';
import { calibrate } from './calibration.ts';
import type { PackAnswer } from './judge-views.ts';

/** One pack's word on one picture. */
export interface PackWord {
  readonly pack: Pack;
  readonly answer: Pick<PackAnswer, 'logit' | 'firstLogit'>;
}

/** The words of two packs as one probability. */
export interface JointAnswer {
  /** The pack whose description has the calibration, then the other. */
  readonly packs: readonly [Pack, Pack];
  readonly calibration: Together;
  /** Calibrated probability that the picture is AI, inside 0..1. */
  readonly probability: number;
  /** A further look of either has had a say. */
  readonly lookedTwice: boolean;
}

/**
 * Weighs the last word together with an earlier one, where the last pack says how (packs/FORMAT.md, "Together").
 * @param words in the order in which the packs were asked
 * @returns undefined where the last pack knows none of the others, or was not measured with these very files
 */
export function weighTogether(words: readonly PackWord[]): JointAnswer | undefined {
  const own = words.at(-1);
  const calibration = own?.pack.manifest.together;
  if (!calibration) return undefined;
  const { name, sha256 } = calibration.with;
  const other = words.find(({ pack: { manifest } }) => manifest.name === name && manifest.model.sha256 === sha256);
  if (!other || other === own) return undefined;
  const { scale, otherScale, bias } = calibration;
  const sum = scale * own.answer.logit + otherScale * other.answer.logit;
  const probability = calibrate(sum, { scale: 1, bias });
  const lookedTwice = [own, other].some(({ answer }) => answer.firstLogit !== undefined);
  return { packs: [own.pack, other.pack], calibration, probability, lookedTwice };
}

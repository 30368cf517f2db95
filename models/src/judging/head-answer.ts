import type { Pack } from '../pack/pack-folder.ts';
import { calibrate, combineLogits } from './calibration.ts';
import type { PackAnswer } from './judge-views.ts';

/**
 * What a head makes of what its base's graph saw.
 * @param vectors feature vectors of one look, one row a view
 * @param baseLogit what the base says of the same look; needed by a correction
 * @throws Error when it comes to something that is not a finite number, or the pack has no head
 */
export function headAnswer({ manifest, head }: Pack, vectors: Float32Array, baseLogit = Number.NaN): PackAnswer {
  if (!head) throw new Error(`pack ${manifest.name} has no head`);
  const { weights, bias, baseScale } = head;
  const logits = Array.from({ length: vectors.length / weights.length }, (_, view) => {
    let sum = bias;
    const first = view * weights.length;
    for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? 0) * (vectors[first + i] ?? Number.NaN);
    return sum;
  });
  const own = combineLogits(logits, manifest.input.combine);
  const logit = baseScale === 0 ? own : own + baseScale * baseLogit;
  if (!Number.isFinite(logit)) throw new Error(`pack ${manifest.name} answered ${logit}`);
  return { logit, probability: calibrate(logit, manifest.calibration), embeddings: vectors, patches: undefined };
}

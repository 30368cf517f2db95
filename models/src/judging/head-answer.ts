import { headLogit } from '../heads/head-model.ts';
import type { Pack } from '../pack/pack-folder.ts';
import { calibrate, combineLogits } from './calibration.ts';
import type { PackAnswer } from './judge-views.ts';

/** The mean of rows of `size` numbers: what a head that is no line judges a picture by. */
function meanOf(rows: Float32Array, size: number): Float32Array {
  const count = rows.length / size;
  if (count === 1) return rows;
  return Float32Array.from({ length: size }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += rows[row * size + column] ?? Number.NaN;
    return sum / count;
  });
}

/**
 * What a head makes of what its base's graph saw.
 * @param vectors feature vectors of one look, one row a view
 * @param baseLogit what the base says of the same look; needed by a head that is added to it
 * @throws Error when it comes to something that is not a finite number, or the pack has no head
 */
export function headAnswer({ manifest, head }: Pack, vectors: Float32Array, baseLogit = Number.NaN): PackAnswer {
  if (!head) throw new Error(`pack ${manifest.name} has no head`);
  const size = manifest.output.embedding?.size ?? vectors.length;
  const logit = (): number => {
    if (head.kind === 'neighbours' || head.kind === 'perceptron') {
      return headLogit(head, meanOf(vectors, size), baseLogit);
    }
    const alone = { ...head, kind: 'logistic', baseScale: 0 } as const;
    const logits = Array.from({ length: vectors.length / size }, (_, view) =>
      headLogit(alone, vectors.subarray(view * size, (view + 1) * size), baseLogit),
    );
    const own = combineLogits(logits, manifest.input.combine);
    return head.baseScale === 0 ? own : own + head.baseScale * baseLogit;
  };
  const found = logit();
  if (!Number.isFinite(found)) throw new Error(`pack ${manifest.name} answered ${found}`);
  return { logit: found, probability: calibrate(found, manifest.calibration), embeddings: vectors, patches: undefined };
}

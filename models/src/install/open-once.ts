import { TouchstoneError } from '@touchstone/shared';
import { headAnswer } from '../judging/head-answer.ts';
import { goldenView } from '../pack/golden.ts';
import { readDescription, readPack } from '../pack/pack-folder.ts';
import { readHead } from '../pack/read-head.ts';
import { openPack } from '../session/pack-session.ts';
import type { TrialOrder } from './try-model.ts';

/**
 * Opens a pack, or a head on its base, and checks its golden answer.
 * @throws TouchstoneError `pack-invalid`
 */
export async function openOnce({ folder, base }: Extract<TrialOrder, { type: 'open' }>): Promise<void> {
  const described = await readDescription(folder);
  if (described.format !== 3) return (await openPack({ folder, manifest: described })).release();
  const pack = await readHead(folder, described, base === undefined ? undefined : await readPack(base));
  const session = await openPack(pack.head?.base ?? pack);
  try {
    const { embeddings, logits } = await session.run([
      { data: new Uint8Array(goldenView(pack.manifest.input)), count: 1 },
    ]);
    const { logit } = headAnswer(pack, embeddings, logits[0]);
    const { golden } = described;
    if (!(Math.abs(logit - golden.logit) <= golden.tolerance)) {
      throw new TouchstoneError('pack-invalid', `golden logit ${logit} instead of ${golden.logit}`);
    }
  } finally {
    await session.release();
  }
}

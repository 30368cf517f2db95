import { openPack, type Pack, prepareViews } from '@touchstone/models';
import sharp from 'sharp';

export interface BareWork {
  /** Decode, preprocessing and session.run for one picture, as models/packs/FORMAT.md describes them, and nothing else. */
  judge(bytes: Uint8Array): Promise<{ decode: number; prepare: number; run: number; total: number }>;
  close(): Promise<void>;
}

/** What a picture costs without Touchstone: the floor of the comparisons. */
export async function openBareWork(pack: Pack): Promise<BareWork> {
  sharp.cache(false);
  const session = await openPack(pack);
  return {
    async judge(bytes) {
      const start = performance.now();
      const { data, info } = await sharp(bytes)
        .rotate()
        .flatten({ background: '#fff' })
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const decoded = performance.now();
      const views = await prepareViews({ data, width: info.width, height: info.height }, pack.manifest.input);
      const prepared = performance.now();
      await session.run([views]);
      const end = performance.now();
      return { decode: decoded - start, prepare: prepared - decoded, run: end - prepared, total: end - start };
    },
    close: () => session.release(),
  };
}

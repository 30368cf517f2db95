import { openPack, type Pack, prepareViews } from '@touchstone/models';
import sharp from 'sharp';

/** Milliseconds. */
export interface BareTimes {
  readonly decode: number;
  readonly prepare: number;
  readonly run: number;
  readonly total: number;
}

export interface BareWork {
  /** Decode, preprocessing and session.run for one picture, as models/packs/FORMAT.md describes them, and nothing else. */
  judge(bytes: Uint8Array): Promise<BareTimes>;
  close(): Promise<void>;
}

/** What a picture costs without Touchstone: the floor of the comparisons. @param packs that judge one after the other */
export async function openBareWork(packs: readonly Pack[]): Promise<BareWork> {
  sharp.cache(false);
  const sessions = await Promise.all(packs.map((pack) => openPack(pack)));
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
      const picture = { data, width: info.width, height: info.height };
      let run = 0;
      for (const session of sessions) {
        const views = await prepareViews(picture, session.pack.manifest.input);
        const prepared = performance.now();
        await session.run([views]);
        run += performance.now() - prepared;
      }
      const total = performance.now() - start;
      return { decode: decoded - start, prepare: total - run - (decoded - start), run, total };
    },
    async close() {
      for (const session of sessions) await session.release();
    },
  };
}

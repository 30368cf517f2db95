import { createHash } from 'node:crypto';
import { judgePicture, judgeViews, openPack, type Pack, viewsOf } from '@touchstone/models';
import sharp from 'sharp';
import { releasePixels } from '../src/decode/release-pixels.ts';
import { encodeThumbnail, makeMiniature } from '../src/fingerprint/miniature.ts';
import { sniffFormat } from '../src/intake/sniff.ts';
import { decodePicture } from '../src/picture-decoder/process/decode-picture.ts';

const ALWAYS =
  "one after the other in one process, by the product's own code: SHA-256, decoding, each pack's looks (views and session.run)";
const NOTHING_ELSE = 'No header, metadata, marks, faces, record, socket or second process.';

/** What the bare work of a picture is; printed with every figure that is held against it. */
export const BARE_WORK = `${ALWAYS}, and the thumbnail (its size, format and quality). ${NOTHING_ELSE}`;

/** The same where the product keeps no thumbnail. */
export const BARE_LOOK = `${ALWAYS}, and no thumbnail. ${NOTHING_ELSE}`;

/** Milliseconds. */
export interface BareTimes {
  readonly hash: number;
  readonly decode: number;
  readonly prepare: number;
  readonly run: number;
  readonly thumbnail: number;
  readonly total: number;
}

export interface BareWork {
  /** `BARE_WORK` for one picture, and nothing else. */
  judge(bytes: Uint8Array): Promise<BareTimes>;
  close(): Promise<void>;
}

/**
 * What a picture costs without Touchstone: the floor of the comparisons.
 * @param packs that judge one after the other
 * @param options `thumbnail`: false where the product makes none either
 */
export async function openBareWork(packs: readonly Pack[], { thumbnail = true } = {}): Promise<BareWork> {
  // As in the decoder's process.
  sharp.cache(false);
  const sessions = await Promise.all(packs.map((pack) => openPack(pack)));
  return {
    async judge(bytes) {
      const start = performance.now();
      createHash('sha256').update(bytes).digest('hex');
      const hashed = performance.now();
      const picture = await decodePicture(bytes, sniffFormat(bytes));
      const decoded = performance.now();
      let run = 0;
      for (const session of sessions) {
        const { manifest } = session.pack;
        await judgePicture(viewsOf(picture), manifest, async (look) => {
          const views = await look.views();
          const prepared = performance.now();
          const outputs = await session.run([views]);
          run += performance.now() - prepared;
          return judgeViews(manifest, outputs, 0, views.count);
        });
      }
      const judged = performance.now();
      if (thumbnail) await encodeThumbnail(makeMiniature(picture));
      const end = performance.now();
      releasePixels(picture);
      return {
        hash: hashed - start,
        decode: decoded - hashed,
        prepare: judged - decoded - run,
        run,
        thumbnail: end - judged,
        total: end - start,
      };
    },
    async close() {
      for (const session of sessions) await session.release();
    },
  };
}

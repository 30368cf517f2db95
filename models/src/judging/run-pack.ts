import type { RawPicture } from '../pixels/raw-picture.ts';
import type { PackSession } from '../session/pack-session.ts';
import { judgePicture, viewsOf } from './judge-picture.ts';
import { judgeViews, type PackAnswer } from './judge-views.ts';

/**
 * Prepares, runs and calibrates one picture: what the evaluation does, and the pipeline in separate rooms.
 * @param picture decoded at full size (FORMAT.md, "Decoding")
 */
export async function runPack(session: PackSession, picture: RawPicture): Promise<PackAnswer> {
  const { manifest } = session.pack;
  return judgePicture(viewsOf(picture), manifest, async (look) => {
    const views = await look.views();
    return judgeViews(manifest, await session.run([views]), 0, views.count);
  });
}

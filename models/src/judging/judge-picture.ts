import type { PackManifest } from '../pack/pack-schema.ts';
import { prepareViews, type ViewBatch } from '../pixels/prepare-views.ts';
import type { RawPicture } from '../pixels/raw-picture.ts';
import { calibrate } from './calibration.ts';
import type { PackAnswer } from './judge-views.ts';

/**
 * A pack's answer about one picture: its views, and the second look that some packs take where the first is not clear.
 * @param picture decoded at full size (FORMAT.md, "Decoding")
 * @param judge runs the graph on some views of this picture
 */
export async function judgePicture(
  picture: RawPicture,
  { input, calibration }: PackManifest,
  judge: (views: ViewBatch) => Promise<PackAnswer>,
): Promise<PackAnswer> {
  const first = await judge(await prepareViews(picture, input));
  const { second } = input;
  const unclear = second && first.probability >= second.from && first.probability <= second.to;
  if (!unclear || Math.min(picture.width, picture.height) < second.minimumSide) return first;
  const other = await judge(await prepareViews(picture, { ...input, views: [second.view] }));
  const logit = (first.logit + other.logit) / 2;
  return { ...first, logit, probability: calibrate(logit, calibration) };
}

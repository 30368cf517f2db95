import type { PackInput, PackManifest } from '../pack/pack-schema.ts';
import { prepareViews, type ViewBatch } from '../pixels/prepare-views.ts';
import type { RawPicture } from '../pixels/raw-picture.ts';
import { calibrate } from './calibration.ts';
import type { PackAnswer } from './judge-views.ts';

/** A decoded picture, wherever its pixels lie. */
export interface ViewSource {
  readonly width: number;
  readonly height: number;
  /** As `prepareViews` makes them. */
  views(input: PackInput): Promise<ViewBatch>;
}

/** One look at a picture: the views that a pack wants of it. */
export interface Look {
  readonly input: PackInput;
  /** Makes the views; whoever knows the answer without them does not ask. */
  views(): Promise<ViewBatch>;
}

/** A picture whose pixels are at hand. @param picture decoded at full size (FORMAT.md, "Decoding") */
export function viewsOf(picture: RawPicture): ViewSource {
  const { width, height } = picture;
  return { width, height, views: (input) => prepareViews(picture, input) };
}

/**
 * A pack's answer about one picture: its views, and the second look that some packs take where the first is not clear.
 * @param judge runs the graph on one look at this picture
 */
export async function judgePicture(
  picture: ViewSource,
  { input, calibration }: PackManifest,
  judge: (look: Look) => Promise<PackAnswer>,
): Promise<PackAnswer> {
  const look = (wanted: PackInput): Look => ({ input: wanted, views: () => picture.views(wanted) });
  const first = await judge(look(input));
  const { second } = input;
  const unclear = second && first.probability >= second.from && first.probability <= second.to;
  if (!unclear || Math.min(picture.width, picture.height) < second.minimumSide) return first;
  const other = await judge(look({ ...input, views: [second.view] }));
  const logit = (first.logit + other.logit) / 2;
  return { ...first, logit, probability: calibrate(logit, calibration) };
}

import type { PackInput, PackManifest } from '../pack/pack-schema.ts';
import { cutSquares } from '../pixels/cut-squares.ts';
import { type NativeDetail, nativeCrops, nativeDetail } from '../pixels/native-detail.ts';
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
  /**
   * Squares of the picture's own pixels, the middle and where most is to be seen, and how much of their detail the file still holds.
   * @param side of the squares, at most that of the picture
   * @returns undefined where the pixels are not the picture's own, because it was decoded smaller
   */
  nativeLook(side: number): Promise<NativeLook | undefined>;
}

export interface NativeLook extends NativeDetail {
  readonly views: ViewBatch;
}

/** One look at a picture: the views that a pack wants of it. */
export interface Look {
  readonly input: PackInput;
  /** Makes the views; whoever knows the answer without them does not ask. */
  views(): Promise<ViewBatch>;
  /** What is seen is what any pack with this input sees, so that it may be kept for others. */
  readonly common: boolean;
}

/** A picture whose pixels are at hand. @param picture decoded at full size (FORMAT.md, "Decoding") */
export function viewsOf(picture: RawPicture): ViewSource {
  const { width, height } = picture;
  return {
    width,
    height,
    views: (input) => prepareViews(picture, input),
    nativeLook: async (side) => ({
      ...nativeDetail(picture),
      views: cutSquares(picture, nativeCrops(picture, side), side),
    }),
  };
}

/**
 * A pack's answer about one picture: its views, and the further look that some packs take: a second one where the first is not
 * clear, or one at the picture's own pixels where the file still holds their detail.
 * @param judge runs the graph on one look at this picture
 */
export async function judgePicture(
  picture: ViewSource,
  manifest: PackManifest,
  judge: (look: Look) => Promise<PackAnswer>,
): Promise<PackAnswer> {
  const { input, calibration } = manifest;
  const look = (wanted: PackInput): Look => ({ input: wanted, views: () => picture.views(wanted), common: true });
  const first = await judge(look(input));
  if (manifest.output.native) return atNativePixels(picture, manifest, first, judge);
  const { second } = input;
  const unclear = second && first.probability >= second.from && first.probability <= second.to;
  if (!unclear || Math.min(picture.width, picture.height) < second.minimumSide) return first;
  const other = await judge(look({ ...input, views: [second.view] }));
  const logit = (first.logit + other.logit) / 2;
  return { ...first, logit, probability: calibrate(logit, calibration), firstLogit: first.logit };
}

/** @returns the first answer where it is clearly authentic, the picture small, or its finest detail lost */
async function atNativePixels(
  picture: ViewSource,
  { input, output: { native }, calibration }: PackManifest,
  first: PackAnswer,
  judge: (look: Look) => Promise<PackAnswer>,
): Promise<PackAnswer> {
  if (!native || first.probability < native.from) return first;
  if (Math.min(picture.width, picture.height) < native.minimumSide) return first;
  const own = await picture.nativeLook(input.size[0]);
  if (!own || own.fine <= native.detail.fine || own.high <= native.detail.high) return first;
  const cut: PackInput = { ...input, views: [{ kind: 'native-crop', crop: 'center' }] };
  const answer = await judge({ input: cut, views: async () => own.views, common: false });
  if (answer.native === undefined) return first;
  const logit = native.scale * (first.logit + native.share * answer.native) + native.bias;
  if (!Number.isFinite(logit)) throw new Error(`the native look of a pack came to ${logit}`);
  return { ...first, logit, probability: calibrate(logit, calibration), firstLogit: first.logit };
}

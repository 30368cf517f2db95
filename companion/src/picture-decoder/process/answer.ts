import { cutSquares, nativeCrops, nativeDetail, prepareViews, type RawPicture } from '@touchstone/models/pixels';
import { ERROR_CODES, isKnownCode, MAX_PIXELS, TouchstoneError } from '@touchstone/shared';
import sharp from 'sharp';
import { animationIn } from '../../containers/animation.ts';
import { frameSize } from '../../decode/frame-size.ts';
import { releasePixels } from '../../decode/release-pixels.ts';
import { MAX_BLOCK_BYTES } from '../../evidence/metadata/metadata-block.ts';
import { cutArea } from '../../faces/cut-area.ts';
import { makeMiniature } from '../../fingerprint/miniature.ts';
import { sniffFormat } from '../../intake/sniff.ts';
import { renderExpertView } from '../../views/render-expert-view.ts';
import { pictureFacts } from '../picture-facts.ts';
import type { AnswerOf, DecoderAnswer, DecoderQuestion } from '../protocol.ts';
import { copyForReport, ingredientThumbnail } from './copies.ts';
import { decodePicture } from './decode-picture.ts';
import { readHeader } from './read-header.ts';

export interface Answer<T extends DecoderQuestion['type'] = DecoderQuestion['type']> {
  readonly head: AnswerOf<T>;
  readonly payload?: Uint8Array;
}

interface Kept {
  readonly bytes: Uint8Array;
  /** Absent for an animation, whose frames are decoded one by one. */
  readonly picture?: RawPicture;
}

/** Pictures that somebody still asks about, by number. */
const kept = new Map<number, Kept>();

/** Gives the memory of a picture back. */
export function release(id: number): void {
  const known = kept.get(id);
  kept.delete(id);
  if (known?.picture) releasePixels(known.picture);
}

type Answers = {
  readonly [T in DecoderQuestion['type']]: (
    question: Extract<DecoderQuestion, { type: T }>,
    bytes: Uint8Array,
  ) => Promise<Answer<T>>;
};

const answers: Answers = {
  async header({ format }, bytes) {
    const { width, height, frames, exif, xmp } = await readHeader(bytes, format);
    // One byte more than is read tells that a block is too large.
    const [exifPart, xmpPart] = [exif?.subarray(0, MAX_BLOCK_BYTES + 1), xmp?.subarray(0, MAX_BLOCK_BYTES + 1)];
    const lengths = { exif: exifPart?.length ?? null, xmp: xmpPart?.length ?? null };
    const parts = [exifPart, xmpPart].filter((part) => part !== undefined);
    return { head: { type: 'header', width, height, frames, ...lengths }, payload: Buffer.concat(parts) };
  },
  async open({ id, format, input }, bytes) {
    const picture = await decodePicture(bytes, format);
    const { width, height, cut, halved } = picture;
    const views = input && (await prepareViews(picture, input));
    kept.set(id, { bytes, picture });
    const head = { type: 'open', width, height, cut, halved, views: views?.count ?? 0 } as const;
    return { head, ...(views && { payload: views.data }) };
  },
  async views({ id, input, area }) {
    const picture = pictureOf(id);
    const { data, count } = await prepareViews(area ? cutArea(picture, area) : picture, input);
    return { head: { type: 'views', views: count }, payload: data };
  },
  async native({ id, side }) {
    const picture = pictureOf(id);
    const { data } = cutSquares(picture, nativeCrops(picture, side), side);
    return { head: { type: 'native', ...nativeDetail(picture) }, payload: data };
  },
  async miniature({ id, longerSide }) {
    const { data, width, height } = makeMiniature(pictureOf(id), longerSide);
    return { head: { type: 'miniature', width, height }, payload: data };
  },
  async facts({ id, wanted }) {
    const { grey, flatness, marks, saves, thumbnail } = await pictureFacts(pictureOf(id), bytesOf(id), wanted);
    const payload = Buffer.concat([grey, thumbnail ?? new Uint8Array(0)]);
    return { head: { type: 'facts', flatness, marks: [...marks], saves: [...saves] }, payload };
  },
  async pixels({ id }) {
    const { data, width, height } = pictureOf(id);
    return { head: { type: 'pixels', width, height }, payload: data };
  },
  async 'expert-view'({ format, view, place }, bytes) {
    const picture = await decodePicture(bytes, format);
    return { head: { type: 'expert-view' }, payload: await renderExpertView(view, picture, place) };
  },
  async report({ format }, bytes) {
    const { data, width, height } = await copyForReport(bytes, format);
    return { head: { type: 'report', width, height }, payload: data };
  },
  async thumbnail({ format }, bytes) {
    return { head: { type: 'thumbnail' }, payload: await ingredientThumbnail(bytes, format) };
  },
  async animation({ id }, bytes) {
    const animation = animationIn(bytes);
    if (!animation) throw new TouchstoneError('unsupported-format', 'no animation');
    const { width, height } = await readHeader(bytes, sniffFormat(bytes));
    kept.set(id, { bytes });
    const { format, starts, duration } = animation;
    return { head: { type: 'animation', width, height, format, starts: [...starts], duration } };
  },
  async frame({ id, page }) {
    const { data, info } = await frameOf(bytesOf(id), page);
    return { head: { type: 'frame', width: info.width, height: info.height }, payload: data };
  },
};

/** Frames of an animation, at the size at which frames of videos are judged. */
async function frameOf(bytes: Uint8Array, page: number) {
  const options = { page, pages: 1, limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;
  const { width, height, pageHeight } = await sharp(bytes, options).metadata();
  const size = frameSize({ width, height: pageHeight ?? height }, 1);
  return sharp(bytes, options)
    .resize({ ...size, fit: 'fill' })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
}

function keptOf(id: number): Kept {
  const known = kept.get(id);
  if (!known) throw new TouchstoneError('internal', 'no such picture');
  return known;
}

const bytesOf = (id: number): Uint8Array => keptOf(id).bytes;

function pictureOf(id: number): RawPicture {
  const { picture } = keptOf(id);
  if (!picture) throw new TouchstoneError('internal', 'not decoded');
  return picture;
}

/** Does what is asked; what goes wrong becomes an answer. */
export async function answer(
  question: DecoderQuestion,
  bytes: Uint8Array,
): Promise<{ readonly head: DecoderAnswer; readonly payload?: Uint8Array }> {
  try {
    const does = answers[question.type] as (question: DecoderQuestion, bytes: Uint8Array) => Promise<Answer>;
    return await does(question, bytes);
  } catch (error) {
    const known = error instanceof TouchstoneError && isKnownCode(ERROR_CODES, error.code) ? error.code : undefined;
    const said = error instanceof TouchstoneError ? (error.detail ?? error.message) : error;
    // Whatever the decoders throw at hostile bytes says that they are damaged.
    return { head: { type: 'failed', code: known ?? 'broken-picture', detail: String(said).slice(0, 200) } };
  }
}

import type { PackInput } from '@touchstone/models';
import { ERROR_CODES, Evidence, FileFact, type ForensicView } from '@touchstone/shared';
import * as v from 'valibot';
import type { MagnifierPlace, PixelArea, WantedFacts } from '../decode/picture-decoder.ts';
import type { PictureFormat } from '../intake/sniff.ts';

/** What the process is asked. Encoded pictures come behind the questions that name a format. */
export type DecoderQuestion =
  | { readonly type: 'header'; readonly format: PictureFormat }
  /** Decodes and keeps the picture under a number; answers with the views of a pack, if asked for. */
  | {
      readonly type: 'open';
      readonly id: number;
      readonly format: PictureFormat;
      readonly input?: PackInput | undefined;
    }
  /** Of a part alone, where one is named. */
  | { readonly type: 'views'; readonly id: number; readonly input: PackInput; readonly area?: PixelArea }
  /** Squares of the picture's own pixels, and how much of their detail is left. */
  | { readonly type: 'native'; readonly id: number; readonly side: number }
  | { readonly type: 'miniature'; readonly id: number; readonly longerSide: number }
  | { readonly type: 'facts'; readonly id: number; readonly wanted: WantedFacts }
  | { readonly type: 'pixels'; readonly id: number }
  | {
      readonly type: 'expert-view';
      readonly format: PictureFormat;
      readonly view: ForensicView;
      readonly place: MagnifierPlace;
    }
  | { readonly type: 'report'; readonly format: PictureFormat }
  | { readonly type: 'thumbnail'; readonly format: PictureFormat }
  /** Keeps an encoded animation under a number. */
  | { readonly type: 'animation'; readonly id: number }
  | { readonly type: 'frame'; readonly id: number; readonly page: number };

/** What it is told, without an answer. */
export type DecoderNotice = { readonly type: 'release'; readonly id: number };

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const side = v.pipe(v.number(), v.integer(), v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const size = { width: side, height: side };

/** Why a picture gives no answer. */
const Failed = v.object({
  type: v.literal('failed'),
  code: v.picklist(ERROR_CODES),
  detail: v.optional(v.pipe(v.string(), v.maxLength(400))),
});
export type Failed = v.InferOutput<typeof Failed>;

/** Answers, by question. The process reads hostile bytes, so nothing that it says is believed unseen. */
export const ANSWERS = {
  /** EXIF and XMP follow, of the lengths that it tells. */
  header: v.object({
    type: v.literal('header'),
    ...size,
    frames: v.pipe(count, v.minValue(1)),
    exif: v.nullable(count),
    xmp: v.nullable(count),
  }),
  /** Views follow. */
  open: v.object({ type: v.literal('open'), ...size, views: count, cut: v.boolean(), halved: v.boolean() }),
  views: v.object({ type: v.literal('views'), views: count }),
  /** Views follow. */
  native: v.object({ type: v.literal('native'), fine: share, high: share }),
  /** A grey grid follows, and the thumbnail. */
  facts: v.object({
    type: v.literal('facts'),
    flatness: share,
    marks: v.pipe(v.array(Evidence), v.maxLength(8)),
    saves: v.pipe(v.array(FileFact), v.maxLength(4)),
  }),
  miniature: v.object({ type: v.literal('miniature'), ...size }),
  pixels: v.object({ type: v.literal('pixels'), ...size }),
  'expert-view': v.object({ type: v.literal('expert-view') }),
  report: v.object({ type: v.literal('report'), ...size }),
  thumbnail: v.object({ type: v.literal('thumbnail') }),
  animation: v.object({
    type: v.literal('animation'),
    ...size,
    format: v.picklist(['gif', 'webp']),
    starts: v.pipe(v.array(v.pipe(v.number(), v.minValue(0))), v.maxLength(3_000)),
    duration: v.pipe(v.number(), v.minValue(0)),
  }),
  frame: v.object({ type: v.literal('frame'), ...size }),
} as const;

export type AnswerOf<T extends DecoderQuestion['type']> = v.InferOutput<(typeof ANSWERS)[T]>;
export type DecoderAnswer = { [T in DecoderQuestion['type']]: AnswerOf<T> }[DecoderQuestion['type']] | Failed;

export const isFailed = (head: unknown): head is Failed => v.is(Failed, head);

/** Views go on to the inference thread, which reads them where they lie. */
export function carriesViews(head: unknown): boolean {
  return v.is(v.object({ type: v.picklist(['open', 'views', 'native']) }), head);
}

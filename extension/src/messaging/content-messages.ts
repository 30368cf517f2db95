import {
  CapturePath,
  ErrorReport,
  FiniteNumber,
  Label,
  Lane,
  Leaning,
  MAX_CAPTURE_BYTES,
  MAX_TIMELINE_MOMENTS,
  MAX_TITLE_LENGTH,
  TimelineMoment,
  TouchstoneError,
  Verdict,
  VerdictValue,
} from '@touchstone/shared';
import { STEPS } from '@touchstone/shared/present';
import * as v from 'valibot';
import { LINE_CHARACTERS } from '../share/share-lines.ts';

/**
 * What content scripts say to the background, over one `runtime` port named CHECK_PORT per frame. Types and checks are
 * one table: a renderer that was taken over can send anything. Content scripts import the types alone.
 */

const id = v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(2 ** 31));
const coordinate = v.pipe(FiniteNumber, v.minValue(-1e7), v.maxValue(1e7));
const length = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1e7));
const recordId = v.pipe(v.string(), v.maxLength(64));
/** A `data:` address holds the whole picture, in base64. */
const address = v.pipe(v.string(), v.maxLength(Math.ceil(MAX_CAPTURE_BYTES * 1.4)));
const track = v.pipe(v.string(), v.minLength(8), v.maxLength(64));
const seconds = v.pipe(FiniteNumber, v.minValue(0));
const pageTitle = v.pipe(
  v.string(),
  v.transform((title) => title.slice(0, MAX_TITLE_LENGTH)),
);
/** Addresses longer than this, in characters, are no names of pictures. */
const MAX_LISTED_ADDRESS = 2_000;
/** A frame is at most 720 pixels high; as JPEG even noise stays far below this. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;

/** ArrayBuffers where the browser clones them, else base64 (bytes.ts). */
const wireBytes = (limit: number) =>
  v.union([
    v.pipe(
      v.instance(ArrayBuffer),
      v.check((buffer) => buffer.byteLength <= limit, 'too-large'),
    ),
    v.pipe(v.string(), v.maxLength(Math.ceil(limit * 1.4))),
  ]);

/** An encoded picture that the content script read. */
const Pixels = v.object({
  path: CapturePath,
  bytes: wireBytes(MAX_CAPTURE_BYTES),
  /** Seconds into the video; present for a video frame only. */
  mediaTime: v.exactOptional(seconds),
});
export type Pixels = v.InferOutput<typeof Pixels>;
export type WireBytes = Pixels['bytes'];

/**
 * Where a picture lies, for the screenshot path: CSS pixels of the viewport of the frame that sends it. The background
 * adds the places of the frames above (capture/frame-place.ts).
 */
export const ScreenRect = v.pipe(
  v.object({
    x: coordinate,
    y: coordinate,
    width: length,
    height: length,
    devicePixelRatio: v.pipe(FiniteNumber, v.minValue(0.1), v.maxValue(20)),
  }),
  v.readonly(),
);
export type ScreenRect = v.InferOutput<typeof ScreenRect>;

/**
 * Where something lies in the page's own viewport, in CSS pixels, cut to it. Absent in frames, whose place in the page they do not
 * know, and out of view.
 */
export const TabPlace = v.object({
  x: coordinate,
  y: coordinate,
  width: length,
  height: length,
  viewport: v.object({ width: length, height: length }),
});
export type TabPlace = v.InferOutput<typeof TabPlace>;

/** What of a person rests on a picture or video. */
const Meant = v.picklist(['focus', 'pointer']);

/** One video of a frame, as the popup lists it. */
export const TabVideo = v.object({
  /** Unique within its frame's life. */
  number: id,
  /** What the page calls it; may be empty. */
  title: v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH)),
  /** Displayed size in CSS pixels. */
  width: length,
  height: length,
  /** Whether some of it lies in its frame's viewport. */
  inView: v.boolean(),
  place: v.exactOptional(TabPlace),
  meant: v.exactOptional(Meant),
  /** Seconds; null for a live stream or before it is known. */
  duration: v.nullable(seconds),
  playing: v.boolean(),
  /** What is being done about it; absent where it is not checked. */
  activity: v.exactOptional(v.picklist(['sampling', 'paused', 'unplayed', 'waiting', 'crowded', 'ended'])),
  framesAnalyzed: seconds,
  verdict: v.exactOptional(VerdictValue),
  leaning: v.exactOptional(Leaning),
  probability: v.exactOptional(v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1))),
  /** Present once its track is closed. */
  recordId: v.exactOptional(recordId),
  logged: v.exactOptional(v.boolean()),
  /** Why it is not checked. */
  error: v.exactOptional(ErrorReport),
});
export type TabVideo = v.InferOutput<typeof TabVideo>;

/** One picture of a frame, as the popup lists it. */
export const TabPicture = v.object({
  /** Unique within its frame's life. */
  number: id,
  /** What the page calls it; may be empty. */
  name: v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH)),
  /** Address in use; absent where it has none, or where that holds the whole picture. */
  url: v.exactOptional(v.pipe(v.string(), v.maxLength(MAX_LISTED_ADDRESS))),
  /** Displayed size in CSS pixels. */
  width: length,
  height: length,
  /** Whether some of it lies in its frame's viewport. */
  inView: v.boolean(),
  place: v.exactOptional(TabPlace),
  meant: v.exactOptional(Meant),
  checking: v.boolean(),
  /** What its badge or card says. */
  verdict: v.exactOptional(v.pick(Verdict, ['value', 'leaning', 'probability'])),
  /** Why it is not checked. */
  error: v.exactOptional(ErrorReport),
});
export type TabPicture = v.InferOutput<typeof TabPicture>;

/** A line of a card that is passed on as a picture; what a file says of itself can be long. */
const line = v.pipe(
  v.string(),
  v.transform((text) => text.slice(0, LINE_CHARACTERS)),
);
const lines = v.pipe(v.array(line), v.maxLength(4), v.readonly());

const ContentMessage = v.variant('type', [
  v.object({
    type: v.literal('check'),
    id,
    lane: Lane,
    /** Address in use (currentSrc, background address...); absent for canvas and screenshots. */
    url: v.exactOptional(address),
    pageTitle,
    /** Cookies are sent only when a person asked for this very picture. */
    credentials: v.boolean(),
    /** Bytes the content script already has (canvas, blob:). */
    pixels: v.exactOptional(Pixels),
    /** Check again even if the log knows the bytes. */
    fresh: v.exactOptional(v.boolean()),
  }),
  /** Answer to `need-pixels`: bytes, or only where the picture is (then a screenshot is cropped), or neither. */
  v.object({ type: v.literal('pixels'), id, pixels: v.exactOptional(Pixels), rect: v.exactOptional(ScreenRect) }),
  v.object({ type: v.literal('cancel'), id }),
  v.object({ type: v.literal('label'), id, recordId, label: v.nullable(Label) }),
  /** Where in the picture of a record does its score come from? */
  v.object({ type: v.literal('explain'), id, recordId }),
  /** A card as a picture: drawn where no font or script of the page can change what it says. */
  v.object({
    type: v.literal('share-picture'),
    id,
    card: v.object({
      lines: v.object({ title: line, chance: line, reasons: lines, facts: lines, caution: line }),
      step: v.picklist(STEPS),
      direction: v.picklist(['ltr', 'rtl']),
    }),
  }),
  /** The person pressed the button that leads to pairing. */
  v.object({ type: v.literal('open-pairing') }),
  /** The person pressed the button that looks where else a picture appears. */
  v.object({ type: v.literal('search-image'), recordId }),
  v.object({ type: v.literal('open-history'), recordId: v.exactOptional(recordId) }),
  /** This frame has something to show: it needs the overlay's script. */
  v.object({ type: v.literal('overlay') }),
  /** A video plays: the first of its messages. The background keeps nothing that a later one would need. */
  v.object({
    type: v.literal('track-open'),
    id,
    track,
    asked: v.boolean(),
    url: v.exactOptional(address),
    pageTitle,
    duration: v.nullable(seconds),
    screenshots: v.boolean(),
    resume: v.pipe(v.array(TimelineMoment), v.maxLength(MAX_TIMELINE_MOMENTS), v.readonly()),
  }),
  /** A frame as JPEG, or where it is on the screen: then the background takes a screenshot and crops it. */
  v.object({
    type: v.literal('track-frame'),
    id,
    track,
    mediaTime: seconds,
    bytes: v.exactOptional(wireBytes(MAX_FRAME_BYTES)),
    rect: v.exactOptional(ScreenRect),
  }),
  v.object({ type: v.literal('track-close'), id, track }),
  /** Whether nothing can be drawn over the video, so that the toolbar must say its verdict. */
  v.object({ type: v.literal('track-on-toolbar'), track, shown: v.boolean() }),
  /** Answer to `list-videos`. */
  v.object({ type: v.literal('videos'), id, videos: v.pipe(v.array(TabVideo), v.maxLength(64), v.readonly()) }),
  /** Answer to `list-pictures`. */
  v.object({ type: v.literal('pictures'), id, pictures: v.pipe(v.array(TabPicture), v.maxLength(64), v.readonly()) }),
]);
export type ContentMessage = v.InferOutput<typeof ContentMessage>;

/** @throws TouchstoneError `bad-message` for anything that is not a message of the content script */
export function parseContentMessage(message: unknown): ContentMessage {
  const parsed = v.safeParse(ContentMessage, message);
  if (parsed.success) return parsed.output;
  throw new TouchstoneError('bad-message', parsed.issues[0].message);
}

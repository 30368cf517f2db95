import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';
import { MAX_CAPTURE_BYTES, MAX_TITLE_LENGTH, MAX_URL_LENGTH } from './limits.ts';

/** How the bytes were obtained, best first. Anything but the first two changes pixels and becomes a caveat. */
export const CAPTURE_PATHS = ['original-bytes', 'page-blob', 'file', 'canvas', 'screenshot'] as const;
export const CapturePath = v.picklist(CAPTURE_PATHS);
export type CapturePath = v.InferOutput<typeof CapturePath>;

/** `video` is a whole track: a file, or what was seen of a playing video. */
export const CAPTURE_KINDS = ['image', 'video-frame', 'video'] as const;
export const CaptureKind = v.picklist(CAPTURE_KINDS);
export type CaptureKind = v.InferOutput<typeof CaptureKind>;

/** Priority class: playing video > what a person asked about > pictures that scroll by. */
export const LANES = ['live', 'asked', 'bulk'] as const;
export const Lane = v.picklist(LANES);
export type Lane = v.InferOutput<typeof Lane>;

const url = v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH));
const title = v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH));

/** Where a capture comes from and how it was made. Addresses are kept as text and never fetched by the companion. */
export const CaptureSource = v.object({
  kind: CaptureKind,
  path: CapturePath,
  /** Address of the picture; `data:` addresses are shortened by the sender. */
  url: v.optional(url),
  /** Address of the page (top frame). */
  pageUrl: v.optional(url),
  pageTitle: v.optional(title),
  /** Name of a local file, without its folder. */
  fileName: v.optional(title),
  /** Seconds into the video, for frames. */
  mediaTime: v.optional(v.pipe(FiniteNumber, v.minValue(0))),
  /** From a private window: checked, answered, never logged. */
  private: v.optional(v.boolean(), false),
});
export type CaptureSource = v.InferOutput<typeof CaptureSource>;

/** Encoded picture bytes as found. Length is checked here so that no later stage meets more. */
export const CaptureBytes = v.pipe(
  v.instance(Uint8Array),
  v.check((bytes) => bytes.byteLength <= MAX_CAPTURE_BYTES, 'too-large'),
);

/** Cuts an address to what a record may hold; a `data:` address keeps its media type only. */
export function addressForRecord(address: string): string {
  if (address.startsWith('data:')) return `${address.slice(0, Math.min(64, (address.indexOf(',') + 1 || 65) - 1))},…`;
  return address.slice(0, MAX_URL_LENGTH);
}

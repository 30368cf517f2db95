import type { RawPicture } from '@touchstone/models/pixels';
import { JPEG_MARKER } from '../../containers/jpeg-segments.ts';
import { complaints } from './benign-warnings.ts';
import type { FailOn } from './decode-picture.ts';

/** What the decoder says of a JPEG that ends before its end marker, and of one whose data end before the marker. */
const CUT_OFF = /^(?:VipsJpeg: )?premature end of JPEG image$/i;
const CUT_INSIDE = /^(?:VipsJpeg: )?Corrupt JPEG data: premature end of data segment$/i;
const END_MARKER = Buffer.of(0xff, JPEG_MARKER.eoi);
/** Bytes at the end that are left out to see what they draw: until something is seen, of one block more each time. */
const TAILS_BYTES = [24, 96, 384, 1536] as const;
/** Height of a row of blocks, and what smoothing of colours carries over its edge, in pixels. */
const [BLOCK_ROWS, SMOOTHED_ROWS] = [16, 2];

export type Decode = (bytes: Uint8Array, failOn: FailOn, how?: { readonly asStored: boolean }) => Promise<RawPicture>;

/** Whether a message speaks of a missing end and of nothing else. */
export const isCutOff = (message: string): boolean => everyLine(message, CUT_OFF);

/**
 * A JPEG without its end. It is whole where the strict decoder needs nothing but the marker; else the last bytes that
 * there are must belong to the last row of blocks, or rows are missing that the decoder filled with grey.
 * @throws for one that lacks more
 */
export async function decodeCutOff(bytes: Uint8Array, decode: Decode): Promise<RawPicture> {
  const ended = Buffer.concat([bytes, END_MARKER]);
  try {
    return await decode(ended, 'warning');
  } catch (error) {
    if (!everyLine(error instanceof Error ? error.message : '', CUT_INSIDE)) throw error;
  }
  if (!(await reachesLastRows(bytes, decode))) throw new Error('rows are missing at the end');
  return decode(ended, 'error');
}

async function reachesLastRows(bytes: Uint8Array, decode: Decode): Promise<boolean> {
  const rows = (end: number) =>
    decode(Buffer.concat([bytes.subarray(0, end), END_MARKER]), 'error', { asStored: true });
  const { data, width, height } = await rows(bytes.length);
  const lastRows = Math.floor((height - 1) / BLOCK_ROWS) * BLOCK_ROWS - SMOOTHED_ROWS;
  const end = Math.max(0, lastRows) * width * 3;
  for (const tail of TAILS_BYTES) {
    const { data: shorter } = await rows(Math.max(0, bytes.length - tail));
    if (Buffer.compare(data.subarray(0, end), shorter.subarray(0, end)) !== 0) return false;
    if (Buffer.compare(data.subarray(end), shorter.subarray(end)) !== 0) return true;
  }
  return false;
}

function everyLine(message: string, pattern: RegExp): boolean {
  const lines = complaints(message);
  return lines.length > 0 && lines.every((line) => pattern.test(line));
}

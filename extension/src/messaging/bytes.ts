import { pageError } from '@touchstone/shared';
import type { WireBytes } from './content-messages.ts';

/**
 * Bytes between content script and background. Chrome clones ArrayBuffers since it knows the manifest's
 * `message_serialization`; before that JSON turned them into `{}`, so a browser without it gets base64.
 */

/** First Chrome that reads `"message_serialization": "structured_clone"`; Firefox has always cloned. */
const FIRST_CLONING_CHROME = 148;

/** @param userAgent of the browser @returns whether ArrayBuffers pass through `runtime` messages here */
export function clonesBuffers(userAgent: string): boolean {
  const chrome = /\bChrom(?:e|ium)\/(\d+)/.exec(userAgent);
  return chrome === null || Number(chrome[1]) >= FIRST_CLONING_CHROME;
}

export function toWire(bytes: Uint8Array<ArrayBuffer>, cloning: boolean): WireBytes {
  if (cloning) return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
  return encodeBase64(bytes);
}

/** @throws ReportedError `bad-message` for anything but an ArrayBuffer or base64 */
export function fromWire(wire: unknown): Uint8Array<ArrayBuffer> {
  if (wire instanceof ArrayBuffer) return new Uint8Array(wire);
  if (typeof wire === 'string') return decodeBase64(wire);
  throw pageError('bad-message', 'bytes are neither a buffer nor base64');
}

/** Pieces small enough for `String.fromCharCode(...piece)`. */
const PIECE = 0x8000;

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

/** @throws ReportedError `bad-message` where it is not base64 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(text);
  } catch (error) {
    throw pageError('bad-message', String(error));
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

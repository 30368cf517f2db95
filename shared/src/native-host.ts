import * as v from 'valibot';
import { ErrorReport } from './error-report.ts';
import { FiniteNumber } from './finite-number.ts';

/**
 * What the extension may ask the native messaging host, and what it is answered. Nothing else is offered: no path, no address, no picture.
 */

/** Name under which browsers know the host. */
export const NATIVE_HOST = 'touchstone.companion';

/** Public key of the manifest, which fixes Chrome's id of an extension that is loaded from a folder. Nobody has the private half. */
export const CHROMIUM_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqmke6PvargB4DqMMd1l4NTcSR7b/MeMATaTuO2LmFdtphxe3hua/QG5ITCfWO++Xyy0U33uArxgAAQxgeXELikzlrAQ4xy+dqzvO5ci2mUJ7olBk6YR/s1IOhkk8nj2HxqujpPfaZqcU6dW/MgZxbbFV4PnD3uQ81ZdubcnzQjW3vbsKv29Tn/jAsQumGLZm4aSrdkFV//Nw8sNATjU9jUWHZDXPeVjQzVr+fpT6A4QHh/jT4a0HsNtNYbZGysDZT/haGG2ttspsUUmQ2qlhpUhoiJZmSOWx2EiJUmFr6SOrYGOjPnqtr07BKVs1YQfiPfPu0dXznovHlTANftl3HwIDAQAB';

/** Ids of our extension in Chromium's browsers: from a folder; those of the stores join at their release. */
export const CHROMIUM_IDS: readonly string[] = ['ipjajlheajflnhdgghgppncgdnfbmadi'];

/** Id of our extension in Firefox. */
export const FIREFOX_ID = 'touchstone@touchstone.local';

/** Bytes of one message, either way. */
export const MAX_NATIVE_BYTES = 4096;

export const NativeRequest = v.strictObject({
  /** "start": a companion runs afterwards. "pair": and a pairing code of it is told. */
  type: v.picklist(['start', 'pair']),
});
export type NativeRequest = v.InferOutput<typeof NativeRequest>;

export const NativeAnswer = v.variant('type', [
  v.object({
    type: v.literal('running'),
    port: v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(65_535)),
    /** One-time code, where it was asked for. */
    code: v.optional(v.pipe(v.string(), v.maxLength(64))),
  }),
  v.object({ type: v.literal('failed'), error: ErrorReport }),
]);
export type NativeAnswer = v.InferOutput<typeof NativeAnswer>;

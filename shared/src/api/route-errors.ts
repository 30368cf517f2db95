import type { ErrorCode } from '../errors.ts';
import { type Route, SCOPES } from './route.ts';

/** The history cannot be read or written. */
export const LOG_ERRORS = [
  'log-failed',
  'log-damaged',
  'log-locked',
  'log-read-only',
  'disk-full',
] as const satisfies readonly ErrorCode[];

/** Where one thing of the history is needed. */
export const FOUND_ERRORS = ['not-found', ...LOG_ERRORS] as const satisfies readonly ErrorCode[];

/** Work is refused, or given up. */
export const WORK_ERRORS = ['busy', 'cancelled', 'shutting-down'] as const satisfies readonly ErrorCode[];

/** A picture that cannot be decoded. */
export const PICTURE_ERRORS = [
  'empty-file',
  'too-large',
  'too-long',
  'too-many-pixels',
  'decode-limit',
  'too-small',
  'unsupported-format',
  'svg-refused',
  'heic-refused',
  'hdr-refused',
  'raw-refused',
  'broken-picture',
  // A video of a container that is not read, given as a picture.
  'video-unreadable',
] as const satisfies readonly ErrorCode[];

/** A model that cannot judge. */
export const MODEL_ERRORS = [
  'pack-unknown',
  'pack-invalid',
  'inference-failed',
  'telemetry-on',
] as const satisfies readonly ErrorCode[];

/** A video that cannot be decoded. */
export const VIDEO_ERRORS = [
  'video-unreadable',
  'video-protected',
  'too-many-pixels',
  'unsupported-format',
  'video-decoder-missing',
  'file-unreadable',
] as const satisfies readonly ErrorCode[];

/** Of any request: its form, its Host, and what nobody foresaw. */
const ANY: readonly ErrorCode[] = ['bad-request', 'wrong-host', 'internal'];

/** Of a caller who may not ask: a program's token, a page's session. */
const OF_CALLER: readonly ErrorCode[] = ['token-wrong', 'unauthorized'];

/** Of a program's token. */
const OF_TOKEN: readonly ErrorCode[] = ['scope-missing', 'rate-limited'];

/** Every code that a route can answer with, each once. */
export function errorsOf({ access, body, errors }: Route): readonly ErrorCode[] {
  return [
    ...new Set<ErrorCode>([
      ...ANY,
      ...(access === 'public' ? [] : OF_CALLER),
      ...(SCOPES.some((scope) => scope === access) ? OF_TOKEN : []),
      ...(body === undefined ? [] : (['too-large'] as const)),
      ...errors,
    ]),
  ];
}

import { type ErrorCode, entryOf } from '@touchstone/shared';

const BY_CODE: Partial<Record<ErrorCode, number>> = {
  'bad-message': 400,
  'bad-request': 400,
  'empty-file': 400,
  unauthorized: 401,
  'token-wrong': 401,
  'not-paired': 401,
  'pairing-code-wrong': 403,
  'scope-missing': 403,
  'role-missing': 403,
  'not-yours': 403,
  'sign-in-failed': 403,
  'invitation-unusable': 403,
  'live-not-here': 403,
  'private-not-here': 403,
  'not-on-team-server': 403,
  'last-admin': 409,
  'last-way-in': 409,
  'not-found': 404,
  'picture-not-kept': 410,
  'undo-too-late': 410,
  'unknown-address': 404,
  'pack-unknown': 404,
  'recording-paused': 409,
  'pack-in-use': 409,
  'base-missing': 409,
  'case-full': 409,
  cancelled: 409,
  'request-in-flight': 409,
  'too-large': 413,
  'unsupported-format': 415,
  'hdr-refused': 415,
  'raw-refused': 415,
  'svg-refused': 415,
  'heic-refused': 415,
  'video-protected': 415,
  'wrong-host': 421,
  'too-long': 422,
  'too-many-pixels': 422,
  'decode-limit': 422,
  'too-small': 422,
  'key-reused': 422,
  'broken-picture': 422,
  'job-set-aside': 422,
  'dataset-unusable': 422,
  'video-unreadable': 422,
  'file-unreadable': 422,
  'extension-too-old': 426,
  'companion-too-old': 426,
  'window-exceeded': 429,
  'rate-limited': 429,
  'video-decoder-missing': 501,
  busy: 503,
  'shutting-down': 503,
  'folder-in-use': 503,
  'log-failed': 507,
  'folder-unusable': 507,
  'disk-full': 507,
  'log-read-only': 507,
  'log-locked': 503,
  'log-damaged': 503,
};

/** HTTP status of an error code; what is not listed is the companion's own fault. */
export function httpStatusOf(code: string): number {
  return entryOf(BY_CODE, code) ?? 500;
}

/** Statuses of answers that say when to ask again (RFC 9110, 10.2.3; RFC 6585, 4). */
const ASK_AGAIN: readonly number[] = [429, 503];

/** Seconds. What is busy is so for about one picture; what ends or is being repaired is there again after a start. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { busy: 1, 'window-exceeded': 1 };
const RETRY_AFTER_SECONDS = 5;

/** @returns value of `Retry-After` for an answer of this status; undefined where it has none */
export function retryAfter(status: number, code?: string): string | undefined {
  if (!ASK_AGAIN.includes(status)) return undefined;
  return String((code === undefined ? undefined : entryOf(RETRY_AFTER, code)) ?? RETRY_AFTER_SECONDS);
}

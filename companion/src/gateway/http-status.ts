import { type ErrorCode, entryOf } from '@touchstone/shared';

const BY_CODE: Partial<Record<ErrorCode, number>> = {
  'bad-message': 400,
  'bad-request': 400,
  'empty-file': 400,
  unauthorized: 401,
  'token-wrong': 401,
  'not-paired': 401,
  'pairing-code-wrong': 403,
  'not-found': 404,
  'picture-not-kept': 410,
  'unknown-address': 404,
  'pack-unknown': 404,
  'recording-paused': 409,
  cancelled: 409,
  'too-large': 413,
  'unsupported-format': 415,
  'svg-refused': 415,
  'heic-refused': 415,
  'wrong-host': 421,
  'too-long': 422,
  'too-many-pixels': 422,
  'decode-limit': 422,
  'too-small': 422,
  'broken-picture': 422,
  'job-set-aside': 422,
  'extension-too-old': 426,
  'companion-too-old': 426,
  'window-exceeded': 429,
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

import type { CaveatCode, ErrorCode, ReasonCode } from '@touchstone/shared';

/** Errors that this page can meet; others keep their English text. */
export type PageErrorCode = Extract<
  ErrorCode,
  | 'bad-message'
  | 'companion-unreachable'
  | 'busy'
  | 'window-exceeded'
  | 'cancelled'
  | 'shutting-down'
  | 'empty-file'
  | 'too-large'
  | 'too-many-pixels'
  | 'too-small'
  | 'unsupported-format'
  | 'svg-refused'
  | 'heic-refused'
  | 'broken-picture'
  | 'not-found'
  | 'file-unreadable'
  | 'pack-unknown'
  | 'pack-invalid'
  | 'inference-failed'
  | 'log-failed'
  | 'unauthorized'
  | 'bad-request'
  | 'recording-paused'
  | 'internal'
>;

/** Translations of what travels by code: reasons, caveats, and errors as [what happened, what next]. */
export interface Sentences {
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  readonly caveats: Readonly<Record<CaveatCode, string>>;
  readonly errors: Readonly<Record<PageErrorCode, readonly [string, string]>> & {
    readonly [code in ErrorCode]?: readonly [string, string];
  };
}

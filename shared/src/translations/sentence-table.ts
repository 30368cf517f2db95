import type { ErrorCode } from '../errors.ts';
import type { CaveatCode, ReasonCode } from '../sentences.ts';

/** What travels by code, in a language other than English. */
export interface SentenceTable {
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  readonly caveats: Readonly<Record<CaveatCode, string>>;
  /** What happened, and the next step. */
  readonly errors: Readonly<Record<ErrorCode, readonly [message: string, nextStep: string]>>;
}

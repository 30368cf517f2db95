import type { ErrorCode } from '../errors.ts';
import type { FactName, FactValue } from '../file-facts.ts';
import type { CaveatCode, ReasonCode } from '../sentences.ts';

/** What travels by code, in a language other than English. */
export interface SentenceTable {
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  readonly caveats: Readonly<Record<CaveatCode, string>>;
  /** Names of what a file says about itself, and the values that are our own words; by their English text. */
  readonly factNames: Readonly<Record<FactName, string>>;
  readonly factValues: Readonly<Record<FactValue, string>>;
  /** What happened, and the next step. */
  readonly errors: Readonly<Record<ErrorCode, readonly [message: string, nextStep: string]>>;
}

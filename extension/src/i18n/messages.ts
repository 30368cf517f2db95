import type { CaveatCode, ErrorCode, ReasonCode } from '@touchstone/shared';
import type { english } from './english.ts';

export type MessageKey = keyof typeof english;

/** Texts by key; `{name}` places are filled when shown. */
export type Messages = Readonly<Record<string, string>>;

/** A language other than English: the surfaces' texts, and everything that the companion says by code. */
export interface Translation {
  readonly messages: Readonly<Record<MessageKey, string>>;
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  readonly caveats: Readonly<Record<CaveatCode, string>>;
  /** What happened, and the next step. */
  readonly errors: Readonly<Record<ErrorCode, readonly [message: string, nextStep: string]>>;
}

import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';
import { openCode } from './open-code.ts';

/** Why a model runs on the provider that it runs on. */
export const PROVIDER_REASONS = [
  'no-pack',
  'not-tried',
  'asked-cpu',
  'asked',
  'asked-fails',
  'none-built-in',
  'none-works',
  'not-faster',
  'fastest',
  'works',
  'failed-at-work',
] as const;
export type ProviderReasonCode = (typeof PROVIDER_REASONS)[number];

/** Why a provider is of no use here. */
export const PROVIDER_FAILURES = [
  'no-gpu',
  'no-library',
  'not-built-in',
  'no-answer',
  'crashed',
  'wrong-numbers',
  'failed',
] as const;
export type ProviderFailureCode = (typeof PROVIDER_FAILURES)[number];

/** Longest name of a provider or foreign message, in characters. */
const MAX_TEXT_LENGTH = 200;
const Text = v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH));

export const ProviderFailure = v.object({
  code: openCode(PROVIDER_FAILURES),
  /** What the driver or the runtime said, as it came. */
  detail: v.optional(Text),
});
export type ProviderFailure = v.InferOutput<typeof ProviderFailure>;

/** Why one provider runs the model and no other, to be said in the reader's language (`providerReasonText`). */
export const ProviderReason = v.object({
  code: openCode(PROVIDER_REASONS),
  provider: v.optional(Text),
  /** Milliseconds a picture on `provider`. */
  ms: v.optional(FiniteNumber),
  /** The same on the CPU. */
  cpuMs: v.optional(FiniteNumber),
  failures: v.optional(v.pipe(v.array(v.object({ provider: Text, ...ProviderFailure.entries })), v.maxLength(16))),
});
export type ProviderReason = v.InferOutput<typeof ProviderReason>;

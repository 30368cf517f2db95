import { isKnownCode } from '../open-code.ts';
import { PROVIDER_FAILURES, PROVIDER_REASONS, type ProviderReason } from '../provider-reason.ts';
import { foreignText } from './foreign-text.ts';
import type { Language } from './languages.ts';
import { numberFormat } from './number-format.ts';
import { textOf } from './texts.ts';

type Failure = NonNullable<ProviderReason['failures']>[number];

function failureText({ provider, code, detail = '' }: Failure, language: Language): string {
  const known = isKnownCode(PROVIDER_FAILURES, code) ? code : 'failed';
  const why = textOf(language, `provider-failure-${known}`, { detail: foreignText(detail) });
  return textOf(language, 'provider-failure', { provider: foreignText(provider), why });
}

/**
 * Why the model runs where it runs, in one sentence.
 * @param english what travelled along, for a reason that is not known here
 */
export function providerReasonText(reason: ProviderReason | undefined, language: Language, english = ''): string {
  if (reason === undefined || !isKnownCode(PROVIDER_REASONS, reason.code)) return foreignText(english);
  // A companion that has just started has neither: the platform's formatters take 20 ms to load.
  const milliseconds = (ms: number | undefined): string =>
    ms === undefined ? '0' : numberFormat(language, { maximumFractionDigits: 1 }).format(ms);
  const failures = (reason.failures ?? []).map((failure) => failureText(failure, language));
  return textOf(language, `provider-${reason.code}`, {
    provider: foreignText(reason.provider ?? ''),
    ms: milliseconds(reason.ms),
    cpuMs: milliseconds(reason.cpuMs),
    failures:
      failures.length === 0 ? '' : new Intl.ListFormat(language, { style: 'short', type: 'unit' }).format(failures),
  });
}

import { type TouchstoneError, toErrorReport } from '@touchstone/shared';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';

/** What happened, where, what to do next, and the code to report. */
export function ErrorMessage({ error }: { readonly error: TouchstoneError | Error | null }) {
  const { language, locale, t } = useI18n();
  const report = toErrorReport(error);
  const { message, fault, nextStep } = errorSentences(language, report, locale);
  return (
    <>
      <p className="error-message">{message}</p>
      {fault !== undefined && <p className="error-fault">{fault}</p>}
      <p className="error-step">{nextStep}</p>
      <p className="error-code">{t('error-code', { code: report.code })}</p>
    </>
  );
}

import { type TouchstoneError, toErrorReport } from '@touchstone/shared';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';

/** What happened, what to do next, and the code to report. */
export function ErrorMessage({ error }: { readonly error: TouchstoneError | Error | null }) {
  const { language, t } = useI18n();
  const report = toErrorReport(error);
  const { message, nextStep } = errorSentences(language, report);
  return (
    <>
      <p className="error-message">{message}</p>
      <p className="error-step">{nextStep}</p>
      <p className="error-code">{t('error-code', { code: report.code })}</p>
    </>
  );
}

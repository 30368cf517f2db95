import { ERROR_CODES, errorReport, isKnownCode, VERDICT_VALUES } from '@touchstone/shared';
import type { SystemFigures } from '@touchstone/shared/api';
import type { Language } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { VERDICT_KEYS } from '../ui/verdict-words.ts';
import { FigureSection } from './figure-section.tsx';
import { FiguresTable } from './figures-table.tsx';
import { useFiguresWords } from './use-figures-words.ts';

/** How the last days' verdicts are distributed. */
export function VerdictSection({ days }: Pick<SystemFigures, 'days'>) {
  const { t, count, share } = useFiguresWords();
  const sums = VERDICT_VALUES.map((verdict) => ({
    verdict,
    sum: days.reduce((total, { verdicts }) => total + verdicts[verdict], 0),
  }));
  const all = sums.reduce((total, { sum }) => total + sum, 0);
  return (
    <FigureSection title={t('system-verdicts')}>
      <FiguresTable
        caption={t('system-verdicts')}
        heads={[t('verdict'), t('system-count')]}
        rows={sums.map(({ verdict, sum }) => ({
          key: verdict,
          name: t(VERDICT_KEYS[verdict]),
          cells: [all === 0 ? count(sum) : `${count(sum)} (${share(sum / all)})`],
          bar: [all === 0 ? 0 : sum / all],
          tone: verdict,
        }))}
      />
    </FigureSection>
  );
}

/** How probabilities are distributed, by tenths. */
export function ScoreSection({ probabilities }: Pick<SystemFigures, 'probabilities'>) {
  const { t, count, share } = useFiguresWords();
  const most = Math.max(1, ...probabilities);
  const edge = (index: number): string => share(index / probabilities.length);
  return (
    <FigureSection title={t('system-scores')}>
      <FiguresTable
        caption={t('system-scores')}
        heads={[t('probability'), t('system-count')]}
        rows={probabilities.map((found, index) => ({
          key: String(index),
          name: t('from-to', { from: edge(index), to: edge(index + 1) }),
          cells: [count(found)],
          bar: [found / most],
        }))}
      />
    </FigureSection>
  );
}

/** What went wrong since the start, in the words that everybody is told. */
export function ErrorSection({ errors }: Pick<SystemFigures, 'errors'>) {
  const { language } = useI18n();
  const { t, count } = useFiguresWords();
  return (
    <FigureSection title={t('system-errors')}>
      {errors.length === 0 ? (
        <p className="help">{t('system-no-errors')}</p>
      ) : (
        <FiguresTable
          caption={t('system-errors')}
          heads={[t('system-error'), t('system-count')]}
          rows={errors.map(({ code, count: times }) => ({
            key: code,
            name: <ErrorName text={errorText(language, code)} code={code} />,
            cells: [count(times)],
          }))}
        />
      )}
    </FigureSection>
  );
}

/** Empty for a code that only a newer companion knows. */
function errorText(language: Language, code: string): string {
  return isKnownCode(ERROR_CODES, code) ? errorSentences(language, errorReport(code)).message : '';
}

function ErrorName({ text, code }: { readonly text: string; readonly code: string }) {
  return (
    <>
      {text} <code dir="ltr">{code}</code>
    </>
  );
}

import type { Timings as TimingsType } from '@touchstone/shared';
import { numberFormat } from '@touchstone/shared/words';
import type { MessageKey } from '../i18n/en.ts';
import { useI18n } from '../i18n/i18n-context.tsx';

const STAGES: readonly (readonly [Exclude<keyof TimingsType, 'total'>, MessageKey])[] = [
  ['queue', 'stageQueue'],
  ['decode', 'stageDecode'],
  ['evidence', 'stageEvidence'],
  ['inference', 'stageInference'],
];

/** Milliseconds by stage, with bars against the longest. */
export function Timings({ timings }: { readonly timings: TimingsType }) {
  const { t } = useI18n();
  const longest = Math.max(1, ...STAGES.map(([stage]) => timings[stage]));
  return (
    <section className="detail-section">
      <h3>{t('timings')}</h3>
      <table className="table timings">
        <tbody>
          {STAGES.map(([stage, key]) => (
            <tr key={stage}>
              <th scope="row" className="timing-stage">
                {t(key)}
              </th>
              <td className="timing-bar" aria-hidden="true">
                <span style={{ inlineSize: `${(timings[stage] / longest) * 100}%` }} />
              </td>
              <td className="number">
                <Milliseconds value={timings[stage]} />
              </td>
            </tr>
          ))}
          <tr className="timing-total">
            <th scope="row">{t('stageTotal')}</th>
            <td aria-hidden="true" />
            <td className="number">
              <Milliseconds value={timings.total} />
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Milliseconds({ value }: { readonly value: number }) {
  const { t, locale } = useI18n();
  const ms = numberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  return <>{t('milliseconds', { ms })}</>;
}

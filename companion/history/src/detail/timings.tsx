import type { Timings as TimingsType } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { numberFormat } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';

const STAGES: readonly (readonly [Exclude<keyof TimingsType, 'total'>, MessageKey])[] = [
  ['queue', 'stage-queue'],
  ['decode', 'stage-decode'],
  ['evidence', 'evidence'],
  ['inference', 'fact-model'],
];

/** Milliseconds by stage, with bars against the longest. */
export function Timings({ timings }: { readonly timings: TimingsType }) {
  const { t } = useI18n();
  const longest = Math.max(1, ...STAGES.map(([stage]) => timings[stage]));
  return (
    <section className="detail-section">
      <h3>{t('fact-time')}</h3>
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
            <th scope="row">{t('stage-total')}</th>
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

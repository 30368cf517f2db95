import { useQuery } from '@tanstack/react-query';
import { bandEnd, measuredBand, numberSource, PROBABILITY_BANDS, type ResultRecord } from '@touchstone/shared';
import { NUMBER_MEANINGS, STEPS, stepOf, stepRange } from '@touchstone/shared/present';
import { foreignText, numberFormat, wholePercent } from '@touchstone/shared/words';
import { fetchStatus } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { STEP_KEYS } from '../ui/verdict-words.ts';

interface Props {
  readonly record: Pick<ResultRecord, 'verdict' | 'pack' | 'together'>;
}

/** "What does 72 % mean?": the number in words, and what such numbers were worth where they could be counted. */
export function BandNote({ record }: Props) {
  const { t, probability, share, locale } = useI18n();
  const number = (value: number) => numberFormat(locale, {}).format(value);
  const { verdict, pack } = record;
  const status = useQuery({ queryKey: keys.status, queryFn: ({ signal }) => fetchStatus(signal) });
  const source = numberSource(verdict);
  const here = stepOf(verdict);
  const measured = measuredBand(status.data?.packs ?? [], record);
  const band = PROBABILITY_BANDS.find((one) => one.key === measured?.band);
  return (
    <details className="disclosure band-note">
      <summary>{t('what-does-it-mean', { percent: probability(verdict.probability) })}</summary>
      <p>
        {t(NUMBER_MEANINGS[source], {
          percent: probability(verdict.probability),
          count: number(wholePercent(verdict.probability)),
        })}
      </p>
      <p>{t(`why-${here}`)}</p>
      <ul className="bands">
        {STEPS.map((step) => {
          const [from, to] = verdict.marks ? stepRange(step, verdict.marks) : [];
          return (
            <li
              key={step}
              aria-current={step === here || undefined}
              className={step === here ? 'band band-here' : 'band'}
            >
              <span>{t(STEP_KEYS[step])}</span>
              {from !== undefined && to !== undefined && (
                <bdi>{t('from-to', { from: share(from), to: share(to) })}</bdi>
              )}
            </li>
          );
        })}
      </ul>
      {source === 'model' && (
        <p>
          {measured && band && measured.pictures > 0
            ? t('band-measured', {
                share: share(measured.aiShare),
                count: number(measured.pictures),
                from: share(band.from),
                to: share(bandEnd(band.key)),
                pack: foreignText(pack.name),
              })
            : t('band-not-measured', { pack: foreignText(pack.name) })}
        </p>
      )}
    </details>
  );
}

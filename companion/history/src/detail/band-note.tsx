import { useQuery } from '@tanstack/react-query';
import { bandEnd, bandOf, measuredBand, numberSource, PROBABILITY_BANDS, type ResultRecord } from '@touchstone/shared';
import { foreignText, type MessageKey } from '@touchstone/shared/words';
import { fetchStatus } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { BAND_WORDS } from '../ui/verdict-words.ts';

interface Props {
  readonly record: Pick<ResultRecord, 'verdict' | 'pack' | 'together'>;
}

/** "What does 72 % mean?": the number in words, and what such numbers were worth where they could be counted. */
export function BandNote({ record }: Props) {
  const { t, probability, share } = useI18n();
  const { verdict, pack } = record;
  const status = useQuery({ queryKey: keys.status, queryFn: ({ signal }) => fetchStatus(signal) });
  const source = numberSource(verdict);
  const band = bandOf(verdict.probability);
  const measured = measuredBand(status.data?.packs ?? [], record);
  return (
    <details className="disclosure band-note">
      <summary>{t('what-does-it-mean', { percent: probability(verdict.probability) })}</summary>
      <p>{t(MEANINGS[source], { percent: probability(verdict.probability) })}</p>
      <ul className="bands">
        {PROBABILITY_BANDS.map(({ key, from }) => (
          <li key={key} aria-current={key === band || undefined} className={key === band ? 'band band-here' : 'band'}>
            <span>{t(BAND_WORDS[key])}</span>
            <bdi>{t('from-to', { from: share(from), to: share(bandEnd(key)) })}</bdi>
          </li>
        ))}
      </ul>
      {source === 'model' && (
        <p>
          {measured && measured.pictures > 0
            ? t('history-band-measured', {
                share: share(measured.aiShare),
                count: measured.pictures,
                pack: foreignText(pack.name),
              })
            : t('band-not-measured', { pack: foreignText(pack.name) })}
        </p>
      )}
      <p>{t(THRESHOLD_NOTES[verdict.value])}</p>
    </details>
  );
}

/** What the number stands for, by where it comes from. */
const MEANINGS = {
  model: 'band-meaning',
  file: 'band-from-file',
  withheld: 'band-withheld',
} as const satisfies Record<ReturnType<typeof numberSource>, MessageKey>;

const THRESHOLD_NOTES = {
  fake: 'why-fake',
  real: 'why-real',
  uncertain: 'why-uncertain',
} as const satisfies Record<ResultRecord['verdict']['value'], MessageKey>;

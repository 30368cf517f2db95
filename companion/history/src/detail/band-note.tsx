import { useQuery } from '@tanstack/react-query';
import { bandEnd, bandOf, numberSource, PROBABILITY_BANDS, type ResultRecord } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { fetchStatus } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import type { MessageKey } from '../i18n/en.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { BAND_WORDS } from '../ui/verdict-words.ts';

interface Props {
  readonly record: Pick<ResultRecord, 'verdict' | 'pack'>;
}

/** "What does 72 % mean?": the number in words, and what such numbers were worth where they could be counted. */
export function BandNote({ record }: Props) {
  const { t, probability, share } = useI18n();
  const { verdict, pack } = record;
  const status = useQuery({ queryKey: keys.status, queryFn: ({ signal }) => fetchStatus(signal) });
  const source = numberSource(verdict);
  const band = bandOf(verdict.probability);
  const measured = status.data?.packs
    .find(({ name, version }) => name === pack.name && version === pack.version)
    ?.bands?.find((one) => one.band === band);
  return (
    <details className="disclosure band-note">
      <summary>{t('whatDoesItMean', { percent: probability(verdict.probability) })}</summary>
      <p>{t(MEANINGS[source], { percent: probability(verdict.probability) })}</p>
      <ul className="bands">
        {PROBABILITY_BANDS.map(({ key, from }) => (
          <li key={key} aria-current={key === band || undefined} className={key === band ? 'band band-here' : 'band'}>
            <span>{t(BAND_WORDS[key])}</span>
            <bdi>{t('fromTo', { from: share(from), to: share(bandEnd(key)) })}</bdi>
          </li>
        ))}
      </ul>
      {source === 'model' && (
        <p>
          {measured && measured.pictures > 0
            ? t('bandMeasured', {
                share: share(measured.aiShare),
                count: measured.pictures,
                pack: foreignText(pack.name),
              })
            : t('bandNotMeasured', { pack: foreignText(pack.name) })}
        </p>
      )}
      <p>{t(THRESHOLD_NOTES[verdict.value])}</p>
    </details>
  );
}

/** What the number stands for, by where it comes from. */
const MEANINGS = {
  model: 'bandMeaning',
  file: 'bandFromFile',
  withheld: 'bandWithheld',
} as const satisfies Record<ReturnType<typeof numberSource>, MessageKey>;

const THRESHOLD_NOTES = {
  fake: 'whyFake',
  real: 'whyReal',
  uncertain: 'whyUncertain',
} as const satisfies Record<ResultRecord['verdict']['value'], MessageKey>;

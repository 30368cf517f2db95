import type { ResultRecord } from '@touchstone/shared';
import { foreignText, numberFormat } from '@touchstone/shared/words';
import { Button } from 'react-aria-components';
import { DIRECTIONS } from '../detail/verdict-block.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { reasonSentence } from '../i18n/sentences.ts';
import { Thumbnail } from '../list/thumbnail.tsx';
import { VerdictBadge } from '../list/verdict-badge.tsx';
import { formatMoment } from '../text/format.ts';
import { recordName } from '../text/record-name.ts';
import { Icon } from '../ui/icons.tsx';
import { KIND_KEYS } from '../ui/verdict-words.ts';
import { differencesOf } from './differences.ts';

interface Props {
  /** Older first. */
  readonly first: ResultRecord;
  readonly second: ResultRecord;
  readonly onOpen: (id: string) => void;
}

/** Two checks side by side, with what differs said in words above. */
export function CompareView({ first, second, onOpen }: Props) {
  const { t, locale } = useI18n();
  const { samePicture, verdictChanged, points, onlyFirst, onlySecond } = differencesOf(first, second);
  const shift = numberFormat(locale, { signDisplay: 'exceptZero' }).format(points);
  return (
    <div className="compare">
      {!samePicture && (
        <p className="views-note">
          <Icon name="warning" size={16} /> {t('compare-other')}
        </p>
      )}
      <p role="status">
        <strong>{t(verdictChanged ? 'verdict-differs' : 'verdict-same')}</strong>{' '}
        {points === 0 ? t('points-same') : t('points-shift', { points: shift })}
      </p>
      <div className="compare-columns">
        <Side record={first} title="compare-first" only={onlyFirst} onOpen={onOpen} />
        <Side record={second} title="compare-second" only={onlySecond} onOpen={onOpen} />
      </div>
    </div>
  );
}

interface SideProps {
  readonly record: ResultRecord;
  readonly title: 'compare-first' | 'compare-second';
  /** Codes of reasons that the other side does not give. */
  readonly only: readonly string[];
  readonly onOpen: (id: string) => void;
}

function Side({ record, title, only, onOpen }: SideProps) {
  const { t, locale, language } = useI18n();
  const { verdict, pack, source } = record;
  return (
    <section className="compare-side" aria-label={t(title)}>
      <h3>{t(title)}</h3>
      <div className="ingredient">
        <Thumbnail record={record} />
        <span className="row-text">
          <bdi className="row-name">{recordName(source) ?? t(KIND_KEYS[source.kind])}</bdi>
          <time className="help" dateTime={new Date(record.at).toISOString()}>
            {formatMoment(locale, record.at)}
          </time>
        </span>
      </div>
      <VerdictBadge verdict={verdict} />
      <dl className="facts compare-facts">
        <div>
          <dt>{t('pack')}</dt>
          <dd>{t('pack-version', { name: foreignText(pack.name), version: foreignText(pack.version) })}</dd>
        </div>
        <div>
          <dt>{t('why')}</dt>
          <dd>
            {verdict.reasons.length === 0 ? (
              t('no-reasons')
            ) : (
              <ul className="reasons">
                {verdict.reasons.map((reason) => (
                  <li key={`${reason.code}-${reason.text}`}>
                    <Icon name={DIRECTIONS[reason.direction].icon} size={16} />
                    <span>
                      <bdi>{foreignText(reasonSentence(language, reason))}</bdi>
                      {only.includes(reason.code) && <span className="tag">{t('only-here')}</span>}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
      <Button className="button" onPress={() => onOpen(record.id)}>
        {t('open-this')}
      </Button>
    </section>
  );
}

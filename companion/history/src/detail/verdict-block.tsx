import { bandOf, type Direction, type ResultRecord } from '@touchstone/shared';
import { foreignText, type MessageKey } from '@touchstone/shared/words';
import { Meter } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { reasonSentence } from '../i18n/sentences.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { BAND_WORDS, CONFIDENCE_KEYS, VERDICT_ICONS, VERDICT_KEYS } from '../ui/verdict-words.ts';
import { BandNote } from './band-note.tsx';

export const DIRECTIONS: Readonly<Record<Direction, { readonly key: MessageKey; readonly icon: IconName }>> = {
  ai: { key: 'points-to-ai', icon: 'ai' },
  camera: { key: 'points-to-camera', icon: 'camera' },
  neutral: { key: 'points-nowhere', icon: 'neutral' },
};

/** The verdict in words, its probability and confidence, and why. */
export function VerdictBlock({ record }: { readonly record: Pick<ResultRecord, 'verdict' | 'pack'> }) {
  const { verdict } = record;
  const { t, probability, language } = useI18n();
  const percent = probability(verdict.probability);
  return (
    <div className={`verdict verdict-block-${verdict.value}`}>
      <p className="verdict-words">
        <Icon name={VERDICT_ICONS[verdict.value]} size={28} />
        {t(VERDICT_KEYS[verdict.value])}
      </p>
      <Meter
        className="meter"
        value={verdict.probability * 100}
        valueLabel={`${percent}, ${t(BAND_WORDS[bandOf(verdict.probability)])}`}
        aria-label={t('probability')}
      >
        <span className="meter-label">
          <span>{t('probability')}</span>
          <strong>{percent}</strong>
        </span>
        <span className="meter-track">
          <span className="meter-fill" style={{ inlineSize: `${verdict.probability * 100}%` }} />
        </span>
      </Meter>
      <p className="verdict-confidence">
        <strong>{t(BAND_WORDS[bandOf(verdict.probability)])}</strong> ·{' '}
        {t('confidence', { level: t(CONFIDENCE_KEYS[verdict.confidence]) })}
      </p>
      <BandNote record={record} />
      <h3>{t('why')}</h3>
      {verdict.reasons.length === 0 ? (
        <p>{t('no-reasons')}</p>
      ) : (
        <ol className="reasons">
          {verdict.reasons.map((reason) => (
            <li key={`${reason.code}-${reason.text}`}>
              <Icon name={DIRECTIONS[reason.direction].icon} size={16} />
              <span>
                <bdi>{foreignText(reasonSentence(language, reason))}</bdi>{' '}
                <span className="reason-direction">({t(DIRECTIONS[reason.direction].key)})</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

import type { Direction, ResultRecord } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { foreignText, type MessageKey } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { reasonSentence } from '../i18n/sentences.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { STEP_KEYS } from '../ui/verdict-words.ts';
import { BandNote } from './band-note.tsx';
import { ScaleBar } from './scale-bar.tsx';

export const DIRECTIONS: Readonly<Record<Direction, { readonly key: MessageKey; readonly icon: IconName }>> = {
  ai: { key: 'points-to-ai', icon: 'ai' },
  camera: { key: 'points-to-camera', icon: 'camera' },
  neutral: { key: 'points-nowhere', icon: 'neutral' },
};

/** The verdict in words, its number on the scale, and why. */
export function VerdictBlock({ record }: { readonly record: Pick<ResultRecord, 'verdict' | 'pack'> }) {
  const { verdict } = record;
  const { t, probability, language } = useI18n();
  const step = stepOf(verdict);
  return (
    <div className={`verdict verdict-block-${step}`}>
      <p className="verdict-words">
        <Icon name={step} size={28} />
        {t(STEP_KEYS[step])}
      </p>
      <p>
        <strong className="verdict-number">
          {t('probability-likely', { percent: probability(verdict.probability) })}
        </strong>
      </p>
      <ScaleBar verdict={verdict} />
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

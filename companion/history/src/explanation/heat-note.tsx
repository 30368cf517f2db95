import { type Explanation, numberSource, type Place, type Verdict } from '@touchstone/shared';
import { sideOf, stepOf } from '@touchstone/shared/present';
import { foreignText, type MessageKey } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';

const PLACE_KEYS: Readonly<Record<Place, MessageKey>> = {
  'upper-left': 'place-upper-left',
  upper: 'place-upper',
  'upper-right': 'place-upper-right',
  left: 'place-left',
  centre: 'place-centre',
  right: 'place-right',
  'lower-left': 'place-lower-left',
  lower: 'place-lower',
  'lower-right': 'place-lower-right',
};

interface Props {
  readonly explanation: Explanation;
  readonly verdict: Verdict;
}

/** What the heat map says in words, what its colours mean, and what it is not. */
export function HeatNote({ explanation, verdict }: Props) {
  const { t, share } = useI18n();
  const { regions, method, pack, runs } = explanation;
  return (
    <div className="heat-note">
      <p>
        <strong>{t('heat-label')}</strong> {t('heat-not-proof')}
      </p>
      {numberSource(verdict) !== 'model' && <p>{t('heat-not-decisive')}</p>}
      <ul className="heat-legend">
        <li>
          <span className="key key-ai" aria-hidden="true" />
          {t('points-to-ai')}
        </li>
        <li>
          <span className="key key-camera" aria-hidden="true" />
          {t('points-to-camera')}
        </li>
      </ul>
      {regions.length > 0 ? (
        <>
          <p>{t(sideOf(stepOf(verdict)) === 'authentic' ? 'regions-camera' : 'regions-ai')}</p>
          <ol className="regions">
            {regions.map(({ place, weight }, index) => (
              <li key={place}>
                {t(index === 0 ? 'region-strongest' : 'region-next', {
                  place: t(PLACE_KEYS[place]),
                  percent: share(weight),
                })}
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p>{t('no-regions')}</p>
      )}
      <p className="help">
        {t(method === 'patches' ? 'heat-patches' : 'heat-occlusion', {
          pack: foreignText(pack).replace('@', ' '),
          count: runs,
        })}
      </p>
    </div>
  );
}

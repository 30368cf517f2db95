import { type Explanation, numberSource, type Place, type Verdict } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import type { MessageKey } from '../i18n/en.ts';
import { useI18n } from '../i18n/i18n-context.tsx';

const PLACE_KEYS: Readonly<Record<Place, MessageKey>> = {
  'upper-left': 'placeUpperLeft',
  upper: 'placeUpper',
  'upper-right': 'placeUpperRight',
  left: 'placeLeft',
  centre: 'placeCentre',
  right: 'placeRight',
  'lower-left': 'placeLowerLeft',
  lower: 'placeLower',
  'lower-right': 'placeLowerRight',
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
        <strong>{t('heatLabel')}</strong> {t('heatNotProof')}
      </p>
      {numberSource(verdict) !== 'model' && <p>{t('heatNotDecisive')}</p>}
      <ul className="heat-legend">
        <li>
          <span className="key key-ai" aria-hidden="true" />
          {t('pointsToAi')}
        </li>
        <li>
          <span className="key key-camera" aria-hidden="true" />
          {t('pointsToCamera')}
        </li>
      </ul>
      {regions.length > 0 ? (
        <>
          <p>{t(verdict.value === 'real' ? 'regionsCamera' : 'regionsAi')}</p>
          <ol className="regions">
            {regions.map(({ place, weight }, index) => (
              <li key={place}>
                {t(index === 0 ? 'regionStrongest' : 'regionNext', {
                  place: t(PLACE_KEYS[place]),
                  percent: share(weight),
                })}
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p>{t('noRegions')}</p>
      )}
      <p className="help">
        {t(method === 'patches' ? 'heatPatches' : 'heatOcclusion', {
          pack: foreignText(pack).replace('@', ' '),
          count: runs,
        })}
      </p>
    </div>
  );
}

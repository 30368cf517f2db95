import { useQuery } from '@tanstack/react-query';
import type { PackMeasurement, Training } from '@touchstone/shared';
import { numberFormat } from '@touchstone/shared/words';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { type Cell, fetchPredictions } from '../api/teach.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { FigureSection } from '../system/figure-section.tsx';
import { PredictionRow } from './prediction-row.tsx';

const SIDES = ['ai', 'real'] as const;

const countOf = ({ truth, said }: Cell, confusion: PackMeasurement['confusion']): number =>
  truth === 'ai'
    ? confusion[said === 'ai' ? 'truePositives' : 'falseNegatives']
    : confusion[said === 'ai' ? 'falsePositives' : 'trueNegatives'];

interface Props {
  readonly training: Training;
  readonly confusion: PackMeasurement['confusion'];
}

/** Truth against word; each number opens its pictures. */
export function ConfusionMatrix({ training, confusion }: Props) {
  const { t, locale } = useI18n();
  const [cell, setCell] = useState<Cell>();
  return (
    <FigureSection title={t('teach-matrix')} help={t('teach-matrix-help')}>
      <table className="table figures teach-matrix">
        <caption className="visually-hidden">{t('teach-matrix')}</caption>
        <thead>
          <tr>
            <td />
            {SIDES.map((said) => (
              <th key={said} scope="col">
                {t(`teach-said-${said}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SIDES.map((truth) => (
            <tr key={truth}>
              <th scope="row">{t(`teach-truth-${truth}`)}</th>
              {SIDES.map((said) => (
                <td key={said} className={truth === said ? 'teach-right' : 'teach-wrong'}>
                  <Button
                    className="button"
                    aria-expanded={cell?.truth === truth && cell.said === said}
                    aria-label={`${t(`teach-truth-${truth}`)}, ${t(`teach-said-${said}`)}: ${countOf({ truth, said }, confusion)}`}
                    onPress={() => setCell({ truth, said })}
                  >
                    {numberFormat(locale).format(countOf({ truth, said }, confusion))}
                  </Button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {cell && <CellPictures training={training} cell={cell} />}
    </FigureSection>
  );
}

function CellPictures({ training, cell }: { readonly training: Training; readonly cell: Cell }) {
  const { t } = useI18n();
  const { data } = useQuery({
    queryKey: keys.predictions(training.id, `${cell.truth} ${cell.said}`),
    queryFn: ({ signal }) => fetchPredictions(training.id, cell, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data) return null;
  return (
    <div role="status">
      <h4>{t('teach-predictions', { count: data.total })}</h4>
      <ul className="teach-pictures">
        {data.predictions.map((prediction) => (
          <PredictionRow key={prediction.item} dataset={training.dataset} prediction={prediction} />
        ))}
      </ul>
    </div>
  );
}

import type { TrainingPrediction, TrainingReason } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { itemPictureAddress } from '../api/teach.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { evidenceSentence } from '../i18n/sentences.ts';

interface Props {
  readonly dataset: string;
  readonly prediction: TrainingPrediction;
}

/** One picture with the probability of each class and the reasons, the strongest first. */
export function PredictionRow({ dataset, prediction }: Props) {
  const { t, probability } = useI18n();
  const { item, name, probabilities, reasons } = prediction;
  const title = name === '' ? t('teach-removed-item') : foreignText(name);
  return (
    <li>
      {name !== '' && <img src={itemPictureAddress(dataset, item)} alt={title} loading="lazy" width={96} height={96} />}
      <div>
        <bdi>{title}</bdi>
        <br />
        {t('teach-counts', { ai: probability(probabilities.ai), real: probability(probabilities.real) })}
        {reasons.length > 0 && (
          <ol className="teach-reasons" aria-label={t('teach-reasons')}>
            {reasons.map((reason) => (
              <ReasonRow
                key={reason.kind === 'picture' ? reason.item : reason.evidence.code}
                {...{ dataset, reason }}
              />
            ))}
          </ol>
        )}
      </div>
    </li>
  );
}

const ALIKE = { ai: 'teach-alike-ai', real: 'teach-alike-real' } as const;

function ReasonRow({ dataset, reason }: { readonly dataset: string; readonly reason: TrainingReason }) {
  const { t, share, language } = useI18n();
  if (reason.kind === 'evidence') {
    return (
      <li>
        <bdi>{foreignText(evidenceSentence(language, reason.evidence))}</bdi>
      </li>
    );
  }
  const { item, name, truth, distance } = reason;
  const alike = t(ALIKE[truth], { share: share(Math.min(1, Math.max(0, 1 - distance))) });
  if (name === '') return <li>{`${t('teach-removed-item')} · ${alike}`}</li>;
  return (
    <li>
      <img src={itemPictureAddress(dataset, item)} alt="" loading="lazy" width={28} height={28} />
      <span>
        <bdi>{foreignText(name)}</bdi> · {alike}
      </span>
    </li>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Dataset, Training } from '@touchstone/shared';
import { TouchstoneError } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { Button, ProgressBar } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { stopTraining } from '../api/teach.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { FigureSection } from '../system/figure-section.tsx';
import { formatSpan } from '../text/format.ts';
import { ErrorMessage } from '../ui/error-message.tsx';

const STAGES = {
  loading: 'teach-stage-loading',
  embedding: 'teach-stage-embedding',
  training: 'teach-stage-training',
  evaluating: 'teach-stage-evaluating',
} as const satisfies Record<NonNullable<Dataset['stage']>, MessageKey>;

const PERCENT = 100;

/** How far a work is that goes on; why it failed. */
export function WorkProgress({ work }: { readonly work: Dataset | Training }) {
  const { t, locale, share } = useI18n();
  const { state, stage, progress, secondsLeft, error } = work;
  if (state === 'completed') return null;
  if (state === 'cancelled') return <p role="status">{t('teach-cancelled')}</p>;
  if (state === 'failed') {
    return (
      <div role="alert" className="system-error">
        <ErrorMessage error={error && TouchstoneError.fromReport(error)} />
      </div>
    );
  }
  const words = stage === null ? t('file-waiting') : t(STAGES[stage]);
  return (
    <ProgressBar
      className="teach-progress"
      aria-label={words}
      isIndeterminate={progress === null}
      value={(progress ?? 0) * PERCENT}
      valueLabel={progress === null ? words : share(progress)}
    >
      <p>
        {words}
        {progress !== null && ` ${share(progress)}`}
      </p>
      <svg className="figure-bar tone-accent" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className="figure-ground" width={PERCENT} height={10} />
        <rect className="figure-part" width={(progress ?? 0) * PERCENT} height={10} />
      </svg>
      {secondsLeft !== null && <p className="help">{t('teach-left', { time: formatSpan(locale, secondsLeft) })}</p>}
    </ProgressBar>
  );
}

/** The training that was begun last, while it goes on. */
export function ProgressSection({ training }: { readonly training: Training }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () => stopTraining(training.id),
    onSettled: () => client.invalidateQueries({ queryKey: keys.trainings }),
  });
  if (training.state === 'completed') return null;
  const goesOn = training.state === 'pending' || training.state === 'processing';
  return (
    <FigureSection title={t('teach-progress')}>
      <WorkProgress work={training} />
      {goesOn && (
        <Button className="button" onPress={() => mutate()}>
          {t('cancel')}
        </Button>
      )}
    </FigureSection>
  );
}

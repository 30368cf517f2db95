import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Dataset, type DatasetSummary, ENOUGH_PICTURES, toErrorReport } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { numberFormat } from '@touchstone/shared/words';
import { Button, FileTrigger } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { takeLabels, takeZip } from '../api/teach.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { FigureSection } from '../system/figure-section.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { WorkProgress } from './work-progress.tsx';

/** Chooses pictures, and tells what is in them. */
export function DataSection({ dataset }: { readonly dataset: Dataset | undefined }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (file: File | undefined) => (file ? takeZip(file) : takeLabels()),
    onSettled: () => client.invalidateQueries({ queryKey: keys.datasets }),
  });
  return (
    <FigureSection title={t('pictures')} help={t('teach-data-help')}>
      <div className="teach-buttons">
        <Button className="button" isDisabled={isPending} onPress={() => mutate(undefined)}>
          {t('teach-from-labels')}
        </Button>
        <FileTrigger acceptedFileTypes={['.zip']} onSelect={(list) => list?.[0] && mutate(list[0])}>
          <Button className="button" isDisabled={isPending}>
            {t('teach-from-zip')}
          </Button>
        </FileTrigger>
      </div>
      {error && (
        <div role="alert" data-code={toErrorReport(error).code}>
          <ErrorMessage error={error} />
        </div>
      )}
      {dataset && <WorkProgress work={dataset} />}
      {dataset && dataset.removed > 0 && (
        <p role="note" className="teach-removed">
          {t('teach-removed', { count: dataset.removed })}
        </p>
      )}
      {dataset?.summary && <Summary name={dataset.name} summary={dataset.summary} />}
    </FigureSection>
  );
}

const FACTS = [
  ['groups', 'teach-groups'],
  ['duplicates', 'teach-duplicates'],
  ['contradictory', 'teach-contradictory'],
  ['unreadable', 'teach-unreadable'],
  ['leftOut', 'teach-left-out'],
  ['doubtful', 'teach-doubtful'],
] as const satisfies readonly (readonly [keyof DatasetSummary, MessageKey])[];

function Summary({ name, summary }: { readonly name: string; readonly summary: DatasetSummary }) {
  const { t, locale } = useI18n();
  const number = numberFormat(locale);
  const { ai, real, enough, testable } = summary;
  return (
    <>
      <p>
        <bdi>{name}</bdi>: {t('teach-counts', { ai: number.format(ai), real: number.format(real) })}
      </p>
      <dl className="system-facts">
        {FACTS.map(([key, words]) => (
          <div key={key}>
            <dt>{t(words)}</dt>
            <dd>{number.format(summary[key])}</dd>
          </div>
        ))}
      </dl>
      {!enough && <p role="note">{t('teach-not-enough', { count: ENOUGH_PICTURES })}</p>}
      {!testable && <p role="note">{t('teach-not-testable')}</p>}
    </>
  );
}

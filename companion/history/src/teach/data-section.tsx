import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Dataset, type DatasetSummary, ENOUGH_PICTURES, toErrorReport } from '@touchstone/shared';
import type { MessageKey } from '@touchstone/shared/words';
import { numberFormat } from '@touchstone/shared/words';
import { useCallback, useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { takeDemo, takeLabels, takeUpload } from '../api/teach.ts';
import { DropArea } from '../files/drop-area.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { FigureSection } from '../system/figure-section.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { NamedItems } from './named-items.tsx';
import { chosenFiles, droppedFiles, type FileOnItsWay, uploadOf } from './teach-files.ts';
import { WorkProgress } from './work-progress.tsx';

/** Where pictures come from. */
type Given =
  | { readonly kind: 'labels' }
  | { readonly kind: 'demo' }
  | { readonly kind: 'files'; readonly files: Promise<readonly FileOnItsWay[]> };

async function take(given: Given, demo: boolean): Promise<Dataset | undefined> {
  if (given.kind === 'labels') return takeLabels(demo);
  if (given.kind === 'demo') return takeDemo();
  const upload = uploadOf(await given.files);
  return upload && takeUpload(upload.name, upload.body, demo);
}

/** Chooses pictures, also by dropping them anywhere on the page, and tells what is in them. */
export function DataSection({ dataset }: { readonly dataset: Dataset | undefined }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [demo, setDemo] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (given: Given) => take(given, demo),
    onSettled: () => client.invalidateQueries({ queryKey: keys.datasets }),
  });
  const drop = useCallback((data: DataTransfer) => mutate({ kind: 'files', files: droppedFiles(data) }), [mutate]);
  const choose = (list: FileList | null): void => {
    const files = chosenFiles(list);
    if (files.length > 0) mutate({ kind: 'files', files: Promise.resolve(files) });
  };
  return (
    <FigureSection title={t('pictures')} help={t('teach-data-help')}>
      <div className="teach-buttons">
        <Button className="button" isDisabled={isPending} onPress={() => mutate({ kind: 'labels' })}>
          {t('teach-from-labels')}
        </Button>
        <FileTrigger acceptedFileTypes={['.zip']} onSelect={choose}>
          <Button className="button" isDisabled={isPending}>
            {t('teach-from-zip')}
          </Button>
        </FileTrigger>
        <FileTrigger acceptDirectory onSelect={choose}>
          <Button className="button" isDisabled={isPending}>
            {t('teach-from-folder')}
          </Button>
        </FileTrigger>
        <Button
          className="button"
          isDisabled={isPending}
          aria-describedby="teach-demo-help"
          onPress={() => mutate({ kind: 'demo' })}
        >
          {t('teach-from-demo')}
        </Button>
      </div>
      <CheckBox isSelected={demo} onChange={setDemo}>
        {t('teach-join-demo')}
      </CheckBox>
      <p className="help" id="teach-demo-help">
        {t('teach-demo-help')}
      </p>
      <DropArea title="teach-drop-title" text="teach-drop-text" onDrop={drop} />
      {isPending && <p role="status">{t('teach-sending')}</p>}
      {error && (
        <div role="alert" className="system-error" data-code={toErrorReport(error).code}>
          <ErrorMessage error={error} />
        </div>
      )}
      {dataset && <WorkProgress work={dataset} />}
      {dataset && dataset.removed > 0 && (
        <p role="note" className="teach-removed">
          {t('teach-removed', { count: dataset.removed })}
        </p>
      )}
      {dataset?.from === 'demo' && <p role="note">{t('teach-demo-note')}</p>}
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
      <NamedItems title="teach-unreadable" items={summary.unreadableItems} count={summary.unreadable} />
      <NamedItems title="teach-doubtful" items={summary.doubtfulItems} count={summary.doubtful} />
      {!enough && <p role="note">{t('teach-not-enough', { count: ENOUGH_PICTURES })}</p>}
      {!testable && <p role="note">{t('teach-not-testable')}</p>}
    </>
  );
}

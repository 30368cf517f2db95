import { useQuery } from '@tanstack/react-query';
import { type ResultRecord, toErrorReport } from '@touchstone/shared';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { fetchRecord } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { recordName } from '../text/record-name.ts';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Icon } from '../ui/icons.tsx';
import { KIND_KEYS } from '../ui/verdict-words.ts';
import { RecordDetail } from './record-detail.tsx';

interface Props {
  readonly id: string;
  /** The record as the list has it, shown until the companion's answer is there. */
  readonly known: ResultRecord | undefined;
  readonly previousId: string | undefined;
  readonly nextId: string | undefined;
  /** Changes when the reader asked to go into the details. */
  readonly focusKey: number;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
  readonly onDelete: (id: string) => void;
}

/** Everything about one result: beside the list, or instead of it where the window is narrow. */
export function DetailPanel({ id, known, previousId, nextId, focusKey, onOpen, onClose, onDelete }: Props) {
  const { t } = useI18n();
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLElement>(null);
  const { data, error } = useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => fetchRecord(id, signal),
    ...(known && { placeholderData: known }),
    staleTime: 10_000,
  });
  // What somebody no longer shares is not shown from memory.
  const gone = error !== null && toErrorReport(error).code === 'not-found';
  const record = gone ? undefined : (data ?? known);

  useEffect(() => {
    if (focusKey > 0) heading.current?.focus();
  }, [focusKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record is read from its top
  useEffect(() => {
    // Newer browsers answer with a promise, which an effect must not return.
    panel.current?.scrollTo({ top: 0 });
  }, [id]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') return onClose();
    if (
      (event.target as Element).closest(
        '[role="radiogroup"], [role="toolbar"], [role="tablist"], [role="grid"], input, textarea, .scroll-x, .chart',
      )
    )
      return;
    // Up and down scroll the panel; the arrows along the line walk through the results, mirrored where lines are.
    const forward = document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const target =
      event.key === forward ? nextId : event.key.startsWith('Arrow') && isAlong(event.key) ? previousId : null;
    if (target) onOpen(target);
  };

  const name = record ? (recordName(record.source) ?? t(KIND_KEYS[record.source.kind])) : t('details');
  return (
    <section className="detail" aria-labelledby="detail-name" ref={panel} onKeyDown={onKeyDown}>
      <header className="detail-head">
        <Button className="button-icon detail-back" aria-label={t('back-to-list')} onPress={onClose}>
          <Icon name="back" />
        </Button>
        <h2 id="detail-name" ref={heading} tabIndex={-1}>
          <bdi>{name}</bdi>
        </h2>
        <StepButton icon="previous" name={t('previous-record')} id={previousId} onOpen={onOpen} />
        <StepButton icon="next" name={t('next-record')} id={nextId} onOpen={onOpen} />
        <Button className="button-icon detail-close" aria-label={t('close-details')} onPress={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      {record ? (
        <RecordDetail record={record} name={name} onOpen={onOpen} onDelete={onDelete} />
      ) : (
        <div className="detail-body">
          {error ? (
            <div role="alert">
              <ErrorMessage error={error} />
            </div>
          ) : (
            <p role="status">{t('loading')}</p>
          )}
        </div>
      )}
    </section>
  );
}

const isAlong = (key: string) => key === 'ArrowLeft' || key === 'ArrowRight';

interface StepProps {
  readonly icon: 'previous' | 'next';
  readonly name: string;
  readonly id: string | undefined;
  readonly onOpen: (id: string) => void;
}

function StepButton({ icon, name, id, onOpen }: StepProps) {
  return (
    <Button className="button-icon" aria-label={name} isDisabled={id === undefined} onPress={() => id && onOpen(id)}>
      <Icon name={icon} />
    </Button>
  );
}

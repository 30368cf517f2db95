import { useMutation, useQuery } from '@tanstack/react-query';
import type { HistoryFilter, ResultRecord } from '@touchstone/shared';
import { numberFormat } from '@touchstone/shared/words';
import { useEffect, useRef, useState } from 'react';
import { Button, ProgressBar } from 'react-aria-components';
import { fetchStatus, newestOfContents } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { PackChoice } from './pack-choice.tsx';
import { differs, MOST_RECHECKED, NONE_RECHECKED, type Pair, recheckable, recheckMany } from './recheck-many.ts';
import { RecheckManyOutcome } from './recheck-many-outcome.tsx';
import { suggestedPack } from './suggested-pack.ts';

/** Rows that were selected, or everything that matches. */
export type Recheck = { readonly records: readonly ResultRecord[] } | { readonly filter: HistoryFilter };

interface Props {
  readonly what: Recheck;
  /** That is chosen at first; without it one that judged none of them. */
  readonly pack?: string;
  readonly onClose: () => void;
  /** The list has newer results of the same files now. */
  readonly onDone: () => void;
  /** Without it pairs cannot be opened side by side from here. */
  readonly onCompare?: (pair: readonly [string, string]) => void;
}

/** Judges several files once more with one pack, and says which of them say something else now. */
export function RecheckManyDialog({ what, pack: given, onClose, onDone, onCompare }: Props) {
  const { t, locale } = useI18n();
  const { say } = useAnnouncer();
  const [chosen, setChosen] = useState<string | null>(given ?? null);
  const [progress, setProgress] = useState(NONE_RECHECKED);
  const abort = useRef(new AbortController());
  const outcome = useRef<HTMLDivElement>(null);
  const status = useQuery({ queryKey: keys.status, queryFn: ({ signal }) => fetchStatus(signal) });
  const found = useQuery({
    queryKey: ['recheck', 'filter' in what ? what.filter : what.records.map(({ id }) => id)],
    queryFn: () => ('records' in what ? [...what.records] : newestOfContents(what.filter, MOST_RECHECKED + 1)),
    gcTime: 0,
  });
  const selected = found.data ?? [];
  const tooMany = selected.length > MOST_RECHECKED;
  const records = tooMany ? [] : recheckable(selected, { now: Date.now(), startedAt: status.data?.startedAt });
  const packs = status.data?.packs ?? [];
  const pack = chosen ?? suggestedPack(packs, records);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (name: string) => recheckMany(records, name, setProgress, abort.current.signal),
    onSettled: onDone,
    onSuccess: ({ pairs, failed }) => {
      const words = [
        t('recheck-many-done', { count: pairs.length }),
        t('recheck-many-differ', { count: pairs.filter(differs).length }),
        ...(failed > 0 ? [t('files-failed', { count: failed })] : []),
      ];
      say(words.join(' '));
    },
  });
  useEffect(() => {
    abort.current = new AbortController();
    return () => abort.current.abort();
  }, []);
  // The button that was pressed is gone by then.
  useEffect(() => {
    if (data) outcome.current?.focus();
  }, [data]);

  const done = progress.pairs.length + progress.failed;
  const number = numberFormat(locale);
  const values = { done: number.format(done), total: number.format(records.length) };
  const left = selected.length - records.length;
  const compare = ({ before, after }: Pair) => {
    onClose();
    onCompare?.([before.id, after.id]);
  };
  return (
    <ModalDialog
      title={t('recheck-title')}
      isOpen
      onClose={onClose}
      wide={data ? 'widest' : true}
      actions={
        data ? undefined : (
          <>
            <Button className="button" onPress={onClose}>
              {t('cancel')}
            </Button>
            <Button
              className="button button-primary"
              isPending={isPending}
              isDisabled={pack === null || records.length === 0}
              onPress={() => pack !== null && mutate(pack)}
            >
              {t(isPending ? 'checking' : 'check-again')}
            </Button>
          </>
        )
      }
    >
      {found.isPending && <p role="status">{t('loading')}</p>}
      {found.error && <ErrorMessage error={found.error} />}
      {tooMany && <p>{t('recheck-many-limit', { count: MOST_RECHECKED })}</p>}
      {data ? (
        <div ref={outcome} tabIndex={-1}>
          <RecheckManyOutcome done={data} onCompare={onCompare && compare} />
        </div>
      ) : (
        found.data &&
        !tooMany && (
          <>
            <p>{t('recheck-many-text', { count: records.length })}</p>
            {left > 0 && <p className="help">{t('recheck-many-left', { count: left })}</p>}
            <PackChoice packs={packs} value={pack} isDisabled={isPending} onChange={setChosen} />
          </>
        )
      )}
      {isPending && (
        <ProgressBar
          className="tray-progress"
          value={done}
          maxValue={records.length}
          valueLabel={t('files-progress', values)}
          aria-label={t('recheck-title')}
        >
          <span>{t('files-progress', values)}</span>
          <span className="progress-track">
            <span className="progress-fill" style={{ inlineSize: `${(done / Math.max(1, records.length)) * 100}%` }} />
          </span>
        </ProgressBar>
      )}
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
    </ModalDialog>
  );
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Around } from '../app/history-app.tsx';
import { CompareDialog } from '../compare/compare-dialog.tsx';
import { RecheckManyDialog } from '../compare/recheck-many-dialog.tsx';
import { activeParts, filterToUrl, type PageFilter } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Icon } from '../ui/icons.tsx';
import { DeleteDialog, type Deletion } from './delete-dialog.tsx';
import { focusList, neighboursOf } from './focus-list.ts';
import { ListSkeleton, LoadFailed, NothingMatches, NothingYet } from './list-states.tsx';
import { ListToolbar } from './list-toolbar.tsx';
import { RecordGrid } from './record-grid.tsx';
import { dropFromSelection, NOTHING_SELECTED, type Selection } from './selection.ts';
import { UndoBar } from './undo-bar.tsx';
import { useHistory } from './use-history.ts';
import { useSelectionActions } from './use-selection-actions.ts';
import { type Undoable, undoKeys, useUndo } from './use-undo.ts';

interface Props {
  readonly filter: PageFilter;
  readonly openId: string | undefined;
  /** A record whose deletion was asked for in the details. */
  readonly deleteAsked: string | null;
  readonly onDeleteAnswered: () => void;
  readonly onOpen: (id: string, focus: boolean) => void;
  readonly onClose: () => void;
  readonly onClear: () => void;
  /** All checks of one file are wanted. */
  readonly onContent: (content: string) => void;
  readonly onAround: (around: Around) => void;
  readonly onCheckFiles: () => void;
}

/** The list in view with its states, selection and deletion. */
export function HistoryPane(props: Props) {
  const { filter, openId, deleteAsked, onDeleteAnswered, onOpen, onClose, onClear, onContent, onAround } = props;
  const { onCheckFiles } = props;
  const { t } = useI18n();
  const { say, show } = useAnnouncer();
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const onGone = useCallback((ids: ReadonlySet<string> | 'filter') => {
    setSelection((held) => (ids === 'filter' ? NOTHING_SELECTED : dropFromSelection(held, ids)));
  }, []);
  const history = useHistory(filter, onGone);
  const { query, records, total, contents, sizeOfRow, waiting, showNewest, refresh, drop, setAtHead } = history;
  const filterKey = filterToUrl(filter);
  const filtered = activeParts(filter) > 0;
  const actions = useSelectionActions({ filter, records, total, sizeOfRow, selection, openId });
  const { setDeletion } = actions;
  const onRestored = useCallback(async () => {
    await refresh();
    // The button is gone that was pressed; keys were pressed elsewhere, which stays.
    if (document.activeElement === document.body) focusList([]);
  }, [refresh]);
  const { last, add: addUndo, undo, dismiss } = useUndo(onRestored);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was selected belongs to the filter it was selected in
  useEffect(() => setSelection(NOTHING_SELECTED), [filterKey]);
  useEffect(() => {
    const at = openId === undefined ? -1 : records.findIndex((record) => record.id === openId);
    onAround(at < 0 ? {} : { record: records[at], previousId: records[at - 1]?.id, nextId: records[at + 1]?.id });
  }, [records, openId, onAround]);
  useEffect(() => {
    if (deleteAsked !== null) setDeletion({ type: 'ids', ids: [deleteAsked] });
  }, [deleteAsked, setDeletion]);

  // The rows as they stood when the deletion was asked for: its event may be here before its answer.
  const askedOrder = useRef<readonly string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: later changes of the list are what this is to be safe from
  useEffect(() => {
    if (actions.deletion) askedOrder.current = records.map(({ id }) => id);
  }, [actions.deletion]);

  const { fetchNextPage, isFetching } = query;
  const onMore = useCallback(() => void (isFetching || fetchNextPage()), [isFetching, fetchNextPage]);
  const onDeleted = async (done: Deletion, count: number, undoable: Undoable | undefined) => {
    setSelection(NOTHING_SELECTED);
    if (undoable) addUndo(undoable);
    if (undoable) say(`${t('deleted', { count })} ${t('undo-hint', { keys: undoKeys() })}`);
    else show(t('deleted', { count }));
    const gone = done.type === 'filter' ? undefined : new Set(done.ids);
    const next = gone ? neighboursOf(askedOrder.current, gone) : [];
    if (openId !== undefined && (gone?.has(openId) ?? true)) onClose();
    await drop(done.type === 'filter' ? 'filter' : done.ids);
    focusList(next);
  };
  const hasWaiting = waiting.stale || waiting.records.length > 0;

  return (
    <>
      <ListToolbar
        filter={filter}
        filtered={filtered}
        total={total}
        contents={contents}
        sizeOfRow={sizeOfRow}
        loading={query.isPending}
        selection={selection}
        onSelect={setSelection}
        actions={actions}
      />
      <div className="grid-frame" aria-busy={query.isFetching}>
        {query.isPending ? (
          <ListSkeleton />
        ) : query.isError && records.length === 0 ? (
          <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
        ) : records.length === 0 ? (
          filtered ? (
            <NothingMatches onClear={onClear} />
          ) : (
            <NothingYet onCheckFiles={onCheckFiles} />
          )
        ) : (
          <RecordGrid
            records={records}
            sizeOfRow={sizeOfRow}
            total={contents ?? total}
            hasMore={query.hasNextPage}
            openId={openId}
            selection={selection}
            onSelect={setSelection}
            onOpen={onOpen}
            onDelete={actions.remove}
            onContent={onContent}
            onMore={onMore}
            onAtHead={setAtHead}
            headKey={filterKey}
          />
        )}
        {hasWaiting && (
          <Button
            className="new-results"
            onPress={() => {
              void showNewest();
              document.querySelector('.grid-scroll')?.scrollTo({ top: 0 });
            }}
          >
            <Icon name="up" size={16} />
            {waiting.stale ? t('show-newest') : t('new-results', { count: waiting.records.length })}
          </Button>
        )}
      </div>
      <UndoBar last={last} onUndo={() => void undo()} onDismiss={dismiss} />
      <CompareDialog pair={actions.compared} onClose={() => actions.compare(null)} onOpen={(id) => onOpen(id, true)} />
      {actions.rechecked && (
        <RecheckManyDialog
          what={actions.rechecked}
          onClose={() => {
            actions.setRechecked(null);
            focusList([]);
          }}
          onDone={() => setSelection(NOTHING_SELECTED)}
          onCompare={actions.compare}
        />
      )}
      <DeleteDialog
        deletion={actions.deletion}
        onClose={() => {
          setDeletion(null);
          onDeleteAnswered();
        }}
        onDeleted={(done, count, undoable) => void onDeleted(done, count, undoable)}
      />
    </>
  );
}

import { toErrorReport } from '@touchstone/shared';
import { useCallback, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { idsOfContent } from '../api/companion.ts';
import type { Around } from '../app/history-app.tsx';
import { CompareDialog } from '../compare/compare-dialog.tsx';
import { activeParts, filterToUrl, type PageFilter, toHistoryFilter } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Icon } from '../ui/icons.tsx';
import { DeleteDialog, type Deletion } from './delete-dialog.tsx';
import { ListSkeleton, LoadFailed, NothingMatches, NothingYet } from './list-states.tsx';
import { ListToolbar } from './list-toolbar.tsx';
import { RecordGrid } from './record-grid.tsx';
import { dropFromSelection, hasSelection, NOTHING_SELECTED, type Selection } from './selection.ts';
import { useHistory } from './use-history.ts';

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
  const { t, language } = useI18n();
  const { show } = useAnnouncer();
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const [compared, setCompared] = useState<readonly [string, string] | null>(null);
  const [deletion, setDeletion] = useState<Deletion | null>(null);
  const onGone = useCallback((ids: ReadonlySet<string> | 'filter') => {
    setSelection((held) => (ids === 'filter' ? NOTHING_SELECTED : dropFromSelection(held, ids)));
  }, []);
  const history = useHistory(filter, onGone);
  const { query, records, total, contents, sizeOfRow, waiting, showNewest, reload, setAtHead } = history;
  const filterKey = filterToUrl(filter);
  const filtered = activeParts(filter) > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was selected belongs to the filter it was selected in
  useEffect(() => setSelection(NOTHING_SELECTED), [filterKey]);
  useEffect(() => {
    const at = openId === undefined ? -1 : records.findIndex((record) => record.id === openId);
    onAround(at < 0 ? {} : { record: records[at], previousId: records[at - 1]?.id, nextId: records[at + 1]?.id });
  }, [records, openId, onAround]);
  useEffect(() => {
    if (deleteAsked !== null) setDeletion({ type: 'ids', ids: [deleteAsked] });
  }, [deleteAsked]);

  const { fetchNextPage, isFetching } = query;
  const onMore = useCallback(() => void (isFetching || fetchNextPage()), [isFetching, fetchNextPage]);
  const deleteMatching = () => setDeletion({ type: 'filter', filter: toHistoryFilter(filter), total });
  /** A row that stands for several checks of a file is deleted with all of them. */
  const deleteRows = async (ids: readonly string[]) => {
    const asked = toHistoryFilter(filter);
    const contentOf = (id: string) => records.find((record) => record.id === id)?.picture.sha256;
    const all = ids.map(async (id) => {
      const content = sizeOfRow(id) > 1 ? contentOf(id) : undefined;
      return content === undefined ? [id] : idsOfContent(asked, content);
    });
    try {
      setDeletion({ type: 'ids', ids: [...new Set((await Promise.all(all)).flat())] });
    } catch (error) {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    }
  };
  const deleteSelected = () => {
    if (selection.all) deleteMatching();
    else if (hasSelection(selection)) void deleteRows([...selection.ids]);
    else if (openId !== undefined) setDeletion({ type: 'ids', ids: [openId] });
  };
  const onDeleted = (done: Deletion) => {
    setSelection(NOTHING_SELECTED);
    const gone = done.type === 'filter' ? undefined : new Set(done.ids);
    if (openId !== undefined && (gone?.has(openId) ?? true)) onClose();
    void reload();
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
        onCompare={setCompared}
        onDeleteSelected={deleteSelected}
        onDeleteMatching={deleteMatching}
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
            onDelete={deleteSelected}
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
      <CompareDialog pair={compared} onClose={() => setCompared(null)} onOpen={(id) => onOpen(id, true)} />
      <DeleteDialog
        deletion={deletion}
        onClose={() => {
          setDeletion(null);
          onDeleteAnswered();
        }}
        onDeleted={onDeleted}
      />
    </>
  );
}

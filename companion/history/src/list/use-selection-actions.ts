import { type ResultRecord, toErrorReport } from '@touchstone/shared';
import type { ExportRequest } from '@touchstone/shared/api';
import { useState } from 'react';
import { idsOfContent } from '../api/companion.ts';
import type { Recheck } from '../compare/recheck-many-dialog.tsx';
import { type PageFilter, toHistoryFilter } from '../filter/filter-url.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { errorSentences } from '../i18n/sentences.ts';
import { useRights } from '../team/rights.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import type { Deletion } from './delete-dialog.tsx';
import { hasSelection, type Selection } from './selection.ts';

interface Rows {
  readonly filter: PageFilter;
  readonly records: readonly ResultRecord[];
  readonly total: number;
  readonly sizeOfRow: (id: string) => number;
  readonly selection: Selection;
  readonly openId: string | undefined;
}

/** What is done with the rows that are selected. A row that stands for several checks of a file is deleted and exported with all of them. */
export function useSelectionActions({ filter, records, total, sizeOfRow, selection, openId }: Rows) {
  const { language } = useI18n();
  const { show } = useAnnouncer();
  const { mayWork, mayOwn } = useRights();
  const [deletion, setDeletion] = useState<Deletion | null>(null);
  const [compared, compare] = useState<readonly [string, string] | null>(null);
  const [rechecked, setRechecked] = useState<Recheck | null>(null);

  const standingFor = async (rows: Iterable<string>): Promise<readonly string[]> => {
    const asked = toHistoryFilter(filter);
    const contentOf = (id: string) => records.find((record) => record.id === id)?.picture.sha256;
    const all = [...rows].map(async (id) => {
      const content = sizeOfRow(id) > 1 ? contentOf(id) : undefined;
      return content === undefined ? [id] : idsOfContent(asked, content);
    });
    return [...new Set((await Promise.all(all)).flat())];
  };
  const removeMatching = () => setDeletion({ type: 'filter', filter: toHistoryFilter(filter), total });
  const removeRows = async (rows: Iterable<string>) => {
    try {
      setDeletion({ type: 'ids', ids: await standingFor(rows) });
    } catch (error) {
      const { message, nextStep } = errorSentences(language, toErrorReport(error));
      show(`${message} ${nextStep}`, 'error');
    }
  };
  /** @param current the row with the focus: meant where nothing is selected and none is open */
  const remove = (current?: string) => {
    const meant = hasSelection(selection) ? [] : [openId ?? current];
    const isOwn = records.every((record) => !meant.includes(record.id) || mayOwn(record));
    // The key that deletes does nothing where no button offers it.
    if (!mayWork || !isOwn) return;
    if (selection.all) removeMatching();
    else if (hasSelection(selection)) void removeRows(selection.ids);
    else if (openId !== undefined) setDeletion({ type: 'ids', ids: [openId] });
    else if (current !== undefined) void removeRows([current]);
  };
  const exported = async (): Promise<Omit<ExportRequest, 'format'>> => {
    if (selection.all) return { filter: toHistoryFilter(filter) };
    return { ids: [...(await standingFor(selection.ids))] };
  };
  /** Each file once, however often it was checked. */
  const recheck = () => {
    const chosen = records.filter(({ id }) => selection.ids.has(id));
    setRechecked(selection.all ? { filter: toHistoryFilter(filter) } : { records: chosen });
  };
  return {
    ...{ deletion, setDeletion, compared, compare, rechecked, setRechecked },
    ...{ remove, removeMatching, exported, recheck },
  };
}

export type SelectionActions = ReturnType<typeof useSelectionActions>;

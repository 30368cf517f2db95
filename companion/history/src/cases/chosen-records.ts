import type { HistoryFilter, ResultRecord } from '@touchstone/shared';
import type { CaseRecordsRequest } from '@touchstone/shared/api';
import { fetchPage } from '../api/companion.ts';
import type { Selection } from '../list/selection.ts';

/** What a selection means to a case: a row that stands for several checks of one file puts the newest of them in. */
export function chosenRecords(selection: Selection, filter: HistoryFilter): CaseRecordsRequest {
  return selection.all ? { filter } : { ids: [...selection.ids] };
}

/** Ids of all records behind the rows that are selected: a row leaves a case with every check that it stands for. */
export function idsBehind(selection: Selection, inCase: readonly Pick<ResultRecord, 'id' | 'picture'>[]): string[] {
  const files = new Set(inCase.filter(({ id }) => selection.ids.has(id)).map(({ picture }) => picture.sha256));
  return inCase.filter(({ picture }) => selection.all || files.has(picture.sha256)).map(({ id }) => id);
}

/** Every record that matches, one by one. */
export async function allMatching(filter: HistoryFilter): Promise<ResultRecord[]> {
  const found: ResultRecord[] = [];
  for (let before: string | null = null; ; ) {
    const page = await fetchPage(filter, before, undefined, false);
    found.push(...page.records);
    if (page.next === null) return found;
    before = page.next;
  }
}

import type { HistoryFilter } from '@touchstone/shared';
import type { CaseRecordsRequest, CaseTakeRequest } from '@touchstone/shared/api';
import type { Selection } from '../list/selection.ts';

/** What a selection means to a case: a row that stands for several checks of one file puts the newest of them in. */
export function chosenRecords(selection: Selection, filter: HistoryFilter): CaseRecordsRequest {
  return selection.all ? { filter } : { ids: [...selection.ids] };
}

/** What of a selection leaves a case: a row takes every check along that it stands for. */
export function leavingRecords(selection: Selection, filter: HistoryFilter): CaseTakeRequest {
  return selection.all ? { filter } : { filter, sameAs: [...selection.ids] };
}

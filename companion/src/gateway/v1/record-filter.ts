import type { HistoryFilter } from '@touchstone/shared';
import type { RecordFilterQuery } from '@touchstone/shared/api';

/** The filter of the history that a query of /v1 means. */
export function filterOf({ text, verdict, kind, label, ...same }: RecordFilterQuery): HistoryFilter {
  return {
    ...same,
    ...(verdict === undefined ? {} : { verdict: [...new Set(verdict)] }),
    ...(kind === undefined ? {} : { kind: [...new Set(kind)] }),
    ...(label === undefined ? {} : { label: [...new Set(label)] }),
    ...(text === undefined ? {} : { search: text }),
  };
}

import type { HistoryFilter } from '@touchstone/shared';
import type { RecordFilterQuery } from '@touchstone/shared/api';

/** The filter of the history that a query of /v1 means. */
export function filterOf({ text, verdict, step, kind, label, tag, ...same }: RecordFilterQuery): HistoryFilter {
  return {
    ...same,
    ...(verdict === undefined ? {} : { verdict: [...new Set(verdict)] }),
    ...(step === undefined ? {} : { step: [...new Set(step)] }),
    ...(tag === undefined ? {} : { tag: [...new Set(tag)] }),
    ...(kind === undefined ? {} : { kind: [...new Set(kind)] }),
    ...(label === undefined ? {} : { label: [...new Set(label)] }),
    ...(text === undefined ? {} : { search: text }),
  };
}

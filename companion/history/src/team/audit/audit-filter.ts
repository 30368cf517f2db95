import type { AuditChoice, Deed } from '@touchstone/shared/api';
import { startOfDay } from '../../filter/filter-url.ts';

/** What is looked for in an audit log, with whole days of the reader's own time zone, both inclusive. */
export interface AuditFilter {
  /** Id, or `nobody`; null: everybody. */
  readonly person: string | null;
  readonly deed: Deed | null;
  /** `YYYY-MM-DD` */
  readonly fromDay: string | undefined;
  readonly toDay: string | undefined;
}

export const EVERYTHING: AuditFilter = { person: null, deed: null, fromDay: undefined, toDay: undefined };

/** The filter as the server takes it: days become moments, `to` is exclusive. */
export function choiceOf({ person, deed, fromDay, toDay }: AuditFilter): AuditChoice {
  return {
    ...(person !== null && { person }),
    ...(deed !== null && { deed }),
    ...(fromDay !== undefined && { from: startOfDay(fromDay) }),
    ...(toDay !== undefined && { to: startOfDay(toDay, 1) }),
  };
}

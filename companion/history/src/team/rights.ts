import type { Case, ResultRecord } from '@touchstone/shared';
import { type Role, roleAllows } from '@touchstone/shared/api';
import { useTeam } from './team-context.tsx';

/** What whoever looks at the page may do; what they may not is not offered. On a person's own computer that is everything. */
export interface Rights {
  /** Check, label, file, delete, export. */
  readonly mayWork: boolean;
  /** Look after people, and choose for everybody what is kept. */
  readonly mayManage: boolean;
  /** Label a result and write beside it. */
  readonly mayEdit: (record: Pick<ResultRecord, 'shared'>) => boolean;
  /** Put a result into cases, or delete it: what others share is not one's own. */
  readonly mayOwn: (record: Pick<ResultRecord, 'shared'>) => boolean;
  /** Take a result out of a case that others see: one's own, also where one may only look. */
  readonly mayTakeOwn: (record: Pick<ResultRecord, 'shared'>) => boolean;
  readonly mayEditCase: (one: Pick<Case, 'standing'>) => boolean;
  /** Delete a case. */
  readonly mayOwnCase: (one: Pick<Case, 'standing'>) => boolean;
  /** Choose who else sees it: there is nobody else on a person's own computer. */
  readonly mayShare: (one: Pick<Case, 'standing'>) => boolean;
}

/** @param role undefined: of nobody who is known yet; null: there is no team */
export function rightsOf(role: Role | undefined | null): Rights {
  const may = (needed: Role): boolean => role === null || (role !== undefined && roleAllows(role, needed));
  const mayWork = may('analyst');
  return {
    mayWork,
    mayManage: may('admin'),
    mayEdit: ({ shared }) => mayWork && shared?.right !== 'view',
    mayOwn: ({ shared }) => mayWork && shared === undefined,
    mayTakeOwn: ({ shared }) => may('reader') && shared === undefined,
    mayEditCase: ({ standing }) => mayWork && standing?.right !== 'view',
    mayOwnCase: ({ standing }) => mayWork && (standing === undefined || standing.right === 'own'),
    mayShare: ({ standing }) => role !== null && mayWork && standing?.right === 'own',
  };
}

export function useRights(): Rights {
  const team = useTeam();
  return rightsOf(team === null ? null : team.person?.role);
}

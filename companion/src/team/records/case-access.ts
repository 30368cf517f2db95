import type { CaseRight, HistoryFilter } from '@touchstone/shared';
import { sql } from 'kysely';
import { type Condition, type Scope, shownTo } from './record-condition.ts';

/** Somebody's share in a case, given to them or to everybody, of a right or any. */
function sharesIn(owner: string, row: string, right?: CaseRight): Condition {
  const of = (column: string) => sql.ref(`${row}.${column}`);
  const enough = (column: ReturnType<typeof sql.ref>) =>
    right === undefined ? sql`${column} IS NOT NULL` : sql`${column} = ${right}`;
  return sql`(coalesce(${enough(of('everybody'))}, false) OR EXISTS (SELECT 1 FROM case_shares
    WHERE case_shares.case_id = ${of('id')} AND case_shares.person = ${owner} AND ${enough(sql.ref('case_shares.right_to'))}))`;
}

const ofTenant = ({ tenant }: Scope, row: string): Condition => sql`${sql.ref(`${row}.tenant`)} = ${tenant}`;

/** Cases that somebody sees: their own, and those that are shared with them. @param row name of the table in the statement */
export const seesCase = (scope: Scope, row = 'cases'): Condition =>
  sql`(${ofTenant(scope, row)} AND (${sql.ref(`${row}.owner`)} = ${scope.owner} OR ${sharesIn(scope.owner, row)}))`;

/** Cases that somebody may change, with what is in them. */
export const editsCase = (scope: Scope, row = 'cases'): Condition =>
  sql`(${ofTenant(scope, row)} AND (${sql.ref(`${row}.owner`)} = ${scope.owner} OR ${sharesIn(scope.owner, row, 'edit')}))`;

/** Whether anybody but its owner sees a case. */
export const isShared = (row = 'cases'): Condition =>
  sql`(${sql.ref(`${row}.everybody`)} IS NOT NULL OR EXISTS (SELECT 1 FROM case_shares WHERE case_shares.case_id = ${sql.ref(`${row}.id`)}))`;

/** Records in a case for which something holds. @param holds of the case, by the name of its table */
const filedWhere = (row: string, holds: (folder: string) => Condition): Condition => sql`EXISTS (
  SELECT 1 FROM case_records AS filed JOIN cases AS folder ON folder.id = filed.case_id
  WHERE filed.tenant = ${sql.ref(`${row}.tenant`)} AND filed.number = ${sql.ref(`${row}.number`)} AND ${holds('folder')})`;

/** Records that somebody may open: their own, and what is in a case that they see; none that is held back. */
export function seenBy(scope: Scope, row = 'records'): Condition {
  const of = (column: string) => sql.ref(`${row}.${column}`);
  return sql`${of('tenant')} = ${scope.tenant} AND ${of('deletion')} IS NULL
    AND (${of('owner')} = ${scope.owner} OR ${filedWhere(row, (folder) => seesCase(scope, folder))})`;
}

/** Records that somebody may label and write beside: their own, and what is in a case that they may change. */
export const editableBy = (scope: Scope, row = 'records'): Condition =>
  sql`(${sql.ref(`${row}.owner`)} = ${scope.owner} OR ${filedWhere(row, (folder) => editsCase(scope, folder))})`;

/** Records of a list: one's own, or where the filter names a case that one sees, all that are in it. The filter is applied beside. */
export function listedFor(scope: Scope, { case: caseId }: HistoryFilter, row = 'records'): Condition {
  if (caseId === undefined) return shownTo(scope, row);
  return sql`${ofTenant(scope, row)} AND ${sql.ref(`${row}.deletion`)} IS NULL
    AND EXISTS (SELECT 1 FROM cases AS folder WHERE folder.id = ${caseId} AND ${seesCase(scope, 'folder')})`;
}

/** Everybody who sees a case, as rows of `person`, in a subquery beside its table. */
export const membersOf = (row = 'cases'): Condition => sql`(
  SELECT ${sql.ref(`${row}.owner`)} AS person
  UNION SELECT case_shares.person FROM case_shares WHERE case_shares.case_id = ${sql.ref(`${row}.id`)}
  UNION SELECT people.id FROM people
    WHERE ${sql.ref(`${row}.everybody`)} IS NOT NULL AND people.tenant = ${sql.ref(`${row}.tenant`)} AND people.disabled_at IS NULL)`;

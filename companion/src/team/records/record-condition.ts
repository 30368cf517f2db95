import { CAPTURE_KINDS, type HistoryFilter, LABELS, VERDICT_VALUES } from '@touchstone/shared';
import { STEPS, sideOf, verdictValueOf } from '@touchstone/shared/present';
import { type RawBuilder, sql } from 'kysely';
import { firstNumberOf } from '../../log/record-number.ts';
import { searchQuery } from './search-terms.ts';

/** Whose records are asked for. */
export interface Scope {
  readonly tenant: string;
  readonly owner: string;
}

export type Condition = RawBuilder<unknown>;

/** Somebody's own records, and none that is held back; what others share with them is not among them (case-access.ts). @param row name of the table in the statement */
export function shownTo({ tenant, owner }: Scope, row = 'records'): Condition {
  const of = (column: string) => sql.ref(`${row}.${column}`);
  return sql`${of('tenant')} = ${tenant} AND ${of('owner')} = ${owner} AND ${of('deletion')} IS NULL`;
}

const oneOf = (column: RawBuilder<unknown>, values: readonly string[]): Condition =>
  values.length === 0 ? sql`false` : sql`${column} IN (${sql.join(values)})`;

function stepCondition(steps: NonNullable<HistoryFilter['step']>, row: string): Condition {
  const decided = [...new Set(steps.map(verdictValueOf))].filter((value) => value !== 'uncertain');
  const leanings = steps.filter((step) => verdictValueOf(step) === 'uncertain').map(sideOf);
  const verdict = sql.ref(`${row}.verdict`);
  return sql`(${oneOf(verdict, decided)} OR (${verdict} = 'uncertain' AND ${oneOf(sql.ref(`${row}.leaning`), leanings)}))`;
}

function searchCondition(search: string, row: string): Condition[] {
  if (search.trim() === '') return [];
  const query = searchQuery(search);
  // Only signs were typed: no record contains them as a word.
  return [query === undefined ? sql`false` : sql`${sql.ref(`${row}.words`)} @@ ${query}::tsquery`];
}

/**
 * Translates a filter of the history into a condition with bound values: `true` for one that takes everything.
 * @param row name of the table of records in the statement
 */
export function matching(filter: HistoryFilter, row = 'records'): Condition {
  const of = (column: string) => sql.ref(`${row}.${column}`);
  const { content, site, pack, verdict, kind, label, step, tag, minProbability, maxProbability, from, to, search } =
    filter;
  const parts: Condition[] = [];
  if (content !== undefined) parts.push(sql`${of('sha256')} = ${content}`);
  if (site !== undefined) parts.push(sql`${of('site')} = ${site}`);
  if (pack !== undefined) parts.push(sql`${of('pack')} = ${pack}`);
  if (verdict && verdict.length < VERDICT_VALUES.length) parts.push(oneOf(of('verdict'), verdict));
  if (kind && kind.length < CAPTURE_KINDS.length) parts.push(oneOf(of('kind'), kind));
  if (label && label.length <= LABELS.length) parts.push(oneOf(of('label'), label));
  if (step && new Set(step).size < STEPS.length) parts.push(stepCondition(step, row));
  if (filter.case !== undefined || tag !== undefined) parts.push(...filedCondition(filter, row));
  if (minProbability !== undefined) parts.push(sql`${of('probability')} >= ${minProbability}`);
  if (maxProbability !== undefined) parts.push(sql`${of('probability')} <= ${maxProbability}`);
  if (from !== undefined) parts.push(sql`${of('number')} >= ${firstNumberOf(from)}`);
  if (to !== undefined) parts.push(sql`${of('number')} < ${firstNumberOf(to)}`);
  if (search !== undefined) parts.push(...searchCondition(search, row));
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` AND `);
}

/** Records in a case, and records with a tag. */
function filedCondition({ case: caseId, tag }: HistoryFilter, row: string): Condition[] {
  const of = (column: string) => sql.ref(`${row}.${column}`);
  const here = (table: string) =>
    sql`${sql.ref(`${table}.tenant`)} = ${of('tenant')} AND ${sql.ref(`${table}.number`)} = ${of('number')}`;
  return [
    ...(caseId === undefined
      ? []
      : [sql`EXISTS (SELECT 1 FROM case_records WHERE case_records.case_id = ${caseId} AND ${here('case_records')})`]),
    ...(tag === undefined
      ? []
      : [
          sql`EXISTS (SELECT 1 FROM record_tags WHERE ${oneOf(sql.ref('record_tags.tag'), tag)} AND ${here('record_tags')})`,
        ]),
  ];
}

import { CAPTURE_KINDS, type HistoryFilter, LABELS, type RecordSort, VERDICT_VALUES } from '@touchstone/shared';
import { STEPS, sideOf, verdictValueOf } from '@touchstone/shared/present';
import { firstNumberOf } from './record-number.ts';
import { searchWords } from './search-words.ts';

export interface Clause {
  /** Tables to read, in the order in which they are to be read. */
  readonly from: string;
  /** Condition, always valid after WHERE. */
  readonly where: string;
  readonly values: (string | number)[];
  /** Column that carries the time. */
  readonly number: string;
}

/** An order, and the record behind which a page of it begins. */
export interface SortedPlace {
  readonly sort: RecordSort;
  readonly after?: { readonly number: number; readonly probability: number } | undefined;
}

interface Part {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Columns by how few rows one value of them usually leaves. */
const SELECTIVE_FIRST = ['sha256', 'site', 'pack', 'verdict', 'kind', 'label'] as const;
type Column = (typeof SELECTIVE_FIRST)[number];

type Wanted = Partial<Record<Column, readonly string[]>>;

/** Values asked for by column; a column whose every value is asked for is no condition. */
function wantedValues(filter: HistoryFilter): Wanted {
  const wanted: Wanted = {};
  if (filter.content !== undefined) wanted.sha256 = [filter.content];
  if (filter.site !== undefined) wanted.site = [filter.site];
  if (filter.pack !== undefined) wanted.pack = [filter.pack];
  if (filter.verdict && filter.verdict.length < VERDICT_VALUES.length) wanted.verdict = filter.verdict;
  if (filter.kind && filter.kind.length < CAPTURE_KINDS.length) wanted.kind = filter.kind;
  if (filter.label && filter.label.length <= LABELS.length) wanted.label = filter.label;
  return wanted;
}

/**
 * The one column whose index is used. SQLite guesses badly without statistics, and several values of a common column
 * would have to be merged and sorted; labels are rare, so there that costs nothing.
 */
function drivingColumn(wanted: Wanted): Column | undefined {
  if (wanted.label && !wanted.label.includes('none')) return 'label';
  return SELECTIVE_FIRST.find((column) => wanted[column]?.length === 1);
}

function columnParts(wanted: Wanted, searched: boolean): Part[] {
  const driving = searched ? undefined : drivingColumn(wanted);
  return SELECTIVE_FIRST.flatMap((column) => {
    const values = wanted[column];
    if (values === undefined) return [];
    // A unary plus keeps SQLite from an index.
    const name = column === driving ? column : `+${column}`;
    return [{ sql: `${name} IN (${values.map(() => '?').join(', ')})`, values }];
  });
}

/** Steps of the scale; those that do not decide are told by the leaning that the body's index holds. */
function stepParts(steps: HistoryFilter['step'], number: string): Part[] {
  if (!steps || new Set(steps).size === STEPS.length) return [];
  const decided = [...new Set(steps.map(verdictValueOf))].filter((value) => value !== 'uncertain');
  const leanings = steps.filter((step) => verdictValueOf(step) === 'uncertain').map(sideOf);
  const places = (values: readonly string[]) => values.map(() => '?').join(', ');
  const leans = `+verdict = 'uncertain' AND EXISTS (SELECT 1 FROM bodies INDEXED BY bodies_leaning
    WHERE leaning IN (${places(leanings)}) AND bodies.number = ${number})`;
  const sql = `(+verdict IN (${places(decided)}) OR (${leans}))`;
  return [{ sql, values: [...decided, ...leanings] }];
}

/** Records in a case and records with a tag, each by a list that has them all. */
function filedLists(filter: HistoryFilter): Part[] {
  const { case: caseId, tag } = filter;
  return [
    ...(caseId === undefined
      ? []
      : [
          {
            sql: 'SELECT number FROM case_records WHERE case_number = (SELECT number FROM cases WHERE id = ?)',
            values: [caseId],
          },
        ]),
    // Of no tags there is no record: a deletion of those must not take the rest.
    ...(tag === undefined
      ? []
      : [{ sql: `SELECT number FROM record_tags WHERE tag IN (${tag.map(() => '?').join(', ')})`, values: tag }]),
  ];
}

/** @param drives whether the first list says which records are read, instead of being looked into for each */
function filedParts(filter: HistoryFilter, number: string, drives: boolean): Part[] {
  return filedLists(filter).map(({ sql, values }, index) => ({
    sql: `${drives && index === 0 ? '' : '+'}${number} IN (${sql})`,
    values,
  }));
}

function compare(condition: string, value: string | number | undefined): Part[] {
  return value === undefined ? [] : [{ sql: condition, values: [value] }];
}

function numberOf(time: number | undefined): number | undefined {
  return time === undefined ? undefined : firstNumberOf(time);
}

function matching(search: string | undefined): Part[] {
  if (search === undefined || search.trim() === '') return [];
  const words = searchWords(search);
  // Only signs were typed: no record contains them as a word.
  return words === undefined ? [{ sql: '0', values: [] }] : [{ sql: 'words MATCH ?', values: [words] }];
}

/** What lies behind a place. A record of the same probability is behind it by its time. */
function behind({ sort, after }: SortedPlace, number: string): Part[] {
  if (!after) return [];
  const sign = sort.startsWith('-') ? '<' : '>';
  if (!sort.endsWith('probability')) return [{ sql: `${number} ${sign} ?`, values: [after.number] }];
  return [{ sql: `(records.probability, ${number}) ${sign} (?, ?)`, values: [after.probability, after.number] }];
}

/**
 * Translates a filter of the history, and a place in an order of it, into SQL with bound values.
 * @param withRecords false where the full text alone may answer: where nothing is held back, and no order needs the rows
 */
export function filterClause(
  filter: HistoryFilter,
  place: SortedPlace = { sort: '-time' },
  withRecords = true,
): Clause {
  const search = matching(filter.search);
  const searched = search.some((part) => part.values.length > 0);
  const number = searched ? 'words.rowid' : 'records.number';
  const filed = filedParts(filter, number, !searched);
  const columns = [
    // What a person filed is little beside all that was checked.
    ...columnParts(wantedValues(filter), searched || filed.length > 0),
    ...stepParts(filter.step, 'records.number'),
    // Most ranges hold much of the history, which is read in the order of its time.
    ...compare('+records.probability >= ?', filter.minProbability),
    ...compare('+records.probability <= ?', filter.maxProbability),
  ];
  const parts = [
    ...search,
    ...filed,
    ...behind(place, number),
    ...compare(`${number} >= ?`, numberOf(filter.from)),
    ...compare(`${number} < ?`, numberOf(filter.to)),
    ...columns,
  ];
  return {
    from: searched ? searchedTables(withRecords || columns.length > 0) : 'shown AS records',
    where: parts.map((part) => part.sql).join(' AND ') || '1',
    values: parts.flatMap((part) => [...part.values]),
    number,
  };
}

/** Whether a filter takes the whole history. */
export function isEverything(filter: HistoryFilter): boolean {
  return filterClause(filter).where === '1';
}

/**
 * The same filter for another row of the records, called `peer`, that is looked up by its content: every other column is kept from
 * its index, and the full text is asked about that row alone.
 */
export function peerClause(filter: HistoryFilter): Pick<Clause, 'where' | 'values'> {
  const search = matching(filter.search).map(({ sql, values }) => ({
    sql: values.length > 0 ? `EXISTS (SELECT 1 FROM words WHERE ${sql} AND words.rowid = peer.number)` : sql,
    values,
  }));
  const parts = [
    ...columnParts(wantedValues(filter), true),
    ...filedParts(filter, 'peer.number', false),
    ...stepParts(filter.step, 'peer.number'),
    ...compare('peer.probability >= ?', filter.minProbability),
    ...compare('peer.probability <= ?', filter.maxProbability),
    ...compare('peer.number >= ?', numberOf(filter.from)),
    ...compare('peer.number < ?', numberOf(filter.to)),
    ...search,
  ];
  return {
    where: ['peer.sha256 = records.sha256', ...parts.map((part) => part.sql)].join(' AND '),
    values: parts.flatMap((part) => [...part.values]),
  };
}

/** CROSS JOIN fixes the order: the full-text index hands out its rows newest first, so nothing has to be gathered. */
function searchedTables(filtered: boolean): string {
  return filtered ? 'words CROSS JOIN shown AS records ON records.number = words.rowid' : 'words';
}

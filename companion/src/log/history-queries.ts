import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { GROUP_SIZE_CAP, type HistoryFacets, type HistoryFilter } from '@touchstone/shared';
import type { LabelTally, RecordTally } from '../store/record-store.ts';
import { filterClause, peerClause, type SortedPlace } from './filter-clause.ts';
import { firstNumberOf } from './record-number.ts';
import { FILED_COLUMNS } from './record-row.ts';
import { known, LabelRow, TallyRow } from './tally-rows.ts';

/** Totals are counted up to here; the page then says "more than 10,000". */
export const TOTAL_CAP = 10_001;

/** Entries of one filter menu. */
const FACET_LIMIT = 200;

/** Statements kept compiled; each combination of filters is one. */
const STATEMENT_CACHE = 64;

export type Row = Record<string, unknown>;

/** Rows that match and have no newer one of the same content that does: a look into one index for each. */
function newestOfEach(filter: HistoryFilter, before?: number) {
  const after = before === undefined ? undefined : { number: before, probability: 0 };
  const { from, where, values, number } = filterClause(filter, { sort: '-time', after });
  const newer = peerClause(filter);
  const sql = `FROM ${from} WHERE ${where}
    AND NOT EXISTS (SELECT 1 FROM shown AS peer WHERE ${newer.where} AND peer.number > records.number)`;
  return { sql, values: [...values, ...newer.values], number };
}

/** The read side of the log as rows: pages, totals and menus. */
export function createHistoryQueries(database: DatabaseSync) {
  const statements = new Map<string, StatementSync>();

  function prepared(sql: string): StatementSync {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.delete(sql);
    statements.set(sql, statement);
    const [oldest] = statements.keys();
    if (statements.size > STATEMENT_CACHE && oldest !== undefined) statements.delete(oldest);
    return statement;
  }

  /** Whether records are held back, which the full text alone does not know. */
  function holding(): boolean {
    return prepared('SELECT EXISTS (SELECT 1 FROM held) AS yes').get()?.yes === 1;
  }

  function facet(column: 'site' | 'pack'): { value: string; count: number }[] {
    return prepared(
      `SELECT ${column} AS value, count(*) AS count FROM shown WHERE ${column} <> ''
       GROUP BY ${column} ORDER BY count DESC, value LIMIT ${FACET_LIMIT}`,
    )
      .all()
      .map((row) => ({ value: String(row.value), count: Number(row.count) }));
  }

  return {
    /** The records of a filter in an order, strictly behind a place in it. */
    page(filter: HistoryFilter, { limit, ...place }: SortedPlace & { readonly limit: number }): Row[] {
      const { from, where, values, number } = filterClause(
        filter,
        place,
        place.sort.endsWith('probability') || holding(),
      );
      const direction = place.sort.startsWith('-') ? 'DESC' : 'ASC';
      const order = (column: string): string =>
        place.sort.endsWith('probability')
          ? `records.probability ${direction}, ${column} ${direction}`
          : `${column} ${direction}`;
      // Only the rows that are shown are read as a whole.
      return prepared(
        `SELECT records.number, records.probability, id, label, body, ${FILED_COLUMNS}
         FROM (SELECT ${number} AS chosen FROM ${from} WHERE ${where} ORDER BY ${order(number)} LIMIT ?)
         CROSS JOIN shown AS records ON records.number = chosen CROSS JOIN bodies ON bodies.number = chosen ORDER BY ${order('chosen')}`,
      ).all(...values, limit);
    },
    /** Rows that match, counted up to TOTAL_CAP. */
    total(filter: HistoryFilter): number {
      const { from, where, values } = filterClause(filter, undefined, holding());
      const counted = prepared(
        `SELECT count(*) AS total FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${TOTAL_CAP})`,
      ).get(...values);
      return Number(counted?.total ?? 0);
    },
    /** Rows lie in the order of their time: only those asked for are read. */
    tally(from: number, to: number): readonly RecordTally[] {
      const rows = prepared(
        `SELECT kind, verdict, count(*) AS count FROM shown WHERE number >= ? AND number < ? GROUP BY +kind, +verdict`,
      ).all(firstNumberOf(from), firstNumberOf(to));
      return known(TallyRow, rows);
    },
    tallyLabels(): readonly LabelTally[] {
      const rows = prepared(
        `SELECT pack, label, verdict, count(*) AS count FROM shown WHERE label IN ('fake', 'real')
         GROUP BY +pack, +label, +verdict`,
      ).all();
      return known(LabelRow, rows);
    },
    /** As `page`, but of every content only its newest row that matches, with `size`: how many match. */
    groupPage(filter: HistoryFilter, before: number | undefined, limit: number): Row[] {
      const { sql, values, number } = newestOfEach(filter, before);
      const peers = peerClause(filter);
      return prepared(
        `SELECT records.number, id, label, body, ${FILED_COLUMNS},
           (SELECT count(*) FROM (SELECT 1 FROM shown AS peer WHERE ${peers.where} LIMIT ${GROUP_SIZE_CAP})) AS size
         FROM (SELECT ${number} AS chosen ${sql} ORDER BY ${number} DESC LIMIT ?)
         CROSS JOIN shown AS records ON records.number = chosen CROSS JOIN bodies ON bodies.number = chosen ORDER BY chosen DESC`,
      ).all(...peers.values, ...values, limit);
    },
    /** Contents that match, counted up to TOTAL_CAP. */
    groupTotal(filter: HistoryFilter): number {
      const { sql, values } = newestOfEach(filter);
      const counted = prepared(`SELECT count(*) AS total FROM (SELECT 1 ${sql} LIMIT ${TOTAL_CAP})`).get(...values);
      return Number(counted?.total ?? 0);
    },
    facets(): HistoryFacets {
      const tags = prepared(
        `SELECT tag AS value, count(*) AS count FROM record_tags JOIN shown USING (number) GROUP BY tag ORDER BY count DESC, value LIMIT ${FACET_LIMIT}`,
      ).all();
      return {
        sites: facet('site'),
        packs: facet('pack'),
        tags: tags.map((row) => ({ value: String(row.value), count: Number(row.count) })),
      };
    },
    /** Numbers of what is in a case and matches; with `sameAs` only of those contents. */
    numbersInCase(
      id: string,
      { filter, sameAs }: { filter: HistoryFilter; sameAs?: readonly string[] | undefined },
    ): number[] {
      const { from, where, values, number } = filterClause({ ...filter, case: id });
      const alike = sameAs
        ? ' AND +records.sha256 IN (SELECT sha256 FROM shown WHERE id IN (SELECT value FROM json_each(?)))'
        : '';
      const rows = prepared(`SELECT ${number} AS number FROM ${from} WHERE ${where}${alike}`);
      return rows.all(...values, ...(sameAs ? [JSON.stringify(sameAs)] : [])).map((row) => Number(row.number));
    },
    /** Numbers of the newest matching record of each content, newest first. */
    newestNumbers(filter: HistoryFilter, limit: number): number[] {
      const { sql, values, number } = newestOfEach(filter);
      const rows = prepared(`SELECT ${number} AS number ${sql} ORDER BY ${number} DESC LIMIT ?`).all(...values, limit);
      return rows.map((row) => Number(row.number));
    },
  };
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { HistoryFacets, HistoryFilter } from '@touchstone/shared';
import { filterClause } from './filter-clause.ts';

/** Totals are counted up to here; the page then says "more than 10,000". */
export const TOTAL_CAP = 10_001;

/** Entries of one filter menu. */
const FACET_LIMIT = 200;

/** Statements kept compiled; each combination of filters is one. */
const STATEMENT_CACHE = 64;

export type Row = Record<string, unknown>;

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

  function facet(column: 'site' | 'pack'): { value: string; count: number }[] {
    return prepared(
      `SELECT ${column} AS value, count(*) AS count FROM records WHERE ${column} <> ''
       GROUP BY ${column} ORDER BY count DESC, value LIMIT ${FACET_LIMIT}`,
    )
      .all()
      .map((row) => ({ value: String(row.value), count: Number(row.count) }));
  }

  return {
    /** Newest first, strictly older than the record with number `before`. */
    page(filter: HistoryFilter, before: number | undefined, limit: number): Row[] {
      const { from, where, values, number } = filterClause(filter, before);
      // Only the rows that are shown are read as a whole.
      return prepared(
        `SELECT records.number, id, label, body
         FROM (SELECT ${number} AS shown FROM ${from} WHERE ${where} ORDER BY ${number} DESC LIMIT ?)
         CROSS JOIN records ON records.number = shown CROSS JOIN bodies ON bodies.number = shown ORDER BY shown DESC`,
      ).all(...values, limit);
    },
    /** Rows that match, counted up to TOTAL_CAP. */
    total(filter: HistoryFilter): number {
      const { from, where, values } = filterClause(filter);
      const counted = prepared(
        `SELECT count(*) AS total FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${TOTAL_CAP})`,
      ).get(...values);
      return Number(counted?.total ?? 0);
    },
    facets(): HistoryFacets {
      return { sites: facet('site'), packs: facet('pack') };
    },
  };
}

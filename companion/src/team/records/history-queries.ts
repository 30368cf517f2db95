import { GROUP_SIZE_CAP, type HistoryFacets, type HistoryFilter, type RecordSort } from '@touchstone/shared';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { TOTAL_CAP } from '../../log/history-queries.ts';
import { firstNumberOf } from '../../log/record-number.ts';
import { known, LabelRow, TallyRow } from '../../log/tally-rows.ts';
import type { LabelTally, RecordTally } from '../../store/record-store.ts';
import type { TeamTables } from '../database/tables.ts';
import { editableBy, listedFor, seenBy, seesCase } from './case-access.ts';
import { type Condition, matching, type Scope, shownTo } from './record-condition.ts';

/** Entries of one filter menu. */
const FACET_LIMIT = 200;

export type Row = Readonly<Record<string, unknown>>;

/** A place in an order of the records. */
interface Place {
  readonly number: number;
  readonly probability: number;
}

export interface PageRequest {
  readonly sort: RecordSort;
  readonly after?: Place | undefined;
  readonly limit: number;
}

/** What a row needs to become a record (log/record-row.ts), with what people wrote beside it, as far as somebody may know it. */
const whole = (
  scope: Scope,
): Condition => sql`records.number, records.probability, records.id, records.label, records.body,
  CASE WHEN records.owner <> ${scope.owner} THEN json_build_object(
    'owner', (SELECT people.name FROM people WHERE people.id = records.owner),
    'right', CASE WHEN ${editableBy(scope)} THEN 'edit' ELSE 'view' END)::text END AS shared,
  (SELECT json_agg(json_build_object('id', cases.id, 'name', cases.name))::text FROM case_records
    JOIN cases ON cases.id = case_records.case_id
    WHERE case_records.tenant = records.tenant AND case_records.number = records.number AND ${seesCase(scope)}) AS cases,
  (SELECT json_agg(tag)::text FROM record_tags
    WHERE record_tags.tenant = records.tenant AND record_tags.number = records.number) AS tags,
  (SELECT note FROM record_notes
    WHERE record_notes.tenant = records.tenant AND record_notes.number = records.number) AS note`;

/** What lies behind a place; a record of the same probability is behind it by its time. */
function behind({ sort, after }: PageRequest): Condition {
  if (!after) return sql`true`;
  const sign = sql.raw(sort.startsWith('-') ? '<' : '>');
  if (!sort.endsWith('probability')) return sql`records.number ${sign} ${after.number}`;
  return sql`(records.probability, records.number) ${sign} (${after.probability}, ${after.number})`;
}

function order(sort: RecordSort): RawBuilder<unknown> {
  const direction = sql.raw(sort.startsWith('-') ? 'DESC' : 'ASC');
  return sort.endsWith('probability')
    ? sql`records.probability ${direction}, records.number ${direction}`
    : sql`records.number ${direction}`;
}

/** The read side of a team's records, for one person: their own, and what cases share with them where one is asked for. */
export function createTeamQueries(database: Kysely<TeamTables>, scope: Scope) {
  const shown = shownTo(scope);
  const WHOLE = whole(scope);

  async function rows<Found extends Row = Row>(query: RawBuilder<Found>): Promise<Found[]> {
    return (await query.execute(database)).rows;
  }

  async function counted(query: RawBuilder<unknown>): Promise<number> {
    const [row] = await rows(
      sql<{ total: number }>`SELECT count(*) AS total FROM (${query} LIMIT ${TOTAL_CAP}) AS found`,
    );
    return row?.total ?? 0;
  }

  async function facet(column: 'site' | 'pack'): Promise<{ value: string; count: number }[]> {
    const name = sql.ref(column);
    return rows(sql<{ value: string; count: number }>`
      SELECT ${name} AS value, count(*) AS count FROM records WHERE ${shown} AND ${name} <> ''
      GROUP BY ${name} ORDER BY count DESC, value LIMIT ${FACET_LIMIT}`);
  }

  const listed = (filter: HistoryFilter, row = 'records'): Condition =>
    sql`${listedFor(scope, filter, row)} AND ${matching(filter, row)}`;
  const own = (filter: HistoryFilter, row = 'records'): Condition =>
    sql`${shownTo(scope, row)} AND ${matching(filter, row)}`;

  /** Rows that match and have no newer one of the same content that does. */
  const newestOfEach = (filter: HistoryFilter, among = listed): Condition => sql`${among(filter)} AND NOT EXISTS (
    SELECT 1 FROM records AS peer WHERE ${among(filter, 'peer')} AND peer.sha256 = records.sha256
      AND peer.number > records.number)`;

  return {
    /** One row by a condition, as a record is made of it; it may be somebody else's, where it was shared. */
    one: async (condition: Condition): Promise<Row | undefined> =>
      (await rows(sql<Row>`SELECT ${WHOLE} FROM records WHERE ${seenBy(scope)} AND ${condition} LIMIT 1`))[0],
    page: (filter: HistoryFilter, request: PageRequest): Promise<Row[]> =>
      rows(sql<Row>`SELECT ${WHOLE} FROM records WHERE ${listed(filter)} AND ${behind(request)}
        ORDER BY ${order(request.sort)} LIMIT ${request.limit}`),
    total: (filter: HistoryFilter): Promise<number> => counted(sql`SELECT 1 FROM records WHERE ${listed(filter)}`),
    tally: async (from: number, to: number): Promise<readonly RecordTally[]> =>
      known(
        TallyRow,
        await rows(sql<Row>`SELECT kind, verdict, count(*) AS count FROM records
          WHERE ${shown} AND number >= ${firstNumberOf(from)} AND number < ${firstNumberOf(to)} GROUP BY kind, verdict ORDER BY kind, verdict`),
      ),
    tallyLabels: async (): Promise<readonly LabelTally[]> =>
      known(
        LabelRow,
        await rows(sql<Row>`SELECT pack, label, verdict, count(*) AS count FROM records
          WHERE ${shown} AND label IN ('fake', 'real') GROUP BY pack, label, verdict ORDER BY pack, label, verdict`),
      ),
    /** As `page`, but of every content only its newest row that matches, with `size`: how many match. */
    groupPage: (filter: HistoryFilter, before: number | undefined, limit: number): Promise<Row[]> =>
      rows(sql<Row>`SELECT ${WHOLE}, (SELECT count(*) FROM (
          SELECT 1 FROM records AS peer WHERE ${listed(filter, 'peer')} AND peer.sha256 = records.sha256 LIMIT ${GROUP_SIZE_CAP}) AS alike) AS size
        FROM records WHERE ${newestOfEach(filter)} AND ${before === undefined ? sql`true` : sql`records.number < ${before}`}
        ORDER BY records.number DESC LIMIT ${limit}`),
    groupTotal: (filter: HistoryFilter): Promise<number> =>
      counted(sql`SELECT 1 FROM records WHERE ${newestOfEach(filter)}`),
    /** Numbers of somebody's own newest rows of the contents that match, newest first. */
    newestNumbers: async (filter: HistoryFilter, limit: number): Promise<number[]> => {
      const found = sql<{ number: number }>`SELECT records.number FROM records WHERE ${newestOfEach(filter, own)}
        ORDER BY records.number DESC LIMIT ${limit}`;
      return (await rows(found)).map(({ number }) => number);
    },
    async facets(): Promise<HistoryFacets> {
      const tags = sql<{ value: string; count: number }>`SELECT tag AS value, count(*) AS count FROM record_tags
        JOIN records USING (tenant, number) WHERE ${shown} GROUP BY tag ORDER BY count DESC, value LIMIT ${FACET_LIMIT}`;
      return { sites: await facet('site'), packs: await facet('pack'), tags: await rows(tags) };
    },
    /** Rows whose perceptual hash differs in at most so many bits, nearest first, then newest. */
    near: (hash: string, maxDistance: number, exceptSha256: string, limit: number): Promise<Row[]> =>
      rows(sql<Row>`SELECT ${WHOLE}, distance FROM (
          SELECT *, bit_count(('x' || perceptual_hash)::bit(64) # ('x' || ${hash}::text)::bit(64)) AS distance
          FROM records WHERE ${shown} AND sha256 <> ${exceptSha256} AND length(perceptual_hash) = 16
        ) AS records WHERE distance <= ${maxDistance} ORDER BY distance, records.number DESC LIMIT ${limit}`),
  };
}

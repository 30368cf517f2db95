import { sql, type Transaction } from 'kysely';
import { CHAIN_BEGINNING, hashColumn, linkHash } from '../../log/hash-chain.ts';
import { LAST_TIMED_NUMBER, recordNumber } from '../../log/record-number.ts';
import type { TeamTables } from '../database/tables.ts';
import type { PictureRow } from './record-columns.ts';
import type { Condition } from './record-condition.ts';

type Trx = Transaction<TeamTables>;

/** Numbers that are looked at together where many records came in one millisecond. */
const CROWD = 4_096;

/** A record as it is written down, but for its place. */
export interface PlacedRow {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Columns of `records` without tenant, number and link. */
  readonly columns: Readonly<Record<string, unknown>>;
  readonly pictures: readonly PictureRow[];
}

/** The next link of a chain: of a record, or of one that is gone. */
export interface NextLink {
  readonly digest: Uint8Array;
  readonly row?: PlacedRow | undefined;
}

/** Lets the writers of a tenant's chain take turns until the transaction ends: it has one end. */
export async function lockChain(trx: Trx, tenant: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${tenant}, 0))`.execute(trx);
}

async function numbersAmong(trx: Trx, tenant: string, condition: Condition): Promise<number[]> {
  const found = sql<{ number: number }>`SELECT number FROM records WHERE tenant = ${tenant} AND ${condition}`;
  return (await found.execute(trx)).rows.map(({ number }) => number);
}

async function newestNumber(trx: Trx, tenant: string): Promise<number> {
  const row = await trx
    .selectFrom('records')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('tenant', '=', tenant)
    .executeTakeFirst();
  return row?.number ?? 0;
}

/** For each record the number of its time, or the next that is free. */
async function freeNumbers(trx: Trx, tenant: string, rows: readonly PlacedRow[]): Promise<number[]> {
  const wanted = rows.map(({ at, id }) => recordNumber(at, id));
  const taken = new Set(await numbersAmong(trx, tenant, sql`number = ANY(${wanted}::bigint[])`));
  const found: number[] = [];
  for (const own of wanted) {
    let number = own;
    // Behind the last time that numbers can tell, records lie in the order in which they came.
    if (number >= LAST_TIMED_NUMBER) number = Math.max(number, (await newestNumber(trx, tenant)) + 1);
    for (let looked = number; taken.has(number); number += 1) {
      if (number < looked) continue;
      looked = number + CROWD;
      const crowd = await numbersAmong(trx, tenant, sql`number BETWEEN ${number} AND ${looked}`);
      for (const other of crowd) taken.add(other);
    }
    taken.add(number);
    found.push(number);
  }
  return found;
}

/**
 * Writes rows and links at the end of a tenant's chain, in their order; the caller holds `lockChain`.
 * @returns the number of each row, in the order of the rows
 */
export async function placeRecords(trx: Trx, tenant: string, next: readonly NextLink[]): Promise<number[]> {
  if (next.length === 0) return [];
  const placed = next.flatMap(({ row }) => (row ? [row] : []));
  const numbers = await freeNumbers(trx, tenant, placed);
  const numberOf = new Map(placed.map((row, at) => [row, numbers[at] ?? 0]));
  const last = await trx
    .selectFrom('chain')
    .select(['link', 'hash'])
    .where('tenant', '=', tenant)
    .orderBy('link', 'desc')
    .limit(1)
    .executeTakeFirst();
  let hash = hashColumn(last?.hash ?? CHAIN_BEGINNING);
  let link = last?.link ?? 0;
  const rows: object[] = [];
  const links = next.map(({ digest, row }) => {
    const number = row ? (numberOf.get(row) ?? 0) : null;
    hash = linkHash(hash, digest);
    link += 1;
    if (row) rows.push({ ...row.columns, tenant, number, link });
    return { tenant, link, number, digest, hash };
  });
  if (rows.length > 0) {
    await trx
      .insertInto('records')
      .values(rows as never)
      .execute();
  }
  await trx.insertInto('chain').values(links).execute();
  const pictures = placed.flatMap((row) =>
    row.pictures.map((picture) => ({ ...picture, tenant, number: numberOf.get(row) ?? 0 })),
  );
  if (pictures.length > 0) await trx.insertInto('media').values(pictures).execute();
  return numbers;
}

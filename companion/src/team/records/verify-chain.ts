import { type ChainVerification, type ChainProblem as Problem, throwIfCancelled } from '@touchstone/shared';
import { type Kysely, sql } from 'kysely';
import { CHAIN_BEGINNING, digestOf, hashColumn, hexOf, linkHash, sameBytes } from '../../log/hash-chain.ts';
import { columnsOfText } from '../../log/read-back.ts';
import { timeOfNumber } from '../../log/record-number.ts';
import type { VerifyOptions } from '../../store/record-store.ts';
import type { TeamTables } from '../database/tables.ts';
import { writtenColumns } from './record-columns.ts';
import type { Scope } from './record-condition.ts';

/** Links read at once: a few MB of text. */
const LINKS_PER_STEP = 500;

/** Breaks that are named; whoever has more has a broken log either way. */
const MAX_BREAKS = 20;

/** How far from its place a link is looked for, to tell a changed order from a changed content. */
const REORDER_WINDOW = 100;

type Row = Readonly<Record<string, unknown>>;

/** Whether a row is what its own record says, column by column; a changed column would change lists and filters. */
function problemOfRow(row: Row): Problem | undefined {
  const columns = columnsOfText(String(row.body));
  if (!columns) return 'unreadable';
  const same = Object.entries(writtenColumns(columns)).every(([name, value]) => row[name] === value);
  return same && row.own_link === row.link ? undefined : 'edited';
}

/**
 * Follows a tenant's chain from its beginning.
 * @param scope names of others' records are not told: theirs are named by their links
 * @throws TouchstoneError `cancelled`
 */
export async function verifyTeamChain(
  database: Kysely<TeamTables>,
  { tenant, owner }: Scope,
  { notedHead, signal }: VerifyOptions = {},
): Promise<ChainVerification> {
  const breaks: ChainVerification['breaks'] = [];
  const counts = { records: 0, heldBack: 0, tombstones: 0, unchained: 0 };
  let broken = false;
  let noted = false;
  let place = 0;
  let hash: Uint8Array = CHAIN_BEGINNING;

  function report(id: string, problem: Problem): void {
    broken = true;
    if (breaks.length < MAX_BREAKS) breaks.push({ id, problem });
  }

  async function isElsewhere(digest: Uint8Array): Promise<boolean> {
    const found = sql`SELECT 1 FROM chain WHERE tenant = ${tenant} AND digest = ${digest} LIMIT 1`;
    return (await found.execute(database)).rows.length > 0;
  }

  /** A link that does not follow from the one before it: out of its place, or one of the two was rewritten. */
  async function problemOfOrder(row: Row): Promise<Problem> {
    const at = Number(row.link);
    const near = sql<{ hash: Uint8Array }>`SELECT hash FROM chain WHERE tenant = ${tenant}
      AND link BETWEEN ${at - REORDER_WINDOW} AND ${at + REORDER_WINDOW}`;
    const others = (await near.execute(database)).rows;
    const fits = others.some((other) => sameBytes(linkHash(other.hash, hashColumn(row.digest)), hashColumn(row.hash)));
    return fits ? 'reordered' : 'edited';
  }

  async function problemOf(row: Row): Promise<Problem | undefined> {
    const digest = hashColumn(row.digest);
    const follows = sameBytes(linkHash(hash, digest), hashColumn(row.hash));
    if (row.placed === null) return follows ? undefined : problemOfOrder(row);
    if (row.body === null) return 'missing';
    const written = digestOf(String(row.body));
    if (!sameBytes(written, digest)) {
      if (problemOfRow(row) === 'unreadable') return 'unreadable';
      return (await isElsewhere(written)) ? 'reordered' : 'edited';
    }
    return follows ? problemOfRow(row) : problemOfOrder(row);
  }

  async function follow(row: Row): Promise<void> {
    const link = Number(row.link);
    for (let gone = place + 1; gone < link && breaks.length < MAX_BREAKS; gone += 1) report(`link ${gone}`, 'missing');
    const problem = await problemOf(row);
    if (problem) report(nameOf(row, owner), problem);
    if (row.placed === null) counts.tombstones += 1;
    else if (row.held !== null) counts.heldBack += 1;
    else if (row.body !== null) counts.records += 1;
    place = link;
    hash = hashColumn(row.hash);
    noted ||= notedHead !== undefined && hexOf(hash) === notedHead.toLowerCase();
  }

  for (;;) {
    throwIfCancelled(signal);
    const page =
      await sql<Row>`SELECT chain.link, chain.number AS placed, digest, hash, records.link AS own_link, records.deletion AS held,
        owner, id, verdict, probability, kind, site, pack, sha256, perceptual_hash, url, page_url, title, file_name, body
      FROM chain LEFT JOIN records ON records.tenant = chain.tenant AND records.number = chain.number
      WHERE chain.tenant = ${tenant} AND chain.link > ${place} ORDER BY chain.link LIMIT ${LINKS_PER_STEP}`.execute(
        database,
      );
    if (page.rows.length === 0) break;
    for (const row of page.rows) await follow(row);
  }

  // Records that no link leads to were put in past the chain.
  const loose = await sql<Row>`SELECT records.id, records.owner, records.link, records.number AS placed FROM records
    LEFT JOIN chain ON chain.tenant = records.tenant AND chain.link = records.link AND chain.number = records.number
    WHERE records.tenant = ${tenant} AND chain.link IS NULL LIMIT ${MAX_BREAKS}`.execute(database);
  for (const row of loose.rows) report(nameOf(row, owner), 'edited');

  return {
    intact: !broken && (notedHead === undefined || noted),
    ...counts,
    head: place > 0 ? hexOf(hash) : null,
    damages: [],
    breaks,
    ...(notedHead === undefined ? {} : { notedHeadFound: noted }),
  };
}

/** Names a record of one's own; another's, or one that is gone, by its link and the time that its number carries. */
function nameOf({ id, owner: whose, link, placed }: Row, owner: string): string {
  if (typeof id === 'string' && whose === owner) return id;
  if (typeof placed !== 'number') return `link ${link}`;
  return `link ${link}, checked ${new Date(timeOfNumber(placed)).toISOString()}`;
}

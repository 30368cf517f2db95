import { type ChainVerification, MAX_CASES, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { type Kysely, sql } from 'kysely';
import { persistently } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { TENANT, type Team } from '../open-team.ts';
import type { Scope } from '../records/record-condition.ts';
import type { SourceCase, SourceHistory, SourceLink } from './source-history.ts';
import { createLinkWriter, takeSource, type Written } from './write-links.ts';

/** What is in a history, and what a team has of it. */
export interface ImportPlan {
  readonly records: number;
  readonly gone: number;
  readonly originals: number;
  readonly cases: number;
  /** Records that the team has already. */
  readonly known: number;
  /** Unfinished checks of the source, which are not taken along. */
  readonly unfinished: number;
}

export interface Imported extends Written {
  readonly cases: number;
  /** Of the team's chain, with the new links at its end. */
  readonly chain: ChainVerification;
}

export interface ImportOptions {
  readonly owner: string;
  readonly signal?: AbortSignal | undefined;
  /** Is told after each step how many links were looked at. */
  readonly onProgress?: ((links: number) => void) | undefined;
}

/** @throws TouchstoneError `log-damaged` where a history is not what was once written down */
async function requireIntact(source: SourceHistory, signal: AbortSignal | undefined): Promise<void> {
  const { breaks } = await source.verify(signal);
  if (breaks.length === 0) return;
  throw new TouchstoneError('log-damaged', `the history was changed behind its chain, first at ${breaks[0]?.id}`, {
    nextStep: 'Look at it with "touchstone history verify"; a backup from before the change can be taken over instead.',
  });
}

async function countKnown(database: Kysely<TeamTables>, links: readonly SourceLink[]): Promise<number> {
  const ids = links.flatMap(({ record }) => (record ? [record.id] : []));
  const known = sql<{ total: number }>`SELECT count(*) AS total FROM records WHERE id = ANY(${ids}::text[])`;
  return (await known.execute(database)).rows[0]?.total ?? 0;
}

/** Counts what an import would take along; nothing is written. @throws as `importHistory` */
export async function planImport(
  { database }: Pick<Team, 'database'>,
  source: SourceHistory,
  { signal }: Pick<ImportOptions, 'signal'> = {},
): Promise<ImportPlan> {
  await requireIntact(source, signal);
  const plan = { records: 0, gone: 0, originals: 0, known: 0 };
  for (const links of source.steps(0)) {
    throwIfCancelled(signal);
    plan.known += await countKnown(database.kysely, links);
    for (const { record } of links) {
      if (record) plan.records += 1;
      else plan.gone += 1;
      if (record?.content) plan.originals += 1;
    }
  }
  return { ...plan, cases: source.cases().length, unfinished: source.unfinished };
}

/**
 * Writes cases that were not taken over before and puts their records into them; into those that were, only records that came since.
 * @returns how many were made
 */
async function writeCases(
  database: Kysely<TeamTables>,
  { tenant, owner }: Scope,
  identity: string,
  cases: readonly SourceCase[],
): Promise<number> {
  return database.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${JSON.stringify([tenant, owner])}, 3))`.execute(trx);
    const before = sql<{ cases: string[]; after: number }>`SELECT cases, cases_after AS after FROM imports
      WHERE tenant = ${tenant} AND source = ${identity} FOR UPDATE`;
    const { cases: taken = [], after = 0 } = (await before.execute(trx)).rows[0] ?? {};
    let made = 0;
    for (const { id, name, note, tags, createdAt, updatedAt, records } of cases) {
      const isNew = !taken.includes(id);
      const insert = sql`INSERT INTO cases (id, tenant, owner, name, note, tags, created_at, updated_at)
        VALUES (${id}, ${tenant}, ${owner}, ${name}, ${note}, ${tags}, ${createdAt}, ${updatedAt}) ON CONFLICT DO NOTHING`;
      if (isNew) made += Number((await insert.execute(trx)).numAffectedRows ?? 0);
      await sql`INSERT INTO case_records (case_id, tenant, number) SELECT cases.id, records.tenant, records.number
        FROM cases JOIN records ON records.tenant = cases.tenant AND records.owner = cases.owner
        WHERE cases.id = ${id} AND cases.tenant = ${tenant} AND cases.owner = ${owner} AND records.id = ANY(${records}::text[])
          AND records.deletion IS NULL AND records.number > ${isNew ? 0 : after}
        ON CONFLICT DO NOTHING`.execute(trx);
    }
    const now = [...new Set([...taken, ...cases.map(({ id }) => id)])];
    await sql`UPDATE imports SET cases = ${now}::text[], cases_after = (SELECT coalesce(max(number), 0) FROM records
      WHERE tenant = ${tenant} AND owner = ${owner}) WHERE tenant = ${tenant} AND source = ${identity}`.execute(trx);
    const held = sql<{
      total: number;
    }>`SELECT count(*) AS total FROM cases WHERE tenant = ${tenant} AND owner = ${owner}`;
    if (((await held.execute(trx)).rows[0]?.total ?? 0) > MAX_CASES) throw new TouchstoneError('case-full');
    return made;
  });
}

/**
 * Takes the history of somebody who worked alone over into a team's records of one owner: texts byte for byte, in the order of their
 * chain, with pictures, originals, labels, notes, tags and cases. Begun again after it was broken off, it goes on where it was.
 * @throws TouchstoneError `log-damaged` where the source is not intact, `bad-request` where it was taken over for somebody else,
 *   `case-full`, `cancelled`, and what database and content store say
 */
export async function importHistory(
  { database, contents, owners, bus }: Pick<Team, 'database' | 'contents' | 'owners' | 'bus'>,
  source: SourceHistory,
  { owner, signal, onProgress = () => {} }: ImportOptions,
): Promise<Imported> {
  await requireIntact(source, signal);
  const scope = { tenant: TENANT, owner };
  const { identity } = source;
  const write = createLinkWriter({ database: database.kysely, scope, contents, source, identity });
  const sum = { records: 0, gone: 0, known: 0, originals: 0, lostOriginals: 0 };
  let links = 0;
  const after = await persistently(() =>
    database.kysely.transaction().execute((trx) => takeSource(trx, scope, identity)),
  );
  let cases = 0;
  try {
    for (const step of source.steps(after)) {
      throwIfCancelled(signal);
      const written = await persistently(() => write(step));
      for (const name of Object.keys(sum) as (keyof Written)[]) sum[name] += written[name];
      links += step.length;
      onProgress(links);
    }
    cases = await persistently(() => writeCases(database.kysely, scope, identity, source.cases()));
  } finally {
    // Also of what was written before it was broken off: servers that run count and show it from now on.
    await bus.spread({ ...scope, told: { type: 'imported', source: identity } }).catch(() => undefined);
  }
  const chain = await owners.within(owner, () => owners.history.verify({ signal }));
  return { ...sum, cases, chain };
}

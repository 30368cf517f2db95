import { setTimeout as wait } from 'node:timers/promises';
import { packLabel } from '@touchstone/shared';
import { type Kysely, sql } from 'kysely';
import * as v from 'valibot';
import { COMPANION_VERSION } from '../../records/companion-version.ts';
import type { TeamTables } from '../database/tables.ts';

/** How often a worker says that it lives. Milliseconds. */
const SIGN_MS = 2_000;

/** A worker that was silent for so long is dead; with the pace of the signs, another has its jobs within 15 seconds. Milliseconds. */
const SILENT_MS = 9_000;

/** A pack that a worker has. */
const WorkerPack = v.object({ name: v.string(), version: v.string(), tier: v.picklist(['quick', 'thorough']) });
export type WorkerPack = v.InferOutput<typeof WorkerPack>;

/** A worker that lives, as others know it. */
export interface LivingWorker {
  /** Its machine, and what tells it from others there. */
  readonly id: string;
  /** Of its Touchstone; empty of one that does not say it. */
  readonly version: string;
  readonly packs: readonly WorkerPack[];
}

/** Workers that gave a sign a moment ago. */
export async function livingWorkers(database: Kysely<TeamTables>, tenant: string): Promise<readonly LivingWorker[]> {
  const found = await sql<{ id: string; version: string; packs: string }>`SELECT id, version, packs FROM workers
    WHERE tenant = ${tenant} AND seen > now() - ${SILENT_MS} * interval '1 millisecond' ORDER BY id`.execute(database);
  return found.rows.map(({ id, version, packs }) => {
    const known = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(WorkerPack)), packs);
    // One of another version says it in its own words.
    return { id, version, packs: known.success ? known.output : [] };
  });
}

/** Packs of the workers that live, each once, with how many have it. */
export async function packsOfWorkers(
  database: Kysely<TeamTables>,
  tenant: string,
): Promise<readonly (WorkerPack & { readonly workers: number })[]> {
  const counted = new Map<string, WorkerPack & { readonly workers: number }>();
  for (const pack of (await livingWorkers(database, tenant)).flatMap(({ packs }) => packs)) {
    const key = JSON.stringify([pack.tier, pack.name, pack.version]);
    counted.set(key, { ...pack, workers: (counted.get(key)?.workers ?? 0) + 1 });
  }
  return [...counted.values()].toSorted((a, b) => packLabel(a).localeCompare(packLabel(b), 'en'));
}

/** Says what a worker that lives can do; nothing where that is known. */
async function tellPacks(database: Kysely<TeamTables>, tenant: string, worker: string, packs: readonly WorkerPack[]) {
  const text = JSON.stringify(packs.map(({ name, version, tier }) => ({ name, version, tier })));
  await sql`UPDATE workers SET packs = ${text}, version = ${COMPANION_VERSION}
    WHERE tenant = ${tenant} AND id = ${worker} AND (packs, version) <> (${text}, ${COMPANION_VERSION})`.execute(
    database,
  );
}

/** Says that a worker lives, in whatever transaction it is. */
export async function giveSign(database: Kysely<TeamTables>, tenant: string, worker: string): Promise<void> {
  await sql`INSERT INTO workers (tenant, id) VALUES (${tenant}, ${worker})
    ON CONFLICT (tenant, id) DO UPDATE SET seen = now()`.execute(database);
}

/**
 * Says that a worker lives, and finds those that do not, until `signal` aborts.
 * @param recover is called with the name of each dead worker
 * @param onTrouble is told when the database does not answer
 */
export async function keepSigns(
  database: Kysely<TeamTables>,
  given: { readonly tenant: string; readonly worker: string; readonly packs: () => readonly WorkerPack[] },
  recover: (dead: string) => Promise<unknown>,
  { signal, onTrouble }: { readonly signal: AbortSignal; readonly onTrouble: (error: unknown) => void },
): Promise<void> {
  const { tenant, worker, packs } = given;
  /** Since when the database has answered: after an outage everybody was silent, and nobody is dead for that. */
  let answering = performance.now();
  while (!signal.aborted) {
    try {
      await giveSign(database, tenant, worker);
      await tellPacks(database, tenant, worker, packs());
      if (performance.now() - answering > SILENT_MS) {
        const silent = await sql<{ id: string }>`SELECT id FROM workers
          WHERE tenant = ${tenant} AND seen < now() - ${SILENT_MS} * interval '1 millisecond'`.execute(database);
        for (const { id } of silent.rows) await recover(id);
      }
    } catch (error) {
      answering = performance.now();
      onTrouble(error);
    }
    await wait(SIGN_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

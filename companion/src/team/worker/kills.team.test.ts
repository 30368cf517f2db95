import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { awaitJob } from '../../jobs/await-job.ts';
import { workOf } from '../../jobs/fixtures/ledger-conformance.ts';
import { memoryContentStore } from '../../store/fixtures/memory-content-store.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { type Simulated, spawnWorker, type WorkerProcess } from '../fixtures/worker-process.ts';
import { openTeam, type Team } from '../open-team.ts';

/** `npm run test:long` does it with 10,000 captures, 20 kills of workers and 3 of PostgreSQL. */
const CAPTURES = Number(process.env.TOUCHSTONE_TEAM_CAPTURES ?? 600);
const WORKER_KILLS = Number(process.env.TOUCHSTONE_TEAM_KILLS ?? 2);
const POSTGRES_KILLS = Number(process.env.TOUCHSTONE_TEAM_POSTGRES_KILLS ?? 1);
const WORKERS = 3;

// The disk is waited for, or a kill would prove nothing.
const databases = testDatabases();

async function startWorker(url: string, simulated?: Simulated): Promise<WorkerProcess> {
  const worker = await spawnWorker(url, simulated);
  onTestFinished(() => worker.kill());
  return worker;
}

async function openServer(url: string): Promise<Team> {
  const team = await openTeam({ database: url, content: memoryContentStore() });
  onTestFinished(() => team.close());
  return team;
}

async function acceptBulk(team: Team, count: number): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const works = Array.from({ length: Math.min(500, count - from) }, (_, at) =>
      workOf(from + at, { lane: 'bulk', owner: `person-${(from + at) % 3}`, client: `client-${(from + at) % 3}` }),
    );
    await team.ledger.accept(works);
  }
}

async function count(team: Team, what: string): Promise<number> {
  const rows = await sql<{ total: number }>`SELECT count(*) AS total FROM ${sql.raw(what)}`.execute(
    team.database.kysely,
  );
  return rows.rows[0]?.total ?? 0;
}

const isComplete = "jobs WHERE state = 'completed'";

async function untilCompleted(team: Team, wanted: number): Promise<void> {
  await expect
    .poll(() => count(team, isComplete).catch(() => -1), { interval: 200, timeout: 3_000_000 })
    .toBeGreaterThanOrEqual(wanted);
}

async function untilEnded(team: Team, wanted: number): Promise<void> {
  const ended = "jobs WHERE state IN ('completed', 'failed')";
  await expect
    .poll(() => count(team, ended).catch(() => -1), { interval: 200, timeout: 3_000_000 })
    .toBeGreaterThanOrEqual(wanted);
}

it('writes each record once, whoever is killed', { timeout: 3_600_000 }, async () => {
  const url = await databases.fresh();
  const server = databases.server();
  const team = await openServer(url);
  await acceptBulk(team, CAPTURES);
  const workers: WorkerProcess[] = [];
  for (let at = 0; at < WORKERS; at += 1) workers.push(await startWorker(url));
  const kills = [
    ...Array.from({ length: WORKER_KILLS }, () => 'worker' as const),
    ...Array.from({ length: POSTGRES_KILLS }, () => 'postgres' as const),
  ];
  for (const [at, kill] of kills.entries()) {
    await untilEnded(team, Math.floor((CAPTURES * (at + 1)) / (kills.length + 2)));
    if (kill === 'worker') {
      await workers.shift()?.kill();
      workers.push(await startWorker(url));
    } else {
      await server.kill();
      await wait(500);
      await server.start();
    }
  }
  await untilEnded(team, CAPTURES);
  // Twice killed while it was alone in a worker's hands looks as if it were the killer: a person lets it wait again.
  const setAside = await team.ledger.list({ states: ['failed'], limit: CAPTURES });
  for (const { id, error } of setAside) {
    expect(error?.code).toBe('job-set-aside');
    await team.ledger.retry(id);
  }
  await untilCompleted(team, CAPTURES);
  expect({
    records: await count(team, 'records'),
    contents: await count(team, '(SELECT DISTINCT owner, sha256 FROM records) AS each'),
    jobs: await count(team, isComplete),
    answered: await count(team, 'jobs JOIN records ON records.id = jobs.record AND records.owner = jobs.owner'),
    queued: await count(team, 'pgboss.job'),
  }).toEqual({ records: CAPTURES, contents: CAPTURES, jobs: CAPTURES, answered: CAPTURES, queued: 0 });
  const chain = await team.owners.within('person-0', () => team.owners.history.verify());
  expect(chain).toMatchObject({ intact: true, records: CAPTURES, breaks: [] });
  expect(workers.every((worker) => worker.isRunning())).toBe(true);
});

it('has what a killed worker held done by another', async () => {
  const url = await databases.fresh();
  const team = await openServer(url);
  const dead = await startWorker(url, { milliseconds: 3_600_000 });
  await acceptBulk(team, 5);
  await expect.poll(() => count(team, "jobs WHERE state = 'processing'")).toBe(5);
  await startWorker(url, { milliseconds: 1 });
  const killedAt = performance.now();
  await dead.kill();
  await untilCompleted(team, 5);
  console.log(`a dead worker's jobs were done ${Math.round(performance.now() - killedAt)} ms after its end`);
  expect(await count(team, 'jobs WHERE attempts = 2 AND deaths = 0 AND suspect')).toBe(5);
});

it('answers a question while bulk waits, long before the bulk is done', async () => {
  const url = await databases.fresh();
  const team = await openServer(url);
  await acceptBulk(team, 2_000);
  await startWorker(url);
  await untilCompleted(team, 16);
  const asked = await team.ledger.accept([workOf(9_999_999)]);
  const before = await count(team, isComplete);
  const job = asked.outcome === 'accepted' ? asked.jobs[0] : undefined;
  const done = await awaitJob(team.ledger, job?.id ?? '', AbortSignal.timeout(200_000));
  expect(done).toMatchObject({ state: 'completed' });
  // What the worker had in its hands, and the one batch that began meanwhile; whatever ended later does not count.
  const earlier = `${isComplete} AND ended_at < (SELECT ended_at FROM jobs WHERE id = '${job?.id}')`;
  expect((await count(team, earlier)) - before).toBeLessThan(5 * 16);
});

it('shares work among workers, and has a batch together', async () => {
  const url = await databases.fresh();
  const team = await openServer(url);
  await Promise.all(Array.from({ length: 4 }, () => startWorker(url)));
  const startedAt = performance.now();
  await acceptBulk(team, 1_000);
  await untilCompleted(team, 1_000);
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`4 workers, batches of 16 in 200 ms: ${Math.round(1_000 / seconds)} captures a second`);
  expect(await count(team, 'records')).toBe(1_000);
  expect(await count(team, 'jobs WHERE attempts <> 1 OR suspect')).toBe(0);
});

it('has old and new packs in flight together, each record naming its own', async () => {
  const url = await databases.fresh();
  const team = await openServer(url);
  const packs = ['quick@1.0.0', 'quick@2.0.0'];
  const works = Array.from({ length: 120 }, (_, at) =>
    workOf(at, { lane: 'bulk', settings: { quickPack: packs[at % 2] ?? null, thoroughPack: null } }),
  );
  await team.ledger.accept(works);
  const old = await startWorker(url, { milliseconds: 20, pack: packs[0] ?? '' });
  await startWorker(url, { milliseconds: 20, pack: packs[1] ?? '' });
  await untilCompleted(team, works.length);
  // What was accepted for a version that nobody has any more waits for one that has it.
  await old.stop();
  await team.ledger.accept([workOf(500, { settings: { quickPack: packs[0] ?? null, thoroughPack: null } })]);
  await team.ledger.accept([workOf(501, { settings: { quickPack: packs[1] ?? null, thoroughPack: null } })]);
  await untilCompleted(team, works.length + 1);
  const named =
    "jobs JOIN records ON records.id = jobs.record AND records.pack = jobs.work::json->'settings'->>'quickPack'";
  expect(await count(team, named)).toBe(works.length + 1);
  expect(await count(team, "jobs WHERE state = 'pending'")).toBe(1);
});

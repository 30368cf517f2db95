import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { awaitJob } from '../../src/jobs/await-job.ts';
import type { JobWork } from '../../src/jobs/job.ts';
import { memoryContentStore } from '../../src/store/fixtures/memory-content-store.ts';
import { startPostgres } from '../../src/team/fixtures/start-postgres.ts';
import { spawnWorker } from '../../src/team/fixtures/worker-process.ts';
import { openTeam, type Team } from '../../src/team/open-team.ts';
import { level, type Measurement, quantile, timing } from '../statistics.ts';

/** What a graphics processor would do: so many pictures in so long. */
const BATCH = 16;
const BATCH_MS = 200;

/** Captures a second of one worker that is never kept waiting. */
const IDEAL = BATCH / (BATCH_MS / 1_000);

const ACCEPTED_AT_ONCE = 1_000;

/** Share of the ideal below which workers wait for the queue. */
const LEAST_EFFICIENCY = 0.9;

/** How much longer a question may take than one on an idle team, at the 95th percentile. Milliseconds. */
const MORE_MS = 250;

/** How much the tables of the queue may be larger after so many jobs than with all of them waiting. */
const MOST_BLOAT = 1.5;

/** A check that nobody's content store need hold. */
export function workOf(index: number, lane: JobWork['lane']): JobWork {
  return {
    kind: 'picture',
    content: index.toString(16).padStart(64, '0'),
    bytes: 1000,
    lane,
    source: { kind: 'image', path: 'file', private: false },
    settings: { quickPack: null, thoroughPack: null },
    fresh: false,
    owner: 'bench',
    client: `${lane} ${index % 3}`,
  };
}

async function acceptBulk(team: Team, count: number): Promise<void> {
  for (let from = 0; from < count; from += ACCEPTED_AT_ONCE) {
    const part = Math.min(ACCEPTED_AT_ONCE, count - from);
    await team.ledger.accept(Array.from({ length: part }, (_, at) => workOf(from + at, 'bulk')));
  }
}

/** How many checks of a team have ended with a record. */
export async function completed(team: Team): Promise<number> {
  const rows = await sql<{ total: number }>`SELECT count(*) AS total FROM jobs WHERE state = 'completed'`.execute(
    team.database.kysely,
  );
  return rows.rows[0]?.total ?? 0;
}

async function until(team: Team, count: number): Promise<void> {
  while ((await completed(team)) < count) await wait(50);
}

/** Runs `measure` on a team with so many workers. */
async function withTeam<Result>(workers: number, measure: (team: Team) => Promise<Result>): Promise<Result> {
  const postgres = await startPostgres();
  const url = postgres.url('postgres');
  const team = await openTeam({ database: url, content: memoryContentStore() });
  const running = await Promise.all(
    Array.from({ length: workers }, () => spawnWorker(url, { batch: BATCH, milliseconds: BATCH_MS })),
  );
  try {
    return await measure(team);
  } finally {
    await Promise.all(running.map((worker) => worker.kill()));
    await team.close();
    await postgres.stop();
  }
}

/** What the tables take that hand out work: they must hold what waits, and nothing else. @returns MB */
async function queueSize(team: Team): Promise<number> {
  const size = sql<{ bytes: number }>`SELECT sum(pg_total_relation_size(oid))::bigint AS bytes FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'pgboss'::regnamespace`;
  return ((await size.execute(team.database.kysely)).rows[0]?.bytes ?? 0) / 1e6;
}

interface Work {
  /** Captures a second, from the first that ended to the last. */
  readonly rate: number;
  /** The queue's tables with everything waiting, and with nothing any more. MB. */
  readonly full: number;
  readonly empty: number;
}

async function work(workers: number, captures: number): Promise<Work> {
  return withTeam(workers, async (team) => {
    await acceptBulk(team, captures);
    const full = await queueSize(team);
    await until(team, 1);
    const [before, start] = [await completed(team), performance.now()];
    await until(team, captures);
    const rate = ((captures - before) / (performance.now() - start)) * 1_000;
    return { rate, full, empty: await queueSize(team) };
  });
}

/** How long questions take, one after the other. @returns milliseconds */
async function questionTimes(questions: number, bulk: number): Promise<number[]> {
  return withTeam(1, async (team) => {
    await acceptBulk(team, bulk);
    if (bulk > 0) await until(team, BATCH);
    const times: number[] = [];
    for (let at = 0; at <= questions; at += 1) {
      const start = performance.now();
      const accepted = await team.ledger.accept([workOf(1e9 + at, 'asked')]);
      const id = accepted.outcome === 'accepted' ? accepted.jobs[0]?.id : undefined;
      await awaitJob(team.ledger, id ?? '', AbortSignal.timeout(60_000));
      // The first one makes the queue.
      if (at > 0) times.push(performance.now() - start);
      // Between two questions a batch begins, at another place each time.
      await wait((at * 37) % BATCH_MS);
    }
    return times;
  });
}

/**
 * Workers whose graphics processor is a clock, on a PostgreSQL of their own: how close they come to what the clock allows, what the
 * queue's tables weigh after it, and a question among bulk work.
 */
export async function simulatedTeam(captures: number, questions: number): Promise<Measurement[]> {
  const found: Measurement[] = [];
  let last: Work | undefined;
  for (const workers of [1, 2, 4]) {
    last = await work(workers, captures);
    const name = `team of ${workers}, batches of ${BATCH} in ${BATCH_MS} ms`;
    const measured = level(name, 'pictures/s', [last.rate], workers * IDEAL);
    found.push({ ...measured, limit: `>= ${LEAST_EFFICIENCY} of the ideal` });
  }
  if (last) {
    const bloat = level(
      `tables of the queue after ${captures} checks, against all waiting`,
      'MB',
      [last.empty],
      last.full,
    );
    found.push({ ...bloat, limit: `<= ${MOST_BLOAT} times` });
  }
  const idle = await questionTimes(questions, 0);
  const busy = await questionTimes(questions, captures);
  found.push(timing('question to a team with nothing to do', idle));
  found.push({
    ...level(
      `question while ${captures} bulk captures wait, 95th percentile`,
      'ms',
      [quantile(busy, 0.95)],
      [quantile(idle, 0.95)],
    ),
    n: busy.length,
    limit: `<= that of an idle team + ${MORE_MS} ms`,
  });
  return found;
}

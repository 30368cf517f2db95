import { type Kysely, sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { awaitJob } from '../../jobs/await-job.ts';
import {
  describeJobLedger,
  type LedgerFactoryOptions,
  type LedgerUnderTest,
  workOf,
} from '../../jobs/fixtures/ledger-conformance.ts';
import { openTeamDatabase } from '../database/open-database.ts';
import type { TeamTables } from '../database/tables.ts';
import { openEventBus } from '../events/event-bus.ts';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { createTeamWriter } from '../records/record-writer.ts';
import { openTeamHistory } from '../records/team-history.ts';
import { createJobEnding } from './end-jobs.ts';
import { ANY_PACK, queueOf } from './job-id.ts';
import { openQueue } from './queue.ts';
import { createTeamLedger } from './team-ledger.ts';

const databases = testDatabases({ fsync: 'off' });

const SCOPE = { tenant: 'team', owner: 'local' };

async function open(url: string, options: LedgerFactoryOptions = {}): Promise<LedgerUnderTest> {
  const database = opened(url);
  const boss = await openQueue(url, { supervise: false });
  const bus = await openEventBus(url, database.kysely);
  const queues = async () => [queueOf(ANY_PACK), queueOf('quick@1.0.0')];
  const ledger = createTeamLedger({ ...options, database, boss, bus, tenant: SCOPE.tenant, queues });
  const writer = createTeamWriter(database.kysely, SCOPE.tenant, createJobEnding(boss, SCOPE.tenant, options.now));
  const history = await openTeamHistory({ database, bus, writer }, SCOPE);
  const local = new AbortController();
  history.subscribe((event) => {
    if (event.type === 'record' && event.jobId !== undefined) told.push(ledger.ended([event.jobId]));
  }, local.signal);
  const told: Promise<void>[] = [];
  onTestFinished(async () => {
    local.abort();
    await Promise.all(told);
    await ledger.close();
    await history.close();
    await bus.close();
    await boss.stop({ graceful: false });
  });
  return {
    ledger,
    records: {
      async append(record, job) {
        await history.append(record, {}, job);
        await Promise.all(told);
      },
      has: async (id) => (await history.get(id)) !== undefined,
      delete: async (id) => void (await history.deleteIds([id])),
    },
    reopen: () => open(url, options),
  };
}

describeJobLedger('PostgreSQL', async (options) => open(await databases.fresh(), options));

async function pair() {
  const url = await databases.fresh();
  return [await open(url), await open(url)] as const;
}

it('takes the same question of one owner once, and another owner apart', async () => {
  const [{ ledger }] = await pair();
  const first = await ledger.accept([workOf(1, { lane: 'bulk' })]);
  const again = await ledger.accept([workOf(1, { lane: 'asked' })]);
  const other = await ledger.accept([workOf(1, { owner: 'other' })]);
  const ids = [first, again, other].map((one) => (one.outcome === 'accepted' ? one.jobs[0]?.id : undefined));
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
  // A person who asks does not wait behind the bulk that it was part of.
  expect((await ledger.counts()).pending).toEqual({ asked: 2, bulk: 0 });
  expect(await ledger.accept([workOf(1, { fresh: true })])).toMatchObject({ jobs: [{ state: 'pending' }] });
  expect((await ledger.counts()).pending.asked).toBe(3);
});

it('takes what failed once more, and answers what was completed with its record', async () => {
  const [{ ledger }] = await pair();
  await ledger.accept([workOf(1), workOf(2)]);
  const [one, two] = await ledger.claimMany('w', 2);
  if (!one || !two) throw new Error('nothing to do');
  await ledger.fail(one.claim, { code: 'internal', message: 'x', retryable: true, nextStep: 'y' });
  await ledger.complete(two.claim, 'R');
  expect(await ledger.accept([workOf(1), workOf(2)])).toMatchObject({
    jobs: [
      { id: one.job.id, state: 'pending', error: null },
      { id: two.job.id, state: 'completed', recordId: 'R' },
    ],
  });
  expect((await ledger.claimMany('w', 9)).map(({ job }) => job.id)).toEqual([one.job.id]);
});

it('hands every job to one of several processes that ask at once', async () => {
  const [near, far] = await pair();
  await near.ledger.accept(Array.from({ length: 60 }, (_, index) => workOf(index)));
  const asked = Array.from({ length: 20 }, (_, at) => (at % 2 ? near : far).ledger.claimMany(`w${at % 4}`, 5));
  const ids = (await Promise.all(asked)).flat().map(({ job }) => job.id);
  expect([ids.length, new Set(ids).size]).toEqual([60, 60]);
});

it('takes clients in turns, however many jobs each has, while they end at once', async () => {
  const [{ ledger }] = await pair();
  await ledger.accept(Array.from({ length: 300 }, (_, index) => workOf(index, { lane: 'bulk', client: 'a' })));
  const served: string[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    if (turn === 4) await ledger.accept([1, 2, 3].map((one) => workOf(1000 + one, { lane: 'bulk', client: 'b' })));
    for (const { job, claim } of await ledger.claimMany('w', 1)) {
      served.push(job.work.client);
      await ledger.complete(claim, 'R');
    }
  }
  expect(served.join('')).toMatch(/^aaaa(ab|ba|b)/);
  expect(served.slice(4, 11).filter((client) => client === 'b')).toHaveLength(3);
});

it('gives a worker only work of packs that it has', async () => {
  const [{ ledger }] = await pair();
  await ledger.accept([workOf(1, { pack: 'quick@1.0.0' }), workOf(2, { pack: 'quick@2.0.0' })]);
  expect((await ledger.claimMany('w', 9)).map(({ job }) => job.work.pack)).toEqual(['quick@1.0.0']);
});

it('gives somebody whose hands are full of bulk the questions alone', async () => {
  const url = await databases.fresh();
  const database = opened(url);
  const boss = await openQueue(url, { supervise: false });
  const bus = { tell: async () => {}, subscribe: () => {}, onGap: () => {}, close: async () => {} };
  const ledger = createTeamLedger({ database, boss, bus, tenant: 'team', queues: async () => [queueOf(ANY_PACK)] });
  onTestFinished(async () => {
    await ledger.close();
    await boss.stop({ graceful: false });
  });
  await ledger.accept([workOf(1, { lane: 'bulk' }), workOf(2, { lane: 'bulk' }), workOf(3)]);
  expect((await ledger.claimAsked('w', 9)).map(({ job }) => job.work.lane)).toEqual(['asked']);
  expect(await ledger.claimAsked('w', 9)).toEqual([]);
  expect(await ledger.claimMany('w', 9)).toHaveLength(2);
});

/** Rows of the table of jobs, and of its indexes, that were read so far. */
async function rowsRead(database: Kysely<TeamTables>): Promise<number> {
  // Each connection of the pool tells what it has counted.
  await Promise.all(
    Array.from({ length: 12 }, () => sql`SELECT pg_stat_force_next_flush(), pg_sleep(0.05)`.execute(database)),
  );
  const read = await sql<{ rows: number }>`SELECT (seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes
    WHERE relid = 'jobs'::regclass))::bigint AS rows FROM pg_stat_user_tables WHERE relid = 'jobs'::regclass`.execute(
    database,
  );
  return read.rows[0]?.rows ?? 0;
}

it.for([false, true])(
  'reads a few jobs to hand some out, however many wait (tables analysed: %s)',
  async (analysed) => {
    const url = await databases.fresh();
    const database = openTeamDatabase(url, { prepares: true });
    onTestFinished(() => database.close());
    const boss = await openQueue(url, { supervise: false });
    const bus = { tell: async () => {}, subscribe: () => {}, onGap: () => {}, close: async () => {} };
    const ledger = createTeamLedger({ database, boss, bus, tenant: 'team', queues: async () => [queueOf(ANY_PACK)] });
    onTestFinished(async () => {
      await ledger.close();
      await boss.stop({ graceful: false });
    });
    await ledger.accept(Array.from({ length: 2_000 }, (_, index) => workOf(index, { lane: 'bulk' })));
    if (analysed) await sql`ANALYZE jobs`.execute(database.kysely);
    const before = await rowsRead(database.kysely);
    for (let at = 0; at < 20; at += 1) {
      for (const { claim } of await ledger.claimMany('w', 3)) await ledger.complete(claim, 'R');
    }
    expect((await rowsRead(database.kysely)) - before).toBeLessThan(2_000);
  },
);

/** A ledger that no message reaches. */
async function deafLedger(url: string) {
  const database = opened(url);
  const boss = await openQueue(url, { supervise: false });
  const bus = { tell: async () => {}, subscribe: () => {}, onGap: () => {}, close: async () => {} };
  const ledger = createTeamLedger({ database, boss, bus, tenant: SCOPE.tenant, queues: async () => [] });
  onTestFinished(async () => {
    await ledger.close();
    await boss.stop({ graceful: false });
  });
  return ledger;
}

it('tells what another process did, also where no message comes', async () => {
  const url = await databases.fresh();
  const near = await open(url);
  await near.ledger.accept([workOf(1)]);
  const far = await deafLedger(url);
  const heard: string[] = [];
  far.subscribe(({ id, state }) => heard.push(`${id} ${state}`), new AbortController().signal);
  const accepted = await near.ledger.accept([workOf(2)]);
  const id = accepted.outcome === 'accepted' ? accepted.jobs[0]?.id : '';
  const waiting = awaitJob(far, id ?? '', AbortSignal.timeout(300_000));
  await near.ledger.cancel(id ?? '');
  await expect.poll(() => heard).toContain(`${id} cancelled`);
  expect(await waiting).toMatchObject({ state: 'cancelled' });
  expect(new Set(heard).size).toBe(heard.length);
});

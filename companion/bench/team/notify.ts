import { setTimeout as wait } from 'node:timers/promises';
import { memoryContentStore } from '../../src/store/fixtures/memory-content-store.ts';
import { startPostgres } from '../../src/team/fixtures/start-postgres.ts';
import { openQueue } from '../../src/team/jobs/queue.ts';
import { createTeamLedger, type TeamLedger } from '../../src/team/jobs/team-ledger.ts';
import { openTeam, TENANT } from '../../src/team/open-team.ts';
import { type Measurement, timing } from '../statistics.ts';
import { workOf } from './simulated.ts';

/** Longest pause between two looks at the table, which messages make unnecessary. Milliseconds. */
const POLL_MS = 1_000;

/** How long it takes until a process hears of a check that another accepts. @returns milliseconds */
async function hearingTimes(
  teller: TeamLedger,
  listener: TeamLedger,
  { count, first }: { readonly count: number; readonly first: number },
): Promise<number[]> {
  const over = new AbortController();
  const heard = new Map<string, () => void>();
  const told = new Set<string>();
  listener.subscribe(({ id }) => {
    told.add(id);
    heard.get(id)?.();
  }, over.signal);
  const times: number[] = [];
  for (let at = 0; at <= count; at += 1) {
    // Not in step with whoever looks by the clock.
    await wait((at * 137) % POLL_MS);
    const start = performance.now();
    const { promise, resolve } = Promise.withResolvers<void>();
    const accepted = await teller.accept([workOf(first + at, 'asked')]);
    const id = accepted.outcome === 'accepted' ? (accepted.jobs[0]?.id ?? '') : '';
    heard.set(id, resolve);
    if (!told.has(id)) await promise;
    if (at > 0) times.push(performance.now() - start);
  }
  over.abort();
  return times;
}

/** NOTIFY against looking at the table every second: from the call that accepts a check until another process knows of it. */
export async function notifyAgainstPolling(count: number): Promise<Measurement[]> {
  const postgres = await startPostgres();
  const url = postgres.url('postgres');
  const near = await openTeam({ database: url, content: memoryContentStore() });
  const far = await openTeam({ database: url, content: memoryContentStore() });
  const boss = await openQueue(url, { supervise: false });
  const nothing = { tell: async () => {}, subscribe: () => {}, onGap: () => {}, close: async () => {} };
  const deaf = createTeamLedger({ database: far.database, boss, bus: nothing, tenant: TENANT, queues: async () => [] });
  try {
    const notified = await hearingTimes(near.ledger, far.ledger, { count, first: 2e9 });
    const polled = await hearingTimes(near.ledger, deaf, { count, first: 3e9 });
    return [timing('until another process knows of a check: NOTIFY, against polling every second', notified, polled)];
  } finally {
    await deaf.close();
    await boss.stop({ graceful: false });
    for (const team of [near, far]) await team.close();
    await postgres.stop();
  }
}

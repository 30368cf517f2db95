import { setTimeout as wait } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Job } from '../../jobs/job.ts';
import type { TeamTables } from '../database/tables.ts';
import type { EventBus, TeamMessage } from '../events/event-bus.ts';

/** How often the table is looked at behind the messages, of which each can be lost. Milliseconds. */
const LOOK_MS = 1_000;

/** Changes that one look tells of; more are told by the next. */
const MOST = 500;

/** States of jobs that were told lately, so that the clock does not tell them again. */
const REMEMBERED = 5_000;

export interface ChangeRooms {
  readonly database: Kysely<TeamTables>;
  readonly bus: Omit<EventBus, 'spread'>;
  readonly tenant: string;
  readonly readAll: (ids: readonly string[]) => Promise<readonly Job[]>;
  readonly emit: (job: Job) => void;
  /** Is called for each job that another process ended while nobody listens: it is counted, and not read. */
  readonly onUnheardEnd: () => void;
  readonly onTrouble: (error: unknown) => void;
  readonly isHeard: () => boolean;
  /** Of a worker only what may need it: something that waits, something cancelled. Else everything is told. */
  readonly works: boolean;
}

/** Tells what became of jobs, whoever changed them: by messages, and by a look at the table every second. */
export function watchChanges(
  { database, bus, tenant, readAll, emit, onUnheardEnd, onTrouble, isHeard, works }: ChangeRooms,
  signal: AbortSignal,
) {
  const told = new Map<string, string>();

  function tell(job: Job): void {
    const { id, state, stage, progress, attempts, endedAt } = job;
    const now = JSON.stringify([state, stage, progress, attempts, endedAt]);
    if (told.get(id) === now) return;
    told.delete(id);
    told.set(id, now);
    const [oldest] = told.keys();
    if (told.size > REMEMBERED && oldest !== undefined) told.delete(oldest);
    emit(job);
  }

  bus.subscribe((event) => {
    if (event.tenant !== tenant) return;
    if (!isHeard()) {
      if (event.told.type === 'record' && event.told.job !== undefined) onUnheardEnd();
      return;
    }
    const ids = idsToldBy(event.told);
    if (ids.length > 0) readAll(ids).then((jobs) => jobs.forEach(tell), onTrouble);
  }, signal);

  function idsToldBy(message: TeamMessage): readonly string[] {
    if (message.type === 'record') return message.job === undefined || works ? [] : [message.job];
    if (message.type !== 'jobs') return [];
    if (!works) return message.ids;
    // One of those that wait is enough to wake it.
    const cancelled = message.ids.filter((_, at) => message.states[at] === 'cancelled');
    const waiting = message.ids.find((_, at) => message.states[at] === 'pending');
    return waiting === undefined ? cancelled : [...cancelled, waiting];
  }

  async function newest(): Promise<number> {
    const rows = await sql<{
      last: number | null;
    }>`SELECT max(changed) AS last FROM jobs WHERE tenant = ${tenant}`.execute(database);
    return rows.rows[0]?.last ?? 0;
  }

  /** Numbers are given before their transactions are over: a few behind the last are looked at again. */
  const OVERLAP = 200;

  async function look(): Promise<void> {
    let last: number | undefined;
    while (!signal.aborted) {
      await wait(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted || !isHeard()) continue;
      try {
        if (last === undefined) last = await newest();
        const from = last - OVERLAP;
        const rows = await sql<{ id: string; changed: number }>`SELECT id, changed FROM jobs
          WHERE tenant = ${tenant} AND changed > ${from} ORDER BY changed LIMIT ${MOST + OVERLAP}`.execute(database);
        last = Math.max(last, ...rows.rows.map(({ changed }) => changed));
        for (const job of await readAll(rows.rows.map(({ id }) => id))) tell(job);
      } catch (error) {
        onTrouble(error);
      }
    }
  }

  // A worker asks for work every second by itself, and its heartbeats find what was cancelled.
  const looking = works ? Promise.resolve() : look();
  return {
    tell,
    settled: () => looking,
  };
}

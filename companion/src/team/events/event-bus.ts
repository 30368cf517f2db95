import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import * as v from 'valibot';
import type { TeamTables } from '../database/tables.ts';

/** Channel on which processes of a team tell each other what changed. */
const CHANNEL = 'touchstone_events';

/** PostgreSQL refuses a message of 8,000 bytes. */
const MAX_BYTES = 7_900;

/** How long the connection that listens may say nothing before it is asked whether it lives; then how long it may think. Milliseconds. */
const ASK_EVERY_MS = 5_000;
const ANSWER_MS = 5_000;

/** Between tries to listen again. Milliseconds. */
const AGAIN_MS = 500;

const Message = v.variant('type', [
  v.object({ type: v.literal('record'), id: v.string(), job: v.optional(v.string()) }),
  v.object({ type: v.literal('label'), ids: v.array(v.string()) }),
  v.object({ type: v.literal('cases') }),
  v.object({
    type: v.literal('deleted'),
    ids: v.nullable(v.array(v.string())),
    held: v.optional(v.string()),
    dueAt: v.optional(v.number()),
  }),
  v.object({ type: v.literal('restored'), deletion: v.string() }),
  v.object({ type: v.literal('erased') }),
  v.object({ type: v.literal('imported'), source: v.string() }),
  v.object({ type: v.literal('settings') }),
  v.object({ type: v.literal('jobs'), ids: v.array(v.string()), states: v.array(v.string()) }),
]);
/** What changed, by name: whoever is told reads it, if it may. */
export type TeamMessage = v.InferOutput<typeof Message>;

const Envelope = v.object({ from: v.string(), tenant: v.string(), owner: v.nullable(v.string()), told: Message });

export interface TeamEvent {
  readonly tenant: string;
  /** Whose it is; null: of several. */
  readonly owner: string | null;
  readonly told: TeamMessage;
}

export interface EventBus {
  /** Tells the other processes. What fails is lost: everybody looks again by the clock, too. */
  tell(event: TeamEvent): Promise<void>;
  /** Tells them, and whoever listens in this process: what one person did changes what another sees. */
  spread(event: TeamEvent): Promise<void>;
  /** Calls `listener` for what other processes tell, until `signal` aborts. */
  subscribe(listener: (event: TeamEvent) => void, signal: AbortSignal): void;
  /** Calls `listener` when messages may have been missed, until `signal` aborts. */
  onGap(listener: () => void, signal: AbortSignal): void;
  close(): Promise<void>;
}

/**
 * Events between the processes of a team, by NOTIFY: it needs a session, which a pooler of transactions does not give.
 * @param onTrouble is told when the connection breaks; it is made again
 */
export async function openEventBus(
  url: string,
  database: Kysely<TeamTables>,
  onTrouble: (error: unknown) => void = () => {},
): Promise<EventBus> {
  const self = randomUUID();
  const listeners = new Set<(event: TeamEvent) => void>();
  const gaps = new Set<() => void>();
  const over = new AbortController();
  let current: pg.Client | undefined;

  function hear(payload: string | undefined): void {
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Envelope), payload);
    if (!read.success || read.output.from === self) return;
    const { from: _, ...event } = read.output;
    for (const listener of listeners) listener(event);
  }

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'touchstone events',
      query_timeout: ANSWER_MS,
    });
    client.on('error', () => {});
    client.on('notification', ({ payload }) => hear(payload));
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    current = client;
    return client;
  }

  /** Asks a silent connection whether it lives; a cable that was pulled tells nobody. */
  async function watch(client: pg.Client): Promise<void> {
    const broken = new AbortController();
    client.once('end', () => broken.abort());
    const signal = AbortSignal.any([over.signal, broken.signal]);
    for (;;) {
      await wait(ASK_EVERY_MS, undefined, { signal, ref: false });
      await client.query('SELECT 1');
    }
  }

  async function listen(first: pg.Client): Promise<void> {
    let client: pg.Client | undefined = first;
    while (!over.signal.aborted) {
      try {
        client ??= await connect();
        await watch(client);
      } catch (error) {
        if (over.signal.aborted) return;
        onTrouble(error);
        client?.end().catch(() => undefined);
        client = undefined;
        await wait(AGAIN_MS, undefined, { ref: false });
        client = await connect().catch(() => undefined);
        if (client) for (const gap of gaps) gap();
      }
    }
  }

  const listening = listen(await connect());

  function join<Listener>(all: Set<Listener>, listener: Listener, signal: AbortSignal): void {
    if (signal.aborted) return;
    all.add(listener);
    signal.addEventListener('abort', () => all.delete(listener), { once: true });
  }

  let waiting: string[] = [];
  let telling: Promise<void> | undefined;

  /** Everything that waits in one statement; what comes meanwhile in the next. */
  async function tellAll(): Promise<void> {
    await nextTurn();
    const payloads = waiting;
    waiting = [];
    telling = undefined;
    await sql`SELECT pg_notify(${CHANNEL}, payload) FROM unnest(${payloads}::text[]) AS given (payload)`.execute(
      database,
    );
  }

  async function tell(event: TeamEvent): Promise<void> {
    const payload = JSON.stringify({ from: self, ...event });
    if (Buffer.byteLength(payload) > MAX_BYTES) throw new RangeError('an event that no message holds');
    waiting.push(payload);
    telling ??= tellAll();
    await telling;
  }

  return {
    tell,
    async spread(event) {
      for (const listener of listeners) listener(event);
      await tell(event);
    },
    subscribe: (listener, signal) => join(listeners, listener, signal),
    onGap: (listener, signal) => join(gaps, listener, signal),
    async close() {
      await telling?.catch(() => undefined);
      over.abort();
      await listening;
      await current?.end().catch(() => undefined);
    },
  };
}

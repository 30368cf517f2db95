import { randomBytes } from 'node:crypto';
import { TouchstoneError } from '@touchstone/shared';
import type { GuardedStore } from '../log/guarded-store.ts';
import type { Row } from '../log/history-queries.ts';

/** A listener as it is kept. */
export interface StoredWebhook {
  readonly id: string;
  /** Whose checks it hears of. */
  readonly client: string;
  readonly url: string;
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** A message that is due. */
export interface DueMessage {
  /** The same at every attempt. */
  readonly id: string;
  readonly jobId: string;
  /** Made so far. */
  readonly attempts: number;
  readonly webhook: StoredWebhook;
}

export interface MessageState {
  readonly id: string;
  readonly jobId: string;
  readonly state: 'waiting' | 'delivered' | 'given-up';
  readonly attempts: number;
  readonly dueAt: number;
  readonly endedAt: number | null;
  readonly failure: string | null;
}

/** Listeners of one client; each message goes to all of them. */
export const MAX_WEBHOOKS = 8;

/** Bytes of a key: what Standard Webhooks recommends. */
const SECRET_BYTES = 32;

/** Messages that are told about at once. */
const LISTED = 200;

const COLUMNS = 'webhooks.id, client, url, secret, created_at';

const webhookOf = (row: Row): StoredWebhook => ({
  id: String(row.id),
  client: String(row.client),
  url: String(row.url),
  secret: String(row.secret),
  createdAt: Number(row.created_at),
});

/** Listeners and their messages, beside the checks that they tell of. */
export interface WebhookStore {
  /** @throws TouchstoneError `bad-request` where a client has too many */
  create(client: string, url: string, now: number): StoredWebhook;
  /** Oldest first. */
  list(client: string): readonly (StoredWebhook & { readonly waiting: number; readonly givenUp: number })[];
  /** Newest first. @returns undefined where the client has no such listener */
  messages(client: string, id: string): readonly MessageState[] | undefined;
  delete(client: string, id: string): boolean;
  /** Forgets all listeners of a client. */
  deleteOf(client: string): void;
  /** The message of each listener that is due first, but for those of `busy`. */
  due(now: number, busy: ReadonlySet<string>): readonly DueMessage[];
  /** When the next message is due, milliseconds since 1970; undefined where none waits. */
  nextDueAt(busy: ReadonlySet<string>): number | undefined;
  delivered(messageId: string, now: number): void;
  failed(messageId: string, failure: string, dueAt: number): void;
  giveUp(messageId: string, failure: string, now: number): void;
}

export function createWebhookStore(store: GuardedStore): WebhookStore {
  const all = (sql: string, ...values: (string | number)[]): Row[] =>
    store.use(({ database }) => database.prepare(sql).all(...values));
  const run = (sql: string, ...values: (string | number | null)[]): number =>
    store.change(({ database }) => Number(database.prepare(sql).run(...values).changes));

  return {
    create(client, url, now) {
      const taken = Number(all('SELECT count(*) AS total FROM webhooks WHERE client = ?', client)[0]?.total ?? 0);
      if (taken >= MAX_WEBHOOKS) throw new TouchstoneError('bad-request', `url: ${MAX_WEBHOOKS} listeners already`);
      const webhook: StoredWebhook = {
        id: `wh_${randomBytes(12).toString('hex')}`,
        client,
        url,
        secret: `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`,
        createdAt: now,
      };
      run(
        'INSERT INTO webhooks (id, client, url, secret, created_at) VALUES (?, ?, ?, ?, ?)',
        webhook.id,
        client,
        url,
        webhook.secret,
        now,
      );
      return webhook;
    },
    list: (client) =>
      all(
        `SELECT ${COLUMNS},
           (SELECT count(*) FROM webhook_messages WHERE webhook = webhooks.number AND state = 'waiting') AS waiting,
           (SELECT count(*) FROM webhook_messages WHERE webhook = webhooks.number AND state = 'given-up') AS given_up
         FROM webhooks WHERE client = ? ORDER BY number`,
        client,
      ).map((row) => ({ ...webhookOf(row), waiting: Number(row.waiting), givenUp: Number(row.given_up) })),
    messages(client, id) {
      if (all('SELECT 1 FROM webhooks WHERE client = ? AND id = ?', client, id).length === 0) return undefined;
      return all(
        `SELECT webhook_messages.id, job, state, attempts, due_at, ended_at, failure
         FROM webhook_messages JOIN webhooks ON webhooks.number = webhook
         WHERE webhooks.id = ? ORDER BY webhook_messages.number DESC LIMIT ${LISTED}`,
        id,
      ).map(messageOf);
    },
    delete: (client, id) => run('DELETE FROM webhooks WHERE client = ? AND id = ?', client, id) > 0,
    deleteOf: (client) => void run('DELETE FROM webhooks WHERE client = ?', client),
    due: (now, busy) =>
      all(
        `SELECT webhook_messages.id AS message, job, attempts, ${COLUMNS}
         FROM webhooks JOIN webhook_messages ON webhook_messages.number = (
           SELECT number FROM webhook_messages WHERE webhook = webhooks.number AND state = 'waiting' AND due_at <= ?
           ORDER BY due_at, number LIMIT 1)`,
        now,
      )
        .filter(({ id }) => !busy.has(String(id)))
        .map((row) => ({
          id: String(row.message),
          jobId: String(row.job),
          attempts: Number(row.attempts),
          webhook: webhookOf(row),
        })),
    nextDueAt(busy) {
      const times = all(
        `SELECT webhooks.id, min(due_at) AS at FROM webhook_messages JOIN webhooks ON webhooks.number = webhook
         WHERE state = 'waiting' GROUP BY webhook`,
      ).flatMap(({ id, at }) => (busy.has(String(id)) ? [] : [Number(at)]));
      return times.length === 0 ? undefined : Math.min(...times);
    },
    delivered: (id, now) =>
      void run(
        "UPDATE webhook_messages SET state = 'delivered', attempts = attempts + 1, ended_at = ?, failure = NULL WHERE id = ?",
        now,
        id,
      ),
    failed: (id, failure, dueAt) =>
      void run(
        'UPDATE webhook_messages SET attempts = attempts + 1, due_at = ?, failure = ? WHERE id = ?',
        dueAt,
        failure,
        id,
      ),
    giveUp: (id, failure, now) =>
      void run(
        "UPDATE webhook_messages SET state = 'given-up', attempts = attempts + 1, ended_at = ?, failure = ? WHERE id = ?",
        now,
        failure,
        id,
      ),
  };
}

function messageOf(row: Row): MessageState {
  const state = row.state === 'delivered' || row.state === 'given-up' ? row.state : 'waiting';
  return {
    id: String(row.id),
    jobId: String(row.job),
    state,
    attempts: Number(row.attempts),
    dueAt: Number(row.due_at),
    endedAt: typeof row.ended_at === 'number' ? row.ended_at : null,
    failure: typeof row.failure === 'string' ? row.failure : null,
  };
}

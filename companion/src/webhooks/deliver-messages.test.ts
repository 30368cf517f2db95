import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errorReport } from '@touchstone/shared';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { createSqliteLedger } from '../jobs/embedded/sqlite-ledger.ts';
import { workOf } from '../jobs/fixtures/ledger-conformance.ts';
import { openHistory } from '../log/create-result-log.ts';
import { type DeliveryRooms, deliverMessages, RETRY_AFTER_MS } from './deliver-messages.ts';
import { listenForMessages } from './fixtures/test-listener.ts';
import { createWebhookStore } from './webhook-store.ts';

const WAIT = { timeout: 300_000, interval: 20 };
const CLIENT = 'token:a';

async function openRooms() {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-webhooks-'));
  const path = join(folder, 'history.sqlite');
  const history = openHistory(path);
  const ending = new AbortController();
  onTestFinished(async () => {
    ending.abort();
    history.log.close();
    await rm(folder, { recursive: true, force: true });
  });
  const ledger = createSqliteLedger(history);
  const webhooks = createWebhookStore(history.store);

  /** Accepts and ends a check of the client. */
  async function endCheck(index: number): Promise<string> {
    await ledger.accept([workOf(index, { client: CLIENT })]);
    const claimed = await ledger.claim('worker');
    if (!claimed) throw new Error('nothing to do');
    await ledger.fail(claimed.claim, errorReport('broken-picture'));
    return claimed.job.id;
  }

  return {
    path,
    history,
    ledger,
    webhooks,
    endCheck,
    deliver: (more: Partial<DeliveryRooms> = {}) =>
      deliverMessages(
        {
          webhooks,
          ledger,
          logger: pino({ enabled: false }),
          async view({ id, state, work, attempts, stage, progress, acceptedAt, startedAt, endedAt, error }) {
            const { kind, content, bytes } = work;
            const same = { id, state, kind, bytes, attempts, stage, progress, acceptedAt, startedAt, endedAt, error };
            return { ...same, url: `/v1/checks/${id}`, sha256: content, fileName: null, pack: null, recordUrl: null };
          },
          mayHear: () => true,
          ownPort: () => 1,
          retryAfterMs: [1, 1, 1],
          ...more,
        },
        ending.signal,
      ),
    statesOf: (id: string) =>
      webhooks.messages(CLIENT, id)?.map(({ state, attempts, failure }) => ({ state, attempts, failure })),
  };
}

it('tries again at growing intervals, a bounded number of times, then says that it gave up', async () => {
  expect(RETRY_AFTER_MS).toEqual(RETRY_AFTER_MS.toSorted((a, b) => a - b));
  const { webhooks, endCheck, deliver, statesOf } = await openRooms();
  const listener = await listenForMessages((response) => void response.writeHead(503).end());
  const { id } = webhooks.create(CLIENT, listener.url, Date.now());
  deliver();
  await endCheck(1);
  await expect.poll(() => statesOf(id), WAIT).toEqual([{ state: 'given-up', attempts: 4, failure: 'answered 503' }]);
  expect(listener.heard).toHaveLength(4);
  expect(new Set(listener.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(webhooks.list(CLIENT)).toMatchObject([{ waiting: 0, givenUp: 1 }]);
});

it('gives up at once on a listener that is gone for good', async () => {
  const { webhooks, endCheck, deliver, statesOf } = await openRooms();
  const listener = await listenForMessages((response) => void response.writeHead(410).end());
  const { id } = webhooks.create(CLIENT, listener.url, Date.now());
  deliver();
  await endCheck(1);
  await expect.poll(() => statesOf(id), WAIT).toEqual([{ state: 'given-up', attempts: 1, failure: 'answered 410' }]);
});

it('keeps nobody waiting for a dead listener', async () => {
  const { webhooks, endCheck, deliver } = await openRooms();
  const dead = await listenForMessages(() => {});
  const alive = await listenForMessages();
  webhooks.create(CLIENT, dead.url, Date.now());
  webhooks.create(CLIENT, alive.url, Date.now());
  deliver();
  for (let index = 0; index < 5; index += 1) await endCheck(index);
  await expect.poll(() => alive.heard.length, WAIT).toBe(5);
  expect(dead.heard.length).toBeLessThanOrEqual(1);
});

it('writes a message in the transaction that ends the check, and forgets it with the check', async () => {
  const { webhooks, ledger, endCheck, statesOf } = await openRooms();
  const { id } = webhooks.create(CLIENT, 'http://127.0.0.1:9', Date.now());
  await endCheck(1);
  expect(statesOf(id)).toEqual([{ state: 'waiting', attempts: 0, failure: null }]);
  await ledger.forgetEnded(Date.now() + 1);
  expect(statesOf(id)).toEqual([]);
});

it('keeps listeners and messages when the history is damaged and saved into a new one', async () => {
  const { path, history, webhooks, endCheck, statesOf } = await openRooms();
  const { id, secret } = webhooks.create(CLIENT, 'http://127.0.0.1:9', Date.now());
  await endCheck(1);
  history.store.repair('a test');
  expect(webhooks.list(CLIENT)).toMatchObject([{ id, secret, waiting: 1 }]);
  await endCheck(2);
  expect(statesOf(id)).toHaveLength(2);
  const file = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => file.close());
  expect(file.prepare('SELECT count(*) AS total FROM webhook_messages').get()).toEqual({ total: 2 });
});

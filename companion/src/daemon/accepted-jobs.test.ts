import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { Check, CheckList } from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import { type Answer, send, startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { MAX_DEATHS } from '../jobs/job-ledger.ts';
import { createResultLog } from '../log/create-result-log.ts';
import { openTokens } from '../tokens/token-store.ts';
import { listenForMessages } from '../webhooks/fixtures/test-listener.ts';
import { ended, sendCheck, startAccepting } from './fixtures/accepting-process.ts';

/** In `npm run test:long` 100 kills over 2,000 checks. */
const KILLS = Number(process.env.TOUCHSTONE_JOB_KILLS ?? 5);
const CHECKS = Number(process.env.TOUCHSTONE_JOBS ?? 100);

/** Milliseconds behind the last answer that is waited for, at any point of the next check's way. */
const MAX_DELAY_MS = 25;

/** Requests that a program has under way. */
const AT_ONCE = 4;

/** Milliseconds in which a companion begins with what waits. */
const SETTLED_MS = 3_000;

/** Only one that hangs is ended. */
const TEST_MS = 1_800_000;

/** One request of a program with a token. */
const checkAt = async (port: number, token: string, id: string): Promise<Check> => {
  const answer = await send(port, `/v1/checks/${id}`, { headers: { authorization: `Bearer ${token}` } });
  return v.parse(Check, answer.json());
};

async function nameListener(port: number, token: string, url: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const { status } = await send(port, '/v1/webhooks', { method: 'POST', body: JSON.stringify({ url }), headers });
  expect(status).toBe(200);
}

function rows(home: string, sql: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(join(home, 'history.sqlite'), { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

it(
  `ends every check that was answered 202 once, and tells its listener: ${CHECKS} checks, ${KILLS} kills`,
  async () => {
    const home = await temporaryFolder();
    const { token } = await (await openTokens(home, () => {})).create({ name: 'robot', scopes: ['check'], days: null });
    const listener = await listenForMessages();
    let listens = false;
    /** Ids by the number of their picture, as a 202 promised them. */
    const promised = new Map<number, string>();

    function hear(index: number, answer: Answer): void {
      expect([200, 202], answer.text).toContain(answer.status);
      const [check, second] = v.parse(CheckList, answer.json()).checks;
      if (!check || second) throw new Error(answer.text);
      promised.set(index, check.id);
    }

    /** Sends what nobody has a promise for, and kills the companion a moment after so many answers. */
    async function sendAndKill(answers: number): Promise<void> {
      const { child, port } = await startAccepting(home);
      if (!listens) await nameListener(port, token, listener.url);
      listens = true;
      const waiting = Array.from({ length: CHECKS }, (_, index) => index).filter((index) => !promised.has(index));
      let heard = 0;
      async function sendOn(): Promise<void> {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const index = next;
          const answer = await sendCheck(port, token, index).catch(() => undefined);
          // It died: whether it had accepted this one nobody knows.
          if (!answer) return;
          hear(index, answer);
          heard += 1;
          if (heard === answers) setTimeout(() => child.kill('SIGKILL'), Math.random() * MAX_DELAY_MS);
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
      child.kill('SIGKILL');
      await ended(child);
    }

    for (let round = 0; round < KILLS; round += 1) {
      const share = Math.max(1, (CHECKS - promised.size) / (KILLS - round));
      await sendAndKill(1 + Math.floor(Math.random() * share));
    }
    // The last start: everything that was accepted before ends, whoever heard of it.
    const test = await startTestCompanion({ home });
    for (let index = 0; index < CHECKS; index += 1) {
      const before = promised.get(index);
      hear(index, await sendCheck(test.companion.port, token, index));
      if (before !== undefined) expect(promised.get(index)).toBe(before);
    }
    const records = new Set<string>();
    for (const id of promised.values()) {
      const look = (): Promise<Check> => checkAt(test.companion.port, token, id);
      await expect.poll(async () => (await look()).state, { timeout: TEST_MS }).toBe('completed');
      const { record, sha256 } = await look();
      expect(record?.picture.sha256).toBe(sha256);
      records.add(record?.id ?? '');
    }
    // A listener was told of each, however often: always under the one id of its message.
    const idsOf = () => listener.heard.map(({ event, headers }) => `${event.data.id} ${headers['webhook-id']}`);
    await expect.poll(() => new Set(idsOf()).size, { timeout: TEST_MS }).toBe(CHECKS);
    expect(new Set(listener.heard.map(({ event }) => event.data.id))).toEqual(new Set(promised.values()));
    await test.companion.stop();
    // One job and one record a picture, and nothing beside them.
    expect(records.size).toBe(CHECKS);
    expect(rows(home, 'SELECT state, count(*) AS total FROM jobs GROUP BY state')).toEqual([
      { state: 'completed', total: CHECKS },
    ]);
    expect(rows(home, 'SELECT count(*) AS total, count(DISTINCT sha256) AS pictures FROM records')).toEqual([
      { total: CHECKS, pictures: CHECKS },
    ]);
    const log = createResultLog(join(home, 'history.sqlite'));
    onTestFinished(() => log.close());
    expect(await log.verify()).toMatchObject({ intact: true, records: CHECKS, breaks: [] });
  },
  TEST_MS,
);

it(
  'sets a file aside that ends the companion twice, and does what waits behind it',
  async () => {
    const home = await temporaryFolder();
    const { token } = await (await openTokens(home, () => {})).create({ name: 'robot', scopes: ['check'], days: null });
    const first = await startAccepting(home);
    const accepted = await Promise.all(
      ['deadly', 'picture'].map(async (text) => {
        const headers = { authorization: `Bearer ${token}` };
        const answer = await send(first.port, '/v1/checks', { method: 'POST', body: text, headers }).catch(
          () => undefined,
        );
        return answer && v.parse(CheckList, answer.json()).checks[0]?.id;
      }),
    );
    await ended(first.child);
    // It may be one of several that died with it, then alone, until it has died alone often enough.
    for (let starts = 0; starts < MAX_DEATHS + 1; starts += 1) {
      const next = await startAccepting(home).catch(() => undefined);
      if (!next) continue;
      await Promise.race([ended(next.child), wait(SETTLED_MS)]);
      next.child.kill('SIGKILL');
      await ended(next.child);
    }
    const { child, port } = await startAccepting(home);
    const jobs = rows(home, 'SELECT id, state FROM jobs ORDER BY number');
    expect(jobs.length).toBeGreaterThan(0);
    const deadly = rows(home, "SELECT id FROM jobs WHERE state = 'failed'")[0]?.id;
    expect(await checkAt(port, token, String(deadly))).toMatchObject({
      state: 'failed',
      record: null,
      error: { code: 'job-set-aside', retryable: false },
    });
    for (const id of accepted) {
      if (id === undefined || id === deadly) continue;
      await expect.poll(async () => (await checkAt(port, token, id)).state, { timeout: TEST_MS }).toBe('completed');
    }
    child.kill('SIGKILL');
  },
  TEST_MS,
);

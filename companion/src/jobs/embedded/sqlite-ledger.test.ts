import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { openHistory } from '../../log/create-result-log.ts';
import { describeEvents } from '../fixtures/events-conformance.ts';
import {
  describeJobLedger,
  type LedgerFactoryOptions,
  type LedgerUnderTest,
  workOf,
} from '../fixtures/ledger-conformance.ts';
import { createSqliteLedger } from './sqlite-ledger.ts';

async function temporaryPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-jobs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'history.sqlite');
}

function open(path: string, options?: LedgerFactoryOptions): LedgerUnderTest {
  const history = openHistory(path);
  const { log } = history;
  onTestFinished(() => log.close());
  return {
    ledger: createSqliteLedger(history, options),
    records: {
      append: async (record, job) => void log.append(record, {}, job),
      has: async (id) => log.get(id) !== undefined,
      delete: async (id) => void (await log.deleteIds([id])),
    },
    async reopen() {
      log.close();
      return open(path, options);
    },
  };
}

describeJobLedger('SQLite', async (options) => open(await temporaryPath(), options));
describeEvents('SQLite', async () => {
  const opened = openHistory(await temporaryPath());
  onTestFinished(() => opened.log.close());
  const one = { history: opened.history, ledger: createSqliteLedger(opened) };
  return { near: one, far: one };
});

it('waits for the disk when it accepts, and for nothing else', async () => {
  const history = openHistory(await temporaryPath());
  onTestFinished(() => history.log.close());
  await createSqliteLedger(history).accept([workOf(1)]);
  const synchronous = (database: DatabaseSync) => database.prepare('PRAGMA synchronous').get()?.synchronous;
  const FULL = 2;
  const NORMAL = 1;
  history.store.use(({ database, durable }) => {
    expect(synchronous(durable())).toBe(FULL);
    expect(synchronous(database)).toBe(NORMAL);
  });
});

it('keeps accepted jobs when the history is damaged and saved into a new one', async () => {
  const path = await temporaryPath();
  const history = openHistory(path);
  onTestFinished(() => history.log.close());
  const ledger = createSqliteLedger(history);
  const accepted = await ledger.accept([workOf(1), workOf(2)]);
  history.store.repair('a test');
  expect(await ledger.list({ limit: 9 })).toHaveLength(2);
  expect(accepted.outcome).toBe('accepted');
  // And goes on in the new file, durably.
  await ledger.accept([workOf(3)]);
  const file = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => file.close());
  expect(file.prepare('SELECT count(*) AS total FROM jobs').get()).toEqual({ total: 3 });
});

it('names the row that somebody changed into no job', async () => {
  const history = openHistory(await temporaryPath());
  onTestFinished(() => history.log.close());
  const ledger = createSqliteLedger(history);
  await ledger.accept([workOf(1)]);
  history.store.use(({ database }) => database.exec(`UPDATE jobs SET work = '{"content":"../../etc/passwd"}'`));
  await expect(ledger.claim('worker')).rejects.toMatchObject({ code: 'log-failed' });
});

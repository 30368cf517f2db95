import { mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CompanionStatus } from '@touchstone/shared';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import { startTestCompanion, type TestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';

const check = async ({ control }: TestCompanion) => {
  const { status, json } = await control('/api/check', { method: 'POST', body: 'picture' });
  return [status, Object(json()).code];
};

/** A second connection to the history, as another program has it. */
function open(home: string): DatabaseSync {
  const database = new DatabaseSync(join(home, 'history.sqlite'));
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return database;
}

it('a history that another program has locked is said to be so, and a result is not delivered', async () => {
  const test = await startTestCompanion();
  const other = open(test.home);
  other.exec('BEGIN EXCLUSIVE');
  expect(await check(test)).toEqual([503, 'log-locked']);
  other.exec('ROLLBACK');
  expect((await check(test))[0]).toBe(200);
});

it('a history that another program has ruined is said to fail, and a result is not delivered', async () => {
  const test = await startTestCompanion();
  open(test.home).exec('ALTER TABLE bodies RENAME TO other');
  expect(await check(test)).toEqual([507, 'log-failed']);
});

it('a history that was damaged is told in the status after the start', async () => {
  const home = await temporaryFolder();
  const first = await startTestCompanion({ home });
  await first.control('/api/check', { method: 'POST', body: 'picture' });
  await first.companion.stop();
  const path = join(home, 'history.sqlite');
  const size = readFileSync(path).length;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, 0);
  expect(size).toBeGreaterThan(4096);
  const again = await startTestCompanion({ home });
  const status = v.parse(CompanionStatus, (await again.control('/api/status')).json());
  expect(status.warnings?.map(({ code }) => code)).toContain('log-damaged');
});

it('a history that cannot be opened any more is said to be so, and nothing is accepted', async () => {
  const test = await startTestCompanion();
  const path = join(test.home, 'history.sqlite');
  renameSync(path, `${path}.away`);
  mkdirSync(path);
  const { status, json } = await test.control('/v1/checks', { method: 'POST', body: 'picture' });
  expect([status, Object(json()).code]).toEqual([507, 'log-read-only']);
  expect(test.pipeline.requests).toEqual([]);
});

it('a history of a newer Touchstone is left alone', async () => {
  const newer = await temporaryFolder();
  await (await startTestCompanion({ home: newer })).companion.stop();
  const database = open(newer);
  database.exec('PRAGMA user_version = 9999');
  database.close();
  await expect(startTestCompanion({ home: newer })).rejects.toMatchObject({ code: 'log-newer' });
});

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { hashOf } from '../store/fixtures/content-conformance.ts';
import { openFolderContentStore } from '../store/folder/folder-content-store.ts';
import { openHistory } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import { backUpBeforeMigration } from './migration-backup.ts';
import { MIGRATIONS, migrate } from './migrations.ts';
import { moveOriginals } from './move-originals.ts';
import type { ResultLog } from './result-log.ts';

/** Twelve records, one of them deleted and one labelled, written by the Touchstone whose tables had version 4. */
const VERSION_4 = join(import.meta.dirname, 'fixtures', 'history-version-4.sqlite.gz');

const ORIGINAL = new TextEncoder().encode('an original of version 4');

async function temporaryPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'history.sqlite');
}

async function oldHistory(): Promise<string> {
  const path = await temporaryPath();
  writeFileSync(path, gunzipSync(readFileSync(VERSION_4)), { mode: 0o600 });
  return path;
}

function openFile(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return database;
}

async function openOld(path: string) {
  const content = await openFolderContentStore(join(dirname(path), 'content'));
  const history = openHistory(path, { content });
  onTestFinished(() => history.log.close());
  return history;
}

/** The id of the record with this index, from 0; the first one was deleted. */
const idOf = (log: ResultLog, index: number): string =>
  log.query({ limit: 50 }).records.find(({ at }) => at === generatedRecord(index).at)?.id ?? '';

const backupOf = (path: string): string => join(dirname(path), 'backups', 'history-version-4.sqlite');

it('opens a history of version 4, which verifies intact with everything that it had', async () => {
  const path = await oldHistory();
  const { log } = await openOld(path);
  expect(await log.verify()).toMatchObject({ intact: true, records: 11, tombstones: 1, breaks: [] });
  expect(log.get(idOf(log, 2))?.label).toBe('fake');
  expect(log.thumbnail(idOf(log, 5))).toEqual(Uint8Array.of(1, 2, 3, 5));
  expect(log.peak(idOf(log, 7), 0)).toEqual(Uint8Array.of(9));
  expect(await log.original(idOf(log, 3))).toEqual(ORIGINAL);
  log.append(generatedRecord(20), {});
  expect(await log.verify()).toMatchObject({ intact: true, records: 12 });
});

it('copies the file before it changes it, for its owner alone, and the copy is a history of version 4', async () => {
  const path = await oldHistory();
  await openOld(path);
  expect(statSync(backupOf(path)).mode & 0o777).toBe(0o600);
  const copy = openFile(backupOf(path));
  expect(copy.prepare('PRAGMA user_version').get()).toEqual({ user_version: 4 });
  expect(copy.prepare('SELECT count(*) AS total FROM records').get()).toEqual({ total: 11 });
  expect(copy.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
});

it('makes no copy of a new history, nor of one that is up to date', async () => {
  const path = await temporaryPath();
  for (let time = 0; time < 2; time += 1) openHistory(path).log.close();
  expect(existsSync(join(dirname(path), 'backups'))).toBe(false);
});

it.each(MIGRATIONS.slice(4).map((_, index) => index + 4))(
  'leaves the file as it was when step %i fails, and opens it the next time',
  async (failing) => {
    const path = await oldHistory();
    const database = openFile(path);
    const steps = MIGRATIONS.map((step, index) => (index === failing ? `${step} SELECT no_such_thing();` : step));
    const backUp = (version: number) => void backUpBeforeMigration(database, path, version);
    expect(() => migrate(database, backUp, steps)).toThrow('no_such_thing');
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 4 });
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'jobs'").all()).toEqual([]);
    database.close();
    const { log } = await openOld(path);
    expect(await log.verify()).toMatchObject({ intact: true, records: 11 });
  },
);

it('changes nothing where the copy cannot be made', async () => {
  const path = await oldHistory();
  writeFileSync(join(dirname(path), 'backups'), 'in the way');
  expect(() => openHistory(path)).toThrow();
  const database = openFile(path);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 4 });
});

it('moves originals into the content store, once each, and they go with the last record that needs them', async () => {
  const path = await oldHistory();
  const { log, store, contents } = await openOld(path);
  const signal = new AbortController().signal;
  expect(await moveOriginals(store, (bytes) => contents.hold(bytes), signal)).toBe(3);
  const rows = store.current().prepare("SELECT count(*) AS total FROM media WHERE kind = 'original'").get();
  expect(rows).toEqual({ total: 0 });
  const sha256 = hashOf(ORIGINAL);
  const ids = [3, 4, 5].map((index) => idOf(log, index));
  for (const id of ids) {
    expect(await log.original(id)).toEqual(ORIGINAL);
    await log.deleteIds([id]);
    expect((await contents.read(sha256)) !== undefined).toBe(id !== ids.at(-1));
  }
  expect(await log.verify()).toMatchObject({ intact: true, records: 8 });
});

it('keeps no copy of what somebody deletes', async () => {
  const path = await oldHistory();
  const { log } = await openOld(path);
  await log.deleteIds([idOf(log, 1)]);
  expect(existsSync(backupOf(path))).toBe(false);
});

it('does a step once where two processes start at the same moment', async () => {
  const path = await temporaryPath();
  const [first, second] = [openFile(path), openFile(path)];
  const steps = ['CREATE TABLE one (a);', 'CREATE TABLE two (a);'];
  migrate(second, () => {}, steps.slice(0, 1));
  // The other one goes on between this one's look at the version and its steps.
  migrate(first, () => migrate(second, () => {}, steps), steps);
  expect(first.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
});

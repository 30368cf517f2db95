import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { startTestCompanion, type TestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { awaitJob } from './await-job.ts';
import { workOf } from './fixtures/ledger-conformance.ts';
import type { Job, JobWork } from './job.ts';

const picture = (index: number): Uint8Array => new TextEncoder().encode(`picture ${index}`);

/** Accepts a picture as a route does. */
async function accept({ companion }: TestCompanion, index: number, more: Partial<JobWork> = {}): Promise<Job> {
  const { ledger, contents } = companion.jobs;
  const held = await contents.hold(picture(index));
  try {
    const acceptance = await ledger.accept([workOf(index, { content: held.sha256, bytes: held.bytes, ...more })]);
    if (acceptance.outcome !== 'accepted' || !acceptance.jobs[0]) throw new Error(acceptance.outcome);
    return acceptance.jobs[0];
  } finally {
    await held.release();
  }
}

const ended = ({ companion }: TestCompanion, { id }: Job): Promise<Job | undefined> =>
  awaitJob(companion.jobs.ledger, id, AbortSignal.timeout(300_000));

/** Files of the content store. */
const contentIn = (home: string): string[] =>
  readdirSync(join(home, 'content'), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  );

/** Rows of every table that holds anything about checks. */
function rowsIn(home: string): Record<string, number> {
  const database = new DatabaseSync(join(home, 'history.sqlite'), { readOnly: true });
  try {
    const tables = database
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'words%'",
      )
      .all()
      .map(({ name }) => String(name));
    return Object.fromEntries(
      tables.map((name) => [name, Number(database.prepare(`SELECT count(*) AS total FROM "${name}"`).get()?.total)]),
    );
  } finally {
    database.close();
  }
}

it('ends an accepted check with a record, and needs its content no more', async () => {
  const started = await startTestCompanion();
  const job = await accept(started, 1);
  const done = await ended(started, job);
  expect(done).toMatchObject({ state: 'completed', attempts: 1, error: null });
  expect((await started.control(`/api/history/records/${done?.recordId}`)).status).toBe(200);
  await started.companion.jobs.contents.settled();
  expect(contentIn(started.home)).toEqual([]);
});

it('does once after a start what a companion had accepted that ended before', async () => {
  const home = await temporaryFolder();
  const first = await startTestCompanion({ home });
  await first.control('/api/settings', { method: 'PATCH', body: JSON.stringify({ recordingPaused: true }) });
  const jobs = [await accept(first, 1), await accept(first, 2)];
  await first.companion.stop();
  expect(contentIn(home)).toHaveLength(2);
  const second = await startTestCompanion({ home });
  // Nothing is written while recording is paused, so nothing is begun.
  expect(await second.companion.jobs.ledger.counts()).toMatchObject({ pending: { asked: 2 } });
  await second.control('/api/settings', { method: 'PATCH', body: JSON.stringify({ recordingPaused: false }) });
  const done = await Promise.all(jobs.map((job) => ended(second, job)));
  expect(done.map((job) => job?.state)).toEqual(['completed', 'completed']);
  expect(second.pipeline.requests).toHaveLength(2);
});

it('fails what cannot be judged with its reason', async () => {
  const started = await startTestCompanion();
  const job = await accept(started, 1, { content: 'ab'.repeat(32) });
  expect(await ended(started, job)).toMatchObject({ state: 'failed', error: { code: 'file-unreadable' } });
});

it('stops a check that is cancelled while it is worked on, without a record', async () => {
  const started = await startTestCompanion();
  started.pipeline.hold();
  const job = await accept(started, 1);
  await expect.poll(() => started.pipeline.requests.length).toBe(1);
  await started.companion.jobs.ledger.cancel(job.id);
  await expect.poll(() => started.pipeline.requests[0]?.signal?.aborted).toBe(true);
  started.pipeline.release();
  await started.companion.stop();
  expect(rowsIn(started.home)).toMatchObject({ records: 0, jobs: 1 });
  expect(contentIn(started.home)).toEqual([]);
});

it('leaves nothing in any table or folder after everything was deleted', async () => {
  const started = await startTestCompanion();
  const body = JSON.stringify({ keepOriginals: true });
  await started.control('/api/settings', { method: 'PATCH', body });
  const [done, failed] = [await accept(started, 1), await accept(started, 2, { content: 'ab'.repeat(32) })];
  await Promise.all([ended(started, done), ended(started, failed)]);
  await started.control('/api/history/delete', { method: 'POST', body: JSON.stringify({ filter: {} }) });
  const { chain, ...rows } = rowsIn(started.home);
  // Links stay, as tombstones: 0007-tamper-evident-log.md.
  expect(chain).toBe(2);
  expect(Object.entries(rows).filter(([, total]) => total > 0)).toEqual([]);
  expect(contentIn(started.home)).toEqual([]);
  expect(['spool', 'backups'].filter((name) => existsSync(join(started.home, name)))).toEqual([]);
});

it('writes nothing into any table or folder while recording is paused', async () => {
  const started = await startTestCompanion();
  const body = JSON.stringify({ recordingPaused: true, keepOriginals: true });
  await started.control('/api/settings', { method: 'PATCH', body });
  const answer = await started.control('/api/check', { method: 'POST', body: 'a picture' });
  expect(answer.json()).toMatchObject({ logged: false });
  expect(Object.entries(rowsIn(started.home)).filter(([, total]) => total > 0)).toEqual([['chain', 1]]);
  expect(contentIn(started.home)).toEqual([]);
});

import { chmodSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goldenView, readPack } from '@touchstone/models';
import { CompanionSettings } from '@touchstone/shared';
import { CheckList } from '@touchstone/shared/api';
import pino from 'pino';
import { ulid } from 'ulid';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTestCompanion, type TestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createExecutionProviders } from '../inference/execution-providers.ts';
import { createInferenceEngine } from '../inference/inference-engine.ts';
import { POISON } from '../inference/poison.ts';
import { createSqliteLedger } from '../jobs/embedded/sqlite-ledger.ts';
import { workOf } from '../jobs/fixtures/ledger-conformance.ts';
import { hasEnded, type Job } from '../jobs/job.ts';
import type { JobLedger } from '../jobs/job-ledger.ts';
import { runJobs } from '../jobs/run-jobs.ts';
import { createResultLog, openHistory } from '../log/create-result-log.ts';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { pagesOf, ruinPage } from '../log/fixtures/ruin-pages.ts';
import type { Contents } from '../store/contents.ts';
import { openFolderContentStore } from '../store/folder/folder-content-store.ts';
import { openTokens } from '../tokens/token-store.ts';
import { ended, sendCheck, startAccepting } from './fixtures/accepting-process.ts';

const TEST_MS = 600_000;
const WAIT = { timeout: TEST_MS, interval: 50 };
/** Requests after which a disk of that size must be full. */
const MOST_SENT = 500;
const PAUSED = '{"recordingPaused":true}';

/** Accepts a picture as a route does. @returns its id */
async function accept(ledger: JobLedger, contents: Contents, bytes: Uint8Array, index: number): Promise<string> {
  const held = await contents.hold(bytes);
  const lane = index % 2 === 0 ? 'bulk' : 'asked';
  const acceptance = await ledger.accept([workOf(index, { content: held.sha256, bytes: held.bytes, lane })]);
  await held.release();
  if (acceptance.outcome !== 'accepted') throw new Error(acceptance.outcome);
  return acceptance.jobs[0]?.id ?? '';
}

async function acceptMany({ companion: { jobs } }: TestCompanion, count: number, from = 0): Promise<string[]> {
  const ids: string[] = [];
  for (let index = from; index < from + count; index += 1) {
    ids.push(await accept(jobs.ledger, jobs.contents, new TextEncoder().encode(`picture ${index}`), index));
  }
  return ids;
}

async function allEnded(ledger: JobLedger, ids: readonly string[]): Promise<Job[]> {
  await vi.waitUntil(async () => {
    const jobs = await Promise.all(ids.map((id) => ledger.get(id)));
    return jobs.every((job) => job === undefined || hasEnded(job));
  }, WAIT);
  return (await Promise.all(ids.map((id) => ledger.get(id)))).filter((job) => job !== undefined);
}

/** Each one of them ended with a record of its own, and there is no other. */
async function expectOnce(home: string, jobs: readonly Job[], ids: readonly string[], others = 0): Promise<void> {
  expect(jobs.map(({ id }) => id)).toEqual(ids);
  expect(jobs.filter(({ state }) => state !== 'completed')).toEqual([]);
  const log = createResultLog(join(home, 'history.sqlite'));
  const records = jobs.map(({ recordId }) => recordId ?? '');
  expect(new Set(records).size).toBe(ids.length);
  expect(records.filter((id) => !log.get(id))).toEqual([]);
  expect(log.count()).toBe(ids.length + others);
  expect((await log.verify()).breaks).toEqual([]);
  log.close();
}

describe('what was accepted ends once, whatever breaks meanwhile', { timeout: TEST_MS }, () => {
  it.skipIf(process.platform === 'win32')('a disk that is full', async () => {
    const home = await temporaryFolder();
    const { token } = await (await openTokens(home, () => {})).create({ name: 'robot', scopes: ['check'], days: null });
    // No file above 400 kB; an empty log has about 150.
    const { child, port } = await startAccepting(home, 800);
    const promised: string[] = [];
    let refused: string | undefined;
    for (let index = 0; index < MOST_SENT && refused === undefined; index += 1) {
      const answer = await sendCheck(port, token, index);
      if (answer.status === 200 || answer.status === 202)
        promised.push(v.parse(CheckList, answer.json()).checks[0]?.id ?? '');
      else refused = `${answer.status} ${v.parse(v.object({ code: v.string() }), answer.json()).code}`;
    }
    child.kill('SIGKILL');
    await ended(child);
    // A limit of the system for one file is an I/O error to SQLite; to everything else it is a full disk.
    expect(refused).toMatch(/^507 (disk-full|log-failed)$/);
    expect(promised.length).toBeGreaterThan(0);
    const started = await startTestCompanion({ home });
    const { ledger } = started.companion.jobs;
    const all = await ledger.list({ limit: 1_000 });
    // One may have been accepted whose promise was never heard.
    const ids = all.map(({ id }) => id).toReversed();
    expect(promised.filter((id) => !ids.includes(id))).toEqual([]);
    const jobs = await allEnded(ledger, ids);
    await started.companion.stop();
    await expectOnce(home, jobs, ids);
  });

  it('a folder that nothing can be written to any more', async () => {
    const started = await startTestCompanion();
    const { ledger } = started.companion.jobs;
    started.pipeline.hold();
    const ids = await acceptMany(started, 4);
    // Root may write everywhere: for a while this process is nobody.
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    else chmodSync(started.home, 0);
    try {
      await expect(acceptMany(started, 1, 4)).rejects.toMatchObject({ code: 'folder-unusable' });
      started.pipeline.release();
      await vi.waitUntil(async () => (await ledger.counts()).processing < 4, WAIT);
    } finally {
      if (root) process.seteuid?.(0);
      else chmodSync(started.home, 0o700);
    }
    ids.push(...(await acceptMany(started, 2, 4)));
    const jobs = await allEnded(ledger, ids);
    await started.companion.stop();
    await expectOnce(started.home, jobs, ids);
  });

  it('a history that is damaged', async () => {
    const home = await temporaryFolder();
    const log = createResultLog(join(home, 'history.sqlite'));
    for (let index = 0; index < 60; index += 1) log.append(generatedRecord(index), {});
    log.close();
    await writeFile(join(home, 'settings.json'), PAUSED, { mode: 0o600 });
    const before = await startTestCompanion({ home });
    const ids = await acceptMany(before, 20);
    await before.companion.stop();
    const path = join(home, 'history.sqlite');
    ruinPage(path, pagesOf(path, 'bodies').at(-1) ?? 0);
    await writeFile(join(home, 'settings.json'), '{}', { mode: 0o600 });
    const after = await startTestCompanion({ home });
    const jobs = await allEnded(after.companion.jobs.ledger, ids);
    await after.companion.stop();
    const saved = createResultLog(path);
    const verified = await saved.verify();
    const others = saved.count() - ids.length;
    saved.close();
    expect(verified.damages).toMatchObject([{ lost: 60 - others }]);
    expect(others).toBeLessThan(60);
    await expectOnce(home, jobs, ids, others);
  });

  it.each([400, -400])('a clock that jumps by %d days', async (days) => {
    const home = await temporaryFolder();
    await writeFile(join(home, 'settings.json'), '{"recordingPaused":true,"retentionDays":30}', { mode: 0o600 });
    const before = await startTestCompanion({ home });
    const ids = await acceptMany(before, 6);
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 24 * 60 * 60_000 });
    ids.push(...(await acceptMany(before, 6, 6)));
    await before.companion.stop();
    await writeFile(join(home, 'settings.json'), '{"retentionDays":30}', { mode: 0o600 });
    const after = await startTestCompanion({ home });
    const jobs = await allEnded(after.companion.jobs.ledger, ids);
    await after.companion.stop();
    await expectOnce(home, jobs, ids);
  });

  it('a provider that fails, and a picture that kills the model in the middle of a batch', async () => {
    const home = await temporaryFolder();
    const logger = pino({ level: 'silent' });
    const end = new AbortController();
    onTestFinished(() => end.abort());
    const pack = await readPack(fileURLToPath(new URL('../../../models/packs/starter', import.meta.url)));
    const provider = 'no-such-provider';
    const choose = async () => ({ provider, reason: { code: 'asked' as const, provider } });
    const providers = createExecutionProviders({ wanted: provider, signal: end.signal, logger, choose });
    const script = new URL('../inference/crashing-worker.ts', import.meta.url);
    const engine = createInferenceEngine(providers, logger, { script });
    onTestFinished(() => engine.close());
    await mkdir(home, { recursive: true });
    const content = await openFolderContentStore(join(home, 'content'));
    const history = openHistory(join(home, 'history.sqlite'), { content });
    const ledger = createSqliteLedger(history);
    const ids: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const view = goldenView(pack.manifest.input);
      if (index === 5) view.set(POISON);
      // The last byte tells them apart and is too little to tell in the answer.
      view[view.length - 1] = index;
      ids.push(await accept(ledger, history.contents, view, index));
    }
    const answers: number[] = [];
    const check = async (request: { bytes: Uint8Array; job?: Parameters<typeof history.history.append>[2] }) => {
      const views = { data: Uint8Array.from(request.bytes), count: 1 };
      const judged = await engine.judge(pack, views, 'asked');
      answers.push(judged.answer.logit);
      const record = { ...generatedRecord(answers.length), id: ulid(), provider: judged.provider };
      return history.history.append(record, {}, request.job);
    };
    const videos = { check: () => Promise.reject(new Error('no video here')) };
    const settings = () => v.parse(CompanionSettings, {});
    const rooms = { ledger, contents: history.contents, pipeline: { check }, videos, settings, logger };
    const runner = await runJobs({ ...rooms, concurrency: 6 }, end.signal);
    const jobs = await allEnded(ledger, ids);
    end.abort();
    await runner.close();
    const failed = jobs.filter(({ state }) => state !== 'completed');
    expect(failed).toMatchObject([{ id: ids[5], state: 'failed', error: { code: 'inference-failed' } }]);
    expect(answers).toHaveLength(11);
    for (const logit of answers) expect(logit).toBeCloseTo(pack.manifest.golden.logit, 1);
    const providersUsed = new Set([...history.log.iterate({})].map((record) => record.provider));
    expect([history.log.count(), providersUsed]).toEqual([11, new Set(['cpu'])]);
    await history.history.close();
  });
});

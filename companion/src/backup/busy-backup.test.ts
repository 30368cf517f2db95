import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CheckList } from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ended, sendCheck, startAccepting } from '../daemon/fixtures/accepting-process.ts';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createResultLog } from '../log/create-result-log.ts';
import { openTokens } from '../tokens/token-store.ts';
import { backUp } from './back-up.ts';
import { restoreBackup } from './restore-backup.ts';

const BUSY_LOG = join(import.meta.dirname, '..', 'log', 'faults', 'busy-log.ts');

const TEST_MS = 600_000;
const signal = new AbortController().signal;

/** Runs a program until the test has ended. */
function program(path: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const linesOf = (path: string, mark: string): string[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .slice(0, -1)
        .flatMap((line) => (line.startsWith(mark) ? [line.slice(1)] : []))
    : [];

it(
  'taken while another process writes, labels and deletes, is intact and has all that was written before it',
  async () => {
    const [home, into] = [await temporaryFolder(), join(await temporaryFolder(), 'backups')];
    const promises = join(await temporaryFolder(), 'promises');
    const child = program(BUSY_LOG, [join(home, 'history.sqlite'), promises, '0']);
    await vi.waitUntil(() => linesOf(promises, '+').length > 20, TEST_MS);
    let recordsThen = 0;
    for (let round = 0; round < 4; round += 1) {
      const before = linesOf(promises, '+');
      const { folder, manifest } = await backUp({ home, into, signal });
      const deleted = new Set(linesOf(promises, '-'));
      const restored = await temporaryFolder();
      await restoreBackup({ home: restored, from: folder, signal });
      const log = createResultLog(join(restored, 'history.sqlite'));
      expect(await log.verify({ notedHead: manifest.head ?? '' })).toMatchObject({
        intact: true,
        breaks: [],
        damages: [],
        records: manifest.records,
        notedHeadFound: true,
      });
      expect(before.filter((id) => !deleted.has(id) && !log.get(id))).toEqual([]);
      log.close();
      recordsThen = before.length;
    }
    // It went on writing meanwhile, or nothing was shown.
    expect(linesOf(promises, '+').length).toBeGreaterThan(recordsThen);
    expect(child.exitCode).toBeNull();
  },
  TEST_MS,
);

it(
  'taken of a companion that accepts checks, has the content of those that wait, and a companion ends them',
  async () => {
    const [home, into] = [await temporaryFolder(), join(await temporaryFolder(), 'backups')];
    const { token } = await (await openTokens(home, () => {})).create({ name: 'robot', scopes: ['check'], days: null });
    const { child, port } = await startAccepting(home);
    const before: string[] = [];
    let next = 0;
    async function sendOne(): Promise<void> {
      next += 1;
      const answer = await sendCheck(port, token, next);
      before.push(...v.parse(CheckList, answer.json()).checks.map(({ id }) => id));
    }
    for (let count = 0; count < 10; count += 1) await sendOne();
    const taken = [...before];
    // It goes on accepting while it is copied.
    const [{ folder, manifest }] = await Promise.all([
      backUp({ home, into, signal }),
      ...Array.from({ length: 10 }, sendOne),
    ]);
    child.kill('SIGKILL');
    await ended(child);
    expect(before).toHaveLength(20);
    const restored = await temporaryFolder();
    await restoreBackup({ home: restored, from: folder, signal });
    const { companion } = await startTestCompanion({ home: restored });
    const { ledger } = companion.jobs;
    await vi.waitUntil(async () => {
      const { pending, processing } = await ledger.counts();
      return pending.asked + pending.bulk + processing === 0;
    }, TEST_MS);
    const jobs = await Promise.all(taken.map((id) => ledger.get(id)));
    // One whose content went because it had ended while the copy was made says so; none is lost, none ends twice.
    const ends = jobs.map((job) => job?.state);
    expect(ends.filter((state) => state !== 'completed').length).toBeLessThanOrEqual(manifest.missing);
    const records = jobs.flatMap((job) => (job?.recordId ? [job.recordId] : []));
    expect(new Set(records).size).toBe(records.length);
  },
  TEST_MS,
);

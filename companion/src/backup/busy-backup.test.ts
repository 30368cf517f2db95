import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createResultLog } from '../log/create-result-log.ts';
import { backUp } from './back-up.ts';
import { restoreBackup } from './restore-backup.ts';

const BUSY_LOG = join(import.meta.dirname, '..', 'log', 'faults', 'busy-log.ts');
const ACCEPTING = join(import.meta.dirname, '..', 'daemon', 'fixtures', 'accepting-companion.ts');

const TEST_MS = 600_000;
const signal = new AbortController().signal;

/** Runs a program until the test has ended. */
function program(
  path: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args], {
    env: { ...process.env, ...environment },
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
    await mkdir(home, { recursive: true });
    const child = program(ACCEPTING, ['0', '400'], { TOUCHSTONE_HOME: home });
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await vi.waitUntil(() => /^\+/m.test(said), TEST_MS);
    await wait(50);
    const before = said.match(/^\+.+$/gm)?.map((line) => line.slice(1)) ?? [];
    const { folder, manifest } = await backUp({ home, into, signal });
    child.kill('SIGKILL');
    expect(before.length).toBeGreaterThan(0);
    const restored = await temporaryFolder();
    await restoreBackup({ home: restored, from: folder, signal });
    const { companion } = await startTestCompanion({ home: restored });
    const { ledger } = companion.jobs;
    await vi.waitUntil(async () => {
      const { pending, processing } = await ledger.counts();
      return pending.asked + pending.bulk + processing === 0;
    }, TEST_MS);
    const jobs = await Promise.all(before.map((id) => ledger.get(id)));
    // One whose content went because it had ended while the copy was made says so; none is lost, none ends twice.
    const ends = jobs.map((job) => job?.state);
    expect(ends.filter((state) => state !== 'completed').length).toBeLessThanOrEqual(manifest.missing);
    const records = jobs.flatMap((job) => (job?.recordId ? [job.recordId] : []));
    expect(new Set(records).size).toBe(records.length);
  },
  TEST_MS,
);

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createResultLog } from '../log/create-result-log.ts';

/** In `npm run test:long` 100 kills over 2,000 checks. */
const KILLS = Number(process.env.TOUCHSTONE_JOB_KILLS ?? 5);
const CHECKS = Number(process.env.TOUCHSTONE_JOBS ?? 100);

const PROGRAM = join(import.meta.dirname, 'fixtures', 'accepting-companion.ts');

/** Milliseconds behind the last line that is waited for, at any point of the next check's way. */
const MAX_DELAY_MS = 25;

/** Only one that hangs is ended. */
const TEST_MS = 1_800_000;
const WAIT = { interval: 50, timeout: TEST_MS };

/**
 * Runs a companion that accepts `count` checks, and kills it a moment after so many lines, at the latest when everything has ended. How
 * many lines that takes nobody can tell: a check that was accepted before, whose promise was never heard, ends without a line.
 * @returns ids that it promised to end
 */
async function runUntil(
  home: string,
  first: number,
  count: number,
  lines = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const args = ['--disable-warning=ExperimentalWarning', PROGRAM, String(first), String(count)];
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, TOUCHSTONE_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (!child.stdout) throw new Error('no output');
  const accepted: string[] = [];
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('+')) accepted.push(line.slice(1));
    seen += 1;
    if (seen === lines) setTimeout(() => child.kill('SIGKILL'), Math.random() * MAX_DELAY_MS);
    if (line === 'all')
      void vi.waitUntil(() => child.killed || unfinished(home) === 0, WAIT).then(() => child.kill('SIGKILL'));
  }
  return accepted;
}

function rows(home: string, sql: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(join(home, 'history.sqlite'), { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

const unfinished = (home: string): number =>
  Number(rows(home, "SELECT count(*) AS total FROM jobs WHERE state IN ('pending', 'processing')")[0]?.total);

it(
  `ends every accepted check once: ${CHECKS} checks, ${KILLS} kills`,
  async () => {
    const home = await temporaryFolder();
    const promised = new Set<string>();
    for (let round = 0; round < KILLS; round += 1) {
      const left = CHECKS - promised.size;
      const share = Math.max(1, Math.ceil(left / (KILLS - round)));
      // Some are accepted, some of them end, then it dies in the middle of others.
      const lines = 2 + Math.floor(Math.random() * share * 1.5);
      for (const id of await runUntil(home, promised.size, Math.max(0, left), lines)) promised.add(id);
    }
    // What was accepted waits for the next start, whoever accepted it.
    while (promised.size < CHECKS || unfinished(home) > 0) {
      const left = Math.max(0, CHECKS - promised.size);
      for (const id of await runUntil(home, promised.size, left)) promised.add(id);
    }
    const jobs = rows(home, 'SELECT id, state, record FROM jobs');
    expect(jobs.filter(({ state }) => state !== 'completed')).toEqual([]);
    const ids = new Set(jobs.map(({ id }) => id));
    expect([...promised].filter((id) => !ids.has(id))).toEqual([]);
    const records = rows(home, 'SELECT id FROM records').map(({ id }) => id);
    expect(jobs.map(({ record }) => record).toSorted()).toEqual(records.toSorted());
    const log = createResultLog(join(home, 'history.sqlite'));
    onTestFinished(() => log.close());
    expect(await log.verify()).toMatchObject({ intact: true, records: records.length, breaks: [] });
  },
  TEST_MS,
);

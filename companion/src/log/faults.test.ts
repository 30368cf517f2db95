import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { randomOfInput } from '../../fuzz/seeded-random.ts';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createResultLog } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import { ruinPage } from './fixtures/ruin-pages.ts';
import { temporaryLog } from './fixtures/temporary-log.ts';

/** Faults in all; the long run sets 1,000. */
const POINTS = Number(process.env.TOUCHSTONE_FAULT_POINTS ?? 100);

/** Shares of the kinds: a killed process costs 0.5 s, a torn file 0.1 s. */
const KILLS = Math.ceil(POINTS * 0.2);
const FULL = Math.ceil(POINTS * 0.1);
const TORN = POINTS - KILLS - FULL;

const BUSY = join(import.meta.dirname, 'faults', 'busy-log.ts');

interface Promised {
  readonly kept: Set<string>;
  readonly maybeGone: Set<string>;
}

function promisesIn(path: string): Promised {
  const kept = new Set<string>();
  const maybeGone = new Set<string>();
  for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []) {
    if (line.startsWith('+')) kept.add(line.slice(1));
    if (line.startsWith('-')) maybeGone.add(line.slice(1));
  }
  return { kept, maybeGone };
}

/** Runs the busy process and kills it after a while, or under a limit for the size of its files. @returns its refusals */
async function runBusy(folder: string, first: number, end: { killAfter: number } | { fileBlocks: number }) {
  const args = ['--disable-warning=ExperimentalWarning', BUSY];
  const given = [join(folder, 'history.sqlite'), join(folder, 'promises'), String(first)];
  const child =
    'fileBlocks' in end
      ? spawn('sh', ['-c', `ulimit -f ${end.fileBlocks}; exec "$@"`, 'sh', process.execPath, ...args, ...given])
      : spawn(process.execPath, [...args, ...given]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (said === '' && 'killAfter' in end) setTimeout(() => child.kill('SIGKILL'), end.killAfter);
    said += chunk.toString();
  });
  await new Promise((resolve) => child.once('close', resolve));
  return said.split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
}

function quickCheck(path: string) {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare('PRAGMA quick_check').all();
  } finally {
    database.close();
  }
}

async function expectKept(folder: string): Promise<void> {
  const { kept, maybeGone } = promisesIn(join(folder, 'promises'));
  const log = createResultLog(join(folder, 'history.sqlite'));
  try {
    expect([...kept].filter((id) => !maybeGone.has(id) && !log.get(id))).toEqual([]);
    expect(await log.verify()).toMatchObject({ intact: true, breaks: [], damages: [], records: log.count() });
    expect(quickCheck(join(folder, 'history.sqlite'))).toEqual([{ quick_check: 'ok' }]);
  } finally {
    log.close();
  }
}

describe('a log under faults loses nothing that was delivered, and its chain tells the truth', () => {
  it(`killed ${KILLS} times while it writes`, async () => {
    const folder = await temporaryFolder();
    const random = randomOfInput(11, 'log-faults', 0);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await runBusy(folder, kill * 2_000, { killAfter: random.int(150) });
      await expectKept(folder);
    }
  }, 600_000);

  it.skipIf(process.platform === 'win32')(
    `refused by the system at ${FULL} sizes of its file`,
    async () => {
      const random = randomOfInput(12, 'log-faults', 0);
      for (let point = 0; point < FULL; point += 1) {
        const folder = await temporaryFolder();
        // Blocks of 512 bytes; an empty log has about 100 kB.
        const refusals = await runBusy(folder, 0, { fileBlocks: 300 + random.int(1_500) });
        expect(refusals).toHaveLength(1);
        expect(['disk-full', 'log-failed']).toContain(refusals[0]);
        await expectKept(folder);
      }
    },
    600_000,
  );

  it(`torn at ${TORN} places of database and write-ahead log`, async () => {
    const random = randomOfInput(13, 'log-faults', 0);
    const { log, path, records } = await temporaryLog(150);
    const written = new Map(records.map((record) => [record.id, record]));
    const folder = await temporaryFolder();
    // Nothing closes the log meanwhile, so that both files are as a crash leaves them.
    const [database, wal] = [join(folder, 'base.sqlite'), join(folder, 'base.sqlite-wal')];
    copyFileSync(path, database);
    copyFileSync(`${path}-wal`, wal);
    expect(log.count()).toBe(150);
    for (let point = 0; point < TORN; point += 1) {
      const copy = join(folder, `torn-${point}.sqlite`);
      copyFileSync(database, copy);
      copyFileSync(wal, `${copy}-wal`);
      const tail = point % 3 === 0;
      if (tail) truncateSync(`${copy}-wal`, random.int(statSync(wal).size));
      else {
        // All in the database, then one page of it ruined: but the first, without which nothing can be read.
        createResultLog(copy).close();
        ruinPage(copy, 2 + random.int(statSync(copy).size / 4096 - 2));
      }
      const torn = createResultLog(copy);
      try {
        if (!tail) await torn.checkPages(new AbortController().signal);
        const outcome = await torn.verify();
        expect([point, outcome.breaks]).toEqual([point, []]);
        // A log that was cut at its end is shorter and whole; one with a ruined page says how much is lost.
        if (!tail) {
          const lost = outcome.damages.reduce((sum, damage) => sum + (damage.lost ?? 150), 0);
          expect([point, torn.count() + lost >= 150]).toEqual([point, true]);
        }
        for (const record of torn.iterate({})) expect(record).toEqual(written.get(record.id));
        torn.append(generatedRecord(1_000), {});
        expect((await torn.verify()).breaks).toEqual([]);
      } finally {
        torn.close();
      }
    }
  }, 600_000);
});

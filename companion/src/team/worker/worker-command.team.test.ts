import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ResultRecord } from '@touchstone/shared';
import { expect, it, onTestFinished } from 'vitest';
import { awaitJob } from '../../jobs/await-job.ts';
import { workOf } from '../../jobs/fixtures/ledger-conformance.ts';
import { openContentAt } from '../content/open-content.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { openTeam } from '../open-team.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../../assets/samples/', import.meta.url));

const databases = testDatabases({ fsync: 'off' });

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-worker-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function worker(flags: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'worker', ...flags], {
    env: { ...process.env, TOUCHSTONE_DATABASE: '', TOUCHSTONE_CONTENT: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const gone = once(child, 'exit');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await gone;
  });
  return { child, gone, said: () => said };
}

it('judges a team’s pictures with the models of its machine, each in its owner’s name', async () => {
  const url = await databases.fresh();
  const place = join(await temporaryFolder(), 'content');
  const content = await openContentAt(place, { scratch: await temporaryFolder(), environment: {} });
  const team = await openTeam({ database: url, content });
  onTestFinished(() => team.close());
  const { child, gone } = worker(['--log-level', 'warn'], {
    TOUCHSTONE_HOME: await temporaryFolder(),
    TOUCHSTONE_DATABASE: url,
    TOUCHSTONE_CONTENT: place,
  });
  await once(child.stdout, 'data');
  const held = await team.contents.hold(await readFile(join(SAMPLES, 'astronaut.png')));
  const asked = { content: held.sha256, bytes: held.bytes };
  const accepted = await team.ledger.accept([
    workOf(1, { ...asked, owner: 'ann' }),
    workOf(1, { ...asked, owner: 'ben' }),
    workOf(2, { content: '0'.repeat(64), owner: 'ben' }),
  ]);
  await held.release();
  const jobs = accepted.outcome === 'accepted' ? accepted.jobs : [];
  const ended = await Promise.all(jobs.map(({ id }) => awaitJob(team.ledger, id, AbortSignal.timeout(200_000))));
  expect(ended).toMatchObject([
    { state: 'completed' },
    { state: 'completed' },
    { state: 'failed', error: { code: 'file-unreadable' } },
  ]);
  const recordOf = (owner: string, at: number): Promise<ResultRecord | undefined> =>
    team.owners.within(owner, () => team.owners.history.get(ended[at]?.recordId ?? ''));
  expect(await recordOf('ann', 0)).toMatchObject({ picture: { sha256: held.sha256 }, hasThumbnail: true });
  expect(await recordOf('ben', 1)).toMatchObject({ picture: { sha256: held.sha256 } });
  expect([await recordOf('ben', 0), await recordOf('ann', 1)]).toEqual([undefined, undefined]);
  // Ben's is a check of its own: nothing tells him that Ann had asked.
  expect((await recordOf('ben', 1))?.seenBefore).toBeUndefined();
  child.kill('SIGTERM');
  await gone;
  expect(child.exitCode).toBe(0);
  const files = await readdir(place, { recursive: true, withFileTypes: true });
  expect(files.filter((file) => file.isFile())).toEqual([]);
});

it.each([
  ['no database', [], {}, 'TOUCHSTONE_DATABASE'],
  [
    'a password on its command line',
    ['--database', 'postgres://ann:secret@127.0.0.1/team'],
    {},
    'no place on a command line',
  ],
  ['no content', ['--database', 'postgres://127.0.0.1/team'], {}, 'TOUCHSTONE_CONTENT'],
  [
    'pictures that would go to another machine unencrypted',
    ['--database', 'postgres://127.0.0.1/team', '--content', 'http://store.example/bucket'],
    {},
    'https://',
  ],
])('refuses %s, and says so', async (_, flags, environment, words) => {
  const { child, gone, said } = worker(flags, { TOUCHSTONE_HOME: await temporaryFolder(), ...environment });
  await gone;
  expect([child.exitCode, said()]).toEqual([2, expect.stringContaining(words)]);
  expect(said()).not.toContain('secret');
});

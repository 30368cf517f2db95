import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createResultLog } from '../companion/src/log/create-result-log.ts';
import { generatedRecord } from '../companion/src/log/fixtures/generated-records.ts';
import { projectNode, root } from './project.mjs';

const TEST_MS = 600_000;
const SCRIPT = join(root, 'scripts', 'deploy.mjs');
const MAIN = join(root, 'companion', 'src', 'cli', 'main.ts');

let folder;
let environment;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-deploy-'));
  const home = join(folder, 'data');
  mkdirSync(home, { mode: 0o700 });
  environment = { ...process.env, TOUCHSTONE_HOME: home, TOUCHSTONE_PORT: '0', TOUCHSTONE_PROVIDER: 'cpu' };
  const log = createResultLog(join(home, 'history.sqlite'));
  log.append(generatedRecord(1), {});
  log.close();
  // Two releases that differ in nothing but their folder.
  for (const name of ['first', 'second']) symlinkSync(root, join(folder, name));
});

afterAll(() => {
  touchstone('stop');
  rmSync(folder, { recursive: true, force: true });
});

function touchstone(...args) {
  const { status, stdout } = spawnSync(projectNode(), ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    encoding: 'utf8',
    env: { ...environment, NO_COLOR: '1' },
  });
  return { status, stdout };
}

const status = () => JSON.parse(touchstone('status', '--json').stdout);

/** Runs the script without holding up anything else. */
function deploy(release, ...more) {
  const args = [
    SCRIPT,
    '--root',
    folder,
    '--release',
    join(folder, release),
    '--backups',
    join(folder, 'backups'),
    ...more,
  ];
  const child = spawn(projectNode(), args, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

/** A release whose companion changes the history's tables and then fails. */
function brokenRelease(name) {
  const source = join(folder, name, 'companion', 'src');
  for (const part of ['cli', 'daemon']) mkdirSync(join(source, part), { recursive: true });
  writeFileSync(join(source, 'cli', 'main.ts'), `import ${JSON.stringify(MAIN)};\n`);
  writeFileSync(
    join(source, 'daemon', 'main.ts'),
    `import { DatabaseSync } from 'node:sqlite';
    const database = new DatabaseSync(process.env.TOUCHSTONE_HOME + '/history.sqlite');
    database.exec('PRAGMA user_version = 999; DELETE FROM records');
    process.exit(3);`,
  );
}

it('starts, exchanges, and rolls back a release together with what it did to the data', {
  timeout: TEST_MS,
}, async () => {
  const first = await deploy('first');
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining('is ready on port') });
  const { pid } = status();

  const second = await deploy('second');
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining('Backup') });
  const running = status();
  expect([running.records, running.pid === pid]).toEqual([1, false]);
  expect(readlinkSync(join(folder, 'current'))).toBe(join(folder, 'second'));

  brokenRelease('third');
  const third = await deploy('third');
  expect(third).toMatchObject({ code: 1, output: expect.stringContaining('ended with exit code 3') });
  expect(third.output).toContain('The release before runs again.');
  expect(readlinkSync(join(folder, 'current'))).toBe(join(folder, 'second'));
  expect(status().records).toBe(1);
  expect(touchstone('history', 'verify').stdout).toContain('The log is intact: 1 records');

  // What the pre-flight finds keeps everything as it is.
  const before = status().pid;
  writeFileSync(join(environment.TOUCHSTONE_HOME, 'config.json'), '{"logLevel":"loud"}');
  const fourth = await deploy('first');
  expect(fourth).toMatchObject({ code: 1, output: expect.stringContaining('"loud"; it takes') });
  rmSync(join(environment.TOUCHSTONE_HOME, 'config.json'));
  expect(status().pid).toBe(before);
});

it('says how it is used', () => {
  const { status: code, stdout } = spawnSync(projectNode(), [SCRIPT], { encoding: 'utf8' });
  expect([code, stdout]).toEqual([2, expect.stringContaining('--release FOLDER')]);
});

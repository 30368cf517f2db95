import { spawn } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createTestPipeline } from '../gateway/fixtures/test-pipeline.ts';
import { removeControlFile } from './control-file.ts';
import { holderOf, lockFolder } from './folder-lock.ts';
import { startCompanion } from './start-companion.ts';

const start = (home: string) =>
  startCompanion({
    home,
    port: 0,
    signal: new AbortController().signal,
    packFolders: [],
    createPipeline: async (options) => createTestPipeline(options),
  });

/** A process that takes the folder and says so; it waits to be ended. */
async function holdElsewhere(home: string): Promise<{ pid: number; kill: () => Promise<void> }> {
  const program = `import { lockFolder } from ${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)};
    globalThis.lock = lockFolder(${JSON.stringify(home)});
    process.stdout.write(globalThis.lock ? 'held' : 'refused');
    setInterval(() => {}, 1000);`;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  onTestFinished(kill);
  const said = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
  expect(said).toBe('held');
  return { pid: child.pid ?? 0, kill };
}

describe('attack: the data folder of a running companion', () => {
  test('make two companions write one log by taking the control file away', async () => {
    const { home } = await startTestCompanion();
    await removeControlFile(home);
    expect(await start(home)).toEqual({
      outcome: 'folder-in-use',
      message: expect.stringContaining(`process ${process.pid}`),
    });
  });

  test('make two companions write one log by starting both at the same moment', async () => {
    const home = await temporaryFolder();
    const results = await Promise.all(Array.from({ length: 4 }, () => start(home)));
    const started = results.filter((result) => result.outcome === 'started');
    expect(started).toHaveLength(1);
    for (const result of started) await result.companion.stop();
  });

  test('have the videos of a companion deleted by a second start', async () => {
    const home = await temporaryFolder();
    await holdElsewhere(home);
    const video = join(home, 'spool', '00000000-0000-4000-8000-000000000000');
    await mkdir(join(home, 'spool'));
    await writeFile(video, 'a video that is being checked');
    expect(await start(home)).toMatchObject({ outcome: 'folder-in-use' });
    expect(await readdir(join(home, 'spool'))).toHaveLength(1);
  });

  test('lock the owner out for good by killing the companion', async () => {
    const home = await temporaryFolder();
    const { pid, kill } = await holdElsewhere(home);
    expect(holderOf(home)).toBe(pid);
    expect(lockFolder(home)).toBeUndefined();
    await kill();
    const lock = lockFolder(home);
    expect(lock).toBeDefined();
    lock?.release();
  });

  test('lock the owner out for good by filling the lock file with something else', async () => {
    const home = await temporaryFolder();
    await writeFile(join(home, 'companion.lock'), 'x'.repeat(4096));
    const lock = lockFolder(home);
    expect(lock).toBeDefined();
    expect(lockFolder(home)).toBeUndefined();
    lock?.release();
  });

  test('lose the lock by asking for it again in the same process', async () => {
    const home = await temporaryFolder();
    const lock = lockFolder(home);
    expect(lockFolder(home)).toBeUndefined();
    const elsewhere = spawn(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      `import { lockFolder } from ${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)};
       process.exitCode = lockFolder(${JSON.stringify(home)}) ? 1 : 0;`,
    ]);
    expect(await new Promise((resolve) => elsewhere.once('exit', resolve))).toBe(0);
    lock?.release();
  });

  test('have a file emptied through a link under the name of the lock', async () => {
    const home = await temporaryFolder();
    await writeFile(join(home, 'precious'), 'x'.repeat(200));
    await symlink(join(home, 'precious'), join(home, 'companion.lock'));
    expect(() => lockFolder(home)).toThrow(expect.objectContaining({ code: 'folder-unusable' }));
  });
});

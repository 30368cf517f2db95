import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readControlFile } from '../daemon/control-file.ts';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { runTouchstone } from './fixtures/run-touchstone.ts';
import { startTouchstone } from './fixtures/started-companion.ts';

const samples = fileURLToPath(new URL('../../assets/samples', import.meta.url));

/** Milliseconds between two looks at the list of processes; each one that is looked for lives longer. */
const LOOK_EVERY_MS = 10;

interface Seen {
  readonly arguments: string;
  readonly environment: string;
}

/** Looks, as another user with `ps` does, at every process of a data folder until the test is over. */
function watchProcesses(home: string): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  let looking = true;
  const look = async (): Promise<void> => {
    while (looking) {
      const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
      for (const pid of pids) {
        if (Number(pid) === process.pid) continue;
        const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
        const environment = await read('environ');
        if (!environment.includes(`TOUCHSTONE_HOME=${home}`)) continue;
        const told = await read('cmdline');
        seen.set(`${pid} ${told}`, { arguments: told.replaceAll('\0', ' '), environment });
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  void look();
  onTestFinished(() => {
    looking = false;
  });
  return seen;
}

/** A desktop whose browser writes down what it was given and what it could read there. */
async function fakeDesktop(): Promise<{
  environment: Record<string, string>;
  opened: () => Promise<{ page: string; text: string }>;
}> {
  const folder = await temporaryFolder();
  const notes = join(folder, 'opened');
  const scripts = {
    'run-mailcap': `for last; do :; done; printf '%s' "$last" > '${notes}.path'; cat "$last" > '${notes}.text'; sleep 1; mv '${notes}.text' '${notes}.read'`,
    'xdg-mime': 'true',
    'xdg-settings': 'true',
  };
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }
  const environment = {
    PATH: `${folder}:${process.env.PATH}`,
    DISPLAY: ':99',
    TOUCHSTONE_NO_OPEN: '',
    CI: '',
    SSH_CONNECTION: '',
    XDG_CURRENT_DESKTOP: '',
    DESKTOP_SESSION: '',
    WSL_DISTRO_NAME: '',
  };
  const opened = async () => {
    await expect.poll(() => readFile(`${notes}.read`, 'utf8').catch(() => ''), { timeout: 300_000 }).not.toBe('');
    return { page: await readFile(`${notes}.path`, 'utf8'), text: await readFile(`${notes}.read`, 'utf8') };
  };
  return { environment, opened };
}

/** What leads into the companion: fragments of links, with or without the dashes of a code. */
function secretsIn(text: string): string[] {
  const fragments = [...text.matchAll(/http:\/\/127\.0\.0\.1:\d+\/\w+#([\w-]+)/g)].map(([, secret = '']) => secret);
  return fragments.flatMap((secret) => [secret, secret.replaceAll('-', '')]);
}

function expectNoSecret(seen: ReadonlyMap<string, Seen>, secrets: readonly string[]): void {
  expect(secrets.length).toBeGreaterThan(0);
  expect(seen.size).toBeGreaterThan(0);
  for (const one of seen.values()) {
    for (const secret of secrets) {
      expect(one.arguments).not.toContain(secret);
      expect(one.environment).not.toContain(secret);
    }
  }
}

describe.runIf(process.platform === 'linux')('attack: what other users see of processes', { timeout: 300_000 }, () => {
  test.each([
    ['a link to the history', ['open']],
    ['a pairing code', ['pair', '--open']],
  ])('read %s from the arguments or the environment of a program', async (_what, command) => {
    const { home } = await startTestCompanion();
    const control = await readControlFile(home);
    const { environment, opened } = await fakeDesktop();
    const seen = watchProcesses(home);
    const run = await runTouchstone(command, { home, environment });
    expect(run.stderr).toBe('');
    const { page, text } = await opened();
    expect(secretsIn(text)).not.toEqual([]);
    expect((await stat(page)).mode & 0o777).toBe(0o600);
    expect((await stat(join(page, '..'))).mode & 0o777).toBe(0o700);
    expect([...seen.values()].some(({ arguments: told }) => told.includes(page))).toBe(true);
    expectNoSecret(seen, [...secretsIn(text), ...secretsIn(run.stdout), control?.token ?? '']);
  });

  test('read the token, a code or a link from any program that start and check run', async () => {
    const home = await temporaryFolder();
    const seen = watchProcesses(home);
    const running = startTouchstone(home);
    onTestFinished(() => running.end('SIGKILL').then(() => {}));
    await running.says('Stop: Ctrl-C');
    const control = await readControlFile(home);
    const check = await runTouchstone(['check', '--json', join(samples, 'rocket.jpg')], { home });
    expect(check.code).toBe(0);
    const open = await runTouchstone(['open'], { home });
    await running.end('SIGTERM');
    expectNoSecret(seen, [control?.token ?? '', ...secretsIn(running.output()), ...secretsIn(open.stdout)]);
  });

  test('read a one-time link from a file that was left lying about', async () => {
    const { home, companion } = await startTestCompanion();
    const { environment, opened } = await fakeDesktop();
    await runTouchstone(['open'], { home, environment });
    const { page } = await opened();
    expect(await readdir(join(page, '..'))).toHaveLength(1);
    await companion.stop();
    expect(await readdir(join(home, 'redirects'))).toEqual([]);
    await mkdir(join(home, 'redirects'), { recursive: true });
    await writeFile(join(home, 'redirects', 'of-a-killed-one.html'), 'link');
    await startTestCompanion({ home });
    expect(await readdir(join(home, 'redirects'))).toEqual([]);
  });
});

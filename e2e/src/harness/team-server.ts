import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Role } from '@touchstone/shared/api';
import { type Browser, chromium } from 'playwright-core';
import { browserPath } from './browser-paths.ts';
import { freePort } from './companion.ts';

const root = resolve(import.meta.dirname, '../../..');
const NODE = ['--disable-warning=ExperimentalWarning'];

/** Every name under `.test` leads to loopback in the browser. */
const NAME = 'desk.test';

const run = promisify(execFile);

export interface TeamServer {
  /** `https://...` */
  readonly origin: string;
  /** By which Chromium takes its certificate (`--ignore-certificate-errors-spki-list`). */
  readonly pin: string;
  /** `touchstone users`. @returns what it wrote on standard output */
  users(...args: readonly string[]): Promise<string>;
  /** @returns the link with which somebody joins */
  invite(name: string, role: Role): Promise<string>;
  /** How a program's request is answered. @param token of a person @returns the status of HTTP */
  ask(path: string, token: string): Promise<number>;
  /** A browser that takes the server's own certificate, and no other that nobody vouches for. */
  launchBrowser(): Promise<Browser>;
  /** Ends the server, and leaves everything else. */
  stopServing(): Promise<void>;
  dispose(): Promise<void>;
}

/** What is under a team's server, of which the fixture tells in one line. */
interface Ground {
  readonly database: string;
  readonly cert: string;
  readonly key: string;
  readonly pin: string;
}

async function firstLine(child: ChildProcess, what: string): Promise<string> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-8_000);
  });
  if (!child.stdout) throw new Error(`${what} has no output`);
  const lines = createInterface({ input: child.stdout });
  const line = once(lines, 'line').then(([first]) => String(first));
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${what} ended with ${code}:\n${said}`);
  });
  return Promise.race([line, ended]);
}

async function end(child: ChildProcess, how: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  how();
  await gone;
}

/**
 * The real `touchstone serve` with its own certificate, on a real PostgreSQL, with passkeys for the way in.
 * @param options.worker whether a `touchstone worker` judges what is asked
 */
export async function startTeamServer({ worker = false } = {}): Promise<TeamServer> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-e2e-team-'));
  const ground = spawn(
    process.execPath,
    [...NODE, join(root, 'companion/src/team/fixtures/team-for-browsers.ts'), NAME],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const stopGround = () => end(ground, () => ground.stdin.end());
  try {
    const { database, cert, key, pin } = JSON.parse(await firstLine(ground, 'PostgreSQL')) as Ground;
    const port = await freePort();
    const origin = `https://${NAME}:${port}`;
    const command = [...NODE, join(root, 'companion/src/cli/main.ts')];
    const env = { ...process.env, TOUCHSTONE_HOME: home, TOUCHSTONE_DATABASE: database, TOUCHSTONE_URL: origin };
    const tls = ['--tls-cert', cert, '--tls-key', key];
    const content = ['--content', join(home, 'content')];
    const begin = (...args: readonly string[]) =>
      spawn(process.execPath, [...command, ...args, ...content], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const server = begin('serve', '--passkeys', ...tls, '--listen', `127.0.0.1:${port}`);
    await firstLine(server, 'touchstone serve');
    const working = worker ? begin('worker') : undefined;
    if (working) await firstLine(working, 'touchstone worker');
    const users = async (...args: readonly string[]) =>
      (await run(process.execPath, [...command, 'users', ...args], { env })).stdout.trim();
    const stopServing = () => end(server, () => server.kill('SIGTERM'));
    return {
      origin,
      pin,
      users,
      invite: (name, role) => users('invite', '--role', role, '--name', name),
      ask: async (path, token) => {
        const address = { host: '127.0.0.1', port, path, servername: NAME, ca: await readFile(cert) };
        const headers = { host: `${NAME}:${port}`, authorization: `Bearer ${token}` };
        const { promise, resolve: answered, reject } = Promise.withResolvers<number>();
        get({ ...address, headers }, (answer) => answered(answer.resume().statusCode ?? 0)).on('error', reject);
        return promise;
      },
      launchBrowser: () =>
        chromium.launch({
          executablePath: browserPath('chromium'),
          args: [
            '--no-sandbox',
            '--disable-gpu',
            `--host-resolver-rules=MAP *.test 127.0.0.1`,
            `--ignore-certificate-errors-spki-list=${pin}`,
          ],
        }),
      stopServing,
      async dispose() {
        await stopServing();
        if (working) await end(working, () => working.kill('SIGTERM'));
        await stopGround();
        await rm(home, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await stopGround();
    throw error;
  }
}

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Role } from '@touchstone/shared/api';
import { type SelfSigned, selfSigned } from '../../../companion/src/team/fixtures/self-signed.ts';
import { startPostgres } from '../../../companion/src/team/fixtures/start-postgres.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const MAIN = 'companion/src/cli/main.ts';
/** As people type it; the browsers of the tests look it up on loopback. */
const HOST = 'desk.test';

const run = promisify(execFile);

export interface TeamServer {
  /** `https://desk.test:PORT` */
  readonly address: string;
  readonly certificate: SelfSigned;
  /** @returns the link with which somebody joins */
  invite(name: string, role: Role): Promise<string>;
  /** One command of `touchstone users`. @returns what it printed */
  users(...args: readonly string[]): Promise<string>;
  stopServing(): Promise<void>;
  dispose(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A team as its people find it: a real PostgreSQL, `touchstone serve` with a certificate of its own, and one `touchstone worker`. */
export async function startTeamServer(): Promise<TeamServer> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-team-'));
  const [postgres, certificate, port] = await Promise.all([startPostgres(), selfSigned(HOST), freePort()]);
  const address = `https://${HOST}:${port}`;
  await mkdir(join(folder, 'home'));
  await writeFile(join(folder, 'cert.pem'), certificate.cert);
  await writeFile(join(folder, 'key.pem'), certificate.key, { mode: 0o600 });
  const env = {
    ...process.env,
    TOUCHSTONE_HOME: join(folder, 'home'),
    TOUCHSTONE_DATABASE: postgres.url('postgres'),
    TOUCHSTONE_CONTENT: join(folder, 'content'),
    TOUCHSTONE_URL: address,
  };
  const command = (...args: readonly string[]) => ['--disable-warning=ExperimentalWarning', MAIN, ...args];

  async function begin(...args: readonly string[]): Promise<ChildProcess> {
    const child = spawn(process.execPath, command(...args, '--log-level', 'warn'), {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const gone = once(child, 'exit').then(() => Promise.reject(new Error(`${args[0]} ended:\n${said}`)));
    gone.catch(() => undefined);
    await Promise.race([once(child.stdout, 'data'), gone]);
    return child;
  }
  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }

  const tls = ['--tls-cert', join(folder, 'cert.pem'), '--tls-key', join(folder, 'key.pem')];
  const serving = await begin('serve', '--listen', `127.0.0.1:${port}`, '--passkeys', ...tls);
  const working = await begin('worker');
  const users = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, command('users', ...args), { cwd: ROOT, env })).stdout;
  return {
    address,
    certificate,
    users,
    async invite(name, role) {
      const said = await users('invite', '--name', name, '--role', role);
      const [link] = /https:\S+#join=[\w-]+/.exec(said) ?? [];
      if (link === undefined) throw new Error(`no link in: ${said}`);
      return link;
    },
    stopServing: () => end(serving),
    async dispose() {
      await Promise.all([end(serving), end(working)]);
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

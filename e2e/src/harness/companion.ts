import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { HistoryPage, HistoryPageRequest } from '@touchstone/shared';
import type { PairingAnswer } from '@touchstone/shared/api';

const root = resolve(import.meta.dirname, '../../..');

/** Below those that a system gives to connections (from 32,768 on): one of them could take the port before it is listened on. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + randomInt(PORTS);
    const server = createServer();
    const isFree = await new Promise<boolean>((done) => {
      server.once('error', () => done(false));
      server.listen(port, '127.0.0.1', () => done(true));
    });
    if (!isFree) continue;
    await new Promise<void>((done) => server.close(() => done()));
    return port;
  }
}

export interface Companion {
  readonly port: number;
  readonly home: string;
  start(): Promise<void>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  api<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  pairing(): Promise<PairingAnswer>;
  historyLink(): Promise<string>;
  history(request?: HistoryPageRequest): Promise<HistoryPage>;
  deleteRecords(ids: readonly string[]): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * The real companion as its own process, with a data folder and a port of its own.
 * @param prepare fills the data folder before the companion sees it
 */
export async function startCompanion(prepare?: (home: string) => Promise<void>): Promise<Companion> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-e2e-'));
  await prepare?.(home);
  const port = await freePort();
  let child: ChildProcess | undefined;
  let output = '';

  const control = async (): Promise<{ token: string }> =>
    JSON.parse(await readFile(join(home, 'control.json'), 'utf8')) as { token: string };

  const api = async <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> => {
    const { token } = await control();
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };

  const ready = async (): Promise<void> => {
    for (const deadline = Date.now() + 240_000; Date.now() < deadline; ) {
      if (child?.exitCode !== null && child?.exitCode !== undefined) break;
      try {
        await api('GET', '/api/status');
        return;
      } catch {
        await new Promise((done) => setTimeout(done, 100));
      }
    }
    throw new Error(`the companion did not start:\n${output}`);
  };

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const process_ = child;
    child = undefined;
    if (!process_ || process_.exitCode !== null || process_.signalCode !== null) return;
    const gone = new Promise<void>((done) => process_.once('exit', () => done()));
    process_.kill(signal);
    await gone;
  };

  const companion: Companion = {
    port,
    home,
    start: async () => {
      output = '';
      child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'companion/src/daemon/main.ts'], {
        cwd: root,
        env: {
          ...process.env,
          TOUCHSTONE_HOME: home,
          TOUCHSTONE_PORT: String(port),
          TOUCHSTONE_NO_OPEN: '1',
          // What other devices compute is tried by other tests, and costs a process each at every start.
          TOUCHSTONE_PROVIDER: 'cpu',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await ready();
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    api,
    pairing: () => api('POST', '/api/pairing', {}),
    deleteRecords: async (ids) => void (await api('POST', '/api/history/delete', { ids })),
    historyLink: async () => (await api<{ url: string }>('POST', '/api/history-link', {})).url,
    history: (request = {}) => api('POST', '/api/history/query', request),
    dispose: async () => {
      await end('SIGKILL');
      await rm(home, { recursive: true, force: true });
    },
  };
  await companion.start();
  return companion;
}

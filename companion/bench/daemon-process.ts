import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { NewToken, PairingAnswer, type Scope } from '@touchstone/shared/api';
import * as v from 'valibot';
import { COMPILE_CACHE, root } from '../../scripts/project.mjs';
import { readControlFile } from '../src/daemon/control-file.ts';
import { GLIBC_TUNABLES, NODE_FLAGS } from '../src/workers/node-settings.mjs';
import type { ProcessUsage } from '../src/workers/process-usage.ts';
import { usageOfTree } from './process-tree.ts';
import { installStandIns } from './stand-in-pack.ts';

/** What `npm start` sets (scripts/start.mjs). */
export const AS_STARTED = { NODE_COMPILE_CACHE: COMPILE_CACHE, GLIBC_TUNABLES };

const PROBE = fileURLToPath(new URL('./memory-probe.ts', import.meta.url));
const Started = v.object({ port: v.number(), pid: v.number() });

/** Megabytes of the main thread's heap and of what lies outside it. */
const MemoryParts = v.object({ rss: v.number(), heapUsed: v.number(), heapTotal: v.number(), external: v.number() });
export type MemoryParts = v.InferOutput<typeof MemoryParts>;

export interface DaemonOptions {
  /** Looks into the process twice a second, at little cost. */
  readonly probe?: boolean;
  /** Models that cost nothing instead of the packs. */
  readonly standIns?: boolean;
  /** Of another checkout, with its packages. */
  readonly folder?: string;
  /** Called with the data folder before the start. */
  readonly prepare?: (home: string) => Promise<void>;
}

export interface Daemon {
  readonly port: number;
  readonly pid: number;
  /** A new pairing code. */
  pairingCode(): Promise<string>;
  /** A new token that may check, or do something else. */
  programToken(scope?: Scope): Promise<string>;
  /** Resident memory of the daemon alone, in MB (10^6 bytes). */
  residentMegabytes(): Promise<number>;
  /** What all its processes have used since its start; undefined where the system does not tell. */
  usage(): Promise<ProcessUsage | undefined>;
  /** Where it lies, as the process itself says; needs `probe`. */
  memoryParts(): Promise<MemoryParts>;
  stop(): Promise<void>;
}

/** Starts the real companion on a free port with an empty data folder, on the CPU. */
export async function startDaemon({
  probe = false,
  standIns = false,
  folder = root,
  prepare,
}: DaemonOptions = {}): Promise<Daemon> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  if (standIns) await installStandIns(home);
  await prepare?.(home);
  const parts = join(home, 'memory.json');
  const probing = probe ? ['--import', PROBE] : [];
  const flags = folder === root ? NODE_FLAGS : await flagsOf(folder);
  const program = join(folder, 'companion', 'src', 'daemon', 'main.ts');
  const child = spawn(process.execPath, [...flags, ...probing, program], {
    env: {
      ...AS_STARTED,
      ...(folder !== root && { NODE_COMPILE_CACHE: join(folder, '.cache', 'node') }),
      ...process.env,
      TOUCHSTONE_HOME: home,
      TOUCHSTONE_PORT: '0',
      TOUCHSTONE_PROVIDER: 'cpu',
      ...(probe && { TOUCHSTONE_MEMORY_PROBE: parts }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { port, pid } = v.parse(Started, JSON.parse(String(line)));
  async function ask(path: string, body?: object): Promise<unknown> {
    const control = await readControlFile(home);
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${control?.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.json();
  }
  return {
    port,
    pid,
    pairingCode: async () => v.parse(PairingAnswer, await ask('/api/pairing')).code,
    programToken: async (scope = 'check') =>
      v.parse(NewToken, await ask('/api/tokens', { name: 'bench', scopes: [scope], days: 1 })).token,
    async residentMegabytes() {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
      return (Number(stdout) * 1024) / 1e6;
    },
    usage: () => usageOfTree(pid),
    memoryParts: async () => v.parse(MemoryParts, JSON.parse(await readFile(parts, 'utf8'))),
    stop: () => stopProcess(child, home),
  };
}

const NodeSettings = v.object({ NODE_FLAGS: v.array(v.string()) });

/** What another checkout runs its companion with. */
async function flagsOf(folder: string): Promise<readonly string[]> {
  const settings = join(folder, 'companion', 'src', 'workers', 'node-settings.mjs');
  return v.parse(NodeSettings, await import(pathToFileURL(settings).href)).NODE_FLAGS;
}

async function stopProcess(child: ChildProcess, home: string): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  await rm(home, { recursive: true });
}

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';

/** Resident memory a model may take while it is tried, in bytes: twice its largest possible file. */
const MAX_RESIDENT_BYTES = 4 * 1024 * 1024 * 1024;
/** How often the memory is looked at, in milliseconds: a graph fills some 2 GB in that time. */
const LOOK_EVERY_MS = 200;
/** Longest answer, in characters. */
const MAX_ANSWER = 64 * 1024;
/** Bytes of a page of memory in /proc, on every Linux that Node runs on with the usual kernels. */
const PAGE_BYTES = 4096;

export interface ChildLimits {
  readonly timeMs: number;
  readonly maxResidentBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a program of ours in a process of its own, which ends with its time or its memory, whatever native code does in it.
 * @param program module to run
 * @param order given to it as its first argument, in JSON; the second is the limit, for `watchOverThisProcess`
 * @returns the last line it printed, parsed
 * @throws TouchstoneError `pack-invalid` when it crashed or was ended, `cancelled`
 */
export async function runInChild(program: URL, order: unknown, limits: ChildLimits): Promise<unknown> {
  const { timeMs, maxResidentBytes = MAX_RESIDENT_BYTES, signal } = limits;
  throwIfCancelled(signal);
  const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(program), JSON.stringify(order), String(timeMs)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
  let ended: string | undefined;
  const end = (why: string): void => {
    ended ??= why;
    child.kill('SIGKILL');
  };
  const cancel = (): void => end('cancelled');
  signal?.addEventListener('abort', cancel, { once: true });
  const deadline = setTimeout(() => end(`it did not answer within ${timeMs / 1000} s`), timeMs);
  const memory = setInterval(async () => {
    if ((await residentBytes(child.pid)) > maxResidentBytes) end('it takes too much memory');
  }, LOOK_EVERY_MS);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.length > MAX_ANSWER) end('its answer is too long');
  });
  try {
    await new Promise<void>((done, fail) => child.once('error', fail).once('close', () => done()));
  } finally {
    clearTimeout(deadline);
    clearInterval(memory);
    signal?.removeEventListener('abort', cancel);
  }
  throwIfCancelled(signal);
  if (ended) throw new TouchstoneError('pack-invalid', `the model was ended: ${ended}`);
  try {
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } catch (cause) {
    throw new TouchstoneError('pack-invalid', 'the model crashed the runtime', { cause });
  }
}

/** 0 where the system does not tell: the time limit stands alone there. */
async function residentBytes(pid: number | undefined): Promise<number> {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  const pages = (await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')).split(' ')[1];
  return Number(pages ?? 0) * PAGE_BYTES;
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const door = new URL('./onnxruntime.ts', import.meta.url).href;
const off = new URL('./telemetry-off.ts', import.meta.url).href;

/** Runs a module in a program of its own whose environment asks for telemetry. @returns what it printed */
async function program(code: string, environment: Record<string, string> = {}): Promise<string> {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  const { stdout } = await run(process.execPath, args, {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: process.env.PATH, ...environment },
  });
  return stdout.trim();
}

/** A thread that opens the door to the runtime and tells how that went. */
const thread = `import { parentPort } from 'node:worker_threads';
try { await import(${JSON.stringify(door)}); parentPort.postMessage('loaded'); } catch (error) { parentPort.postMessage(error.code); }`;
const startThread = (options: string): string => `
  const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(thread)})), ${options});
  console.log(await new Promise((done) => worker.once('message', done)));`;

describe('attack: the model runtime reports to its maker', () => {
  it('by an environment that switches its reports on', async () => {
    const code = `import ${JSON.stringify(door)}; console.log(process.env.ORT_DISABLE_TELEMETRY);`;
    expect(await program(code, { ORT_DISABLE_TELEMETRY: '0' })).toBe('1');
  });

  it('from a thread whose program was never silenced', async () => {
    const code = `import { Worker } from 'node:worker_threads'; ${startThread('{}')}`;
    expect(await program(code)).toBe('telemetry-on');
  });

  it('from a thread whose own copy of the environment looks silent', async () => {
    const code = `import { Worker } from 'node:worker_threads';
      ${startThread('{ env: { ...process.env, ORT_DISABLE_TELEMETRY: "1" } }')}`;
    expect(await program(code)).toBe('telemetry-on');
  });

  it('from a thread of a silenced program: loads, and the process itself says so', async () => {
    // The report reads the environment natively, as the runtime does.
    const code = `import ${JSON.stringify(off)}; import { Worker } from 'node:worker_threads'; ${startThread('{ env: {} }')}
      process.report.excludeNetwork = true;
      console.log(process.report.getReport().environmentVariables.ORT_DISABLE_TELEMETRY);`;
    expect(await program(code)).toBe('loaded\n1');
  });
});

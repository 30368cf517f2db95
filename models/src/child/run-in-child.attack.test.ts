import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runInChild } from './run-in-child.ts';

const PROGRAM = new URL('./fixtures/misbehaving-child.ts', import.meta.url);
const MEGABYTE = 1024 * 1024;

describe('attack: a model that is tried takes the computer with it', () => {
  it('by never answering', async () => {
    await expect(runInChild(PROGRAM, 'hang', { timeMs: 2_000 })).rejects.toMatchObject({
      code: 'pack-invalid',
      detail: expect.stringContaining('did not answer within 2 s'),
    });
  });

  it.runIf(process.platform === 'linux')('by taking all memory', async () => {
    const limits = { timeMs: 60_000, maxResidentBytes: 400 * MEGABYTE };
    await expect(runInChild(PROGRAM, 'swallow', limits)).rejects.toMatchObject({
      code: 'pack-invalid',
      detail: expect.stringContaining('memory'),
    });
  });

  it('by crashing the process', async () => {
    await expect(runInChild(PROGRAM, 'crash', { timeMs: 60_000 })).rejects.toMatchObject({ code: 'pack-invalid' });
  });

  it('by an answer without end', async () => {
    await expect(runInChild(PROGRAM, 'chatter', { timeMs: 60_000 })).rejects.toMatchObject({ code: 'pack-invalid' });
  });

  it('after the person has given up', async () => {
    const signal = AbortSignal.timeout(500);
    await expect(runInChild(PROGRAM, 'hang', { timeMs: 60_000, signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it.runIf(process.platform !== 'win32')('by outliving whoever watched it', async () => {
    // Its parent tells its number and ends at once, without ending it.
    const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(PROGRAM), '"hang"', '600000'];
    const code = `const child = require('node:child_process').spawn(process.execPath, ${JSON.stringify(args)}, { stdio: 'ignore' });
      child.once('spawn', () => setTimeout(() => { console.log(child.pid); process.exit(); }, 3000));`;
    const parent = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = await once(parent.stdout, 'data');
    const lives = (): boolean => {
      try {
        return process.kill(Number(line), 0);
      } catch {
        return false;
      }
    };
    await expect.poll(lives, { timeout: 300_000 }).toBe(false);
  });

  it('while an honest one is heard', async () => {
    expect(await runInChild(PROGRAM, 'fine', { timeMs: 60_000 })).toBe('done');
  });
});

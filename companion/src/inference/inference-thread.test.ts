import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('./fixtures/exit-while-loading.ts', import.meta.url));
const PACK = fileURLToPath(new URL('../../../models/packs/thorough', import.meta.url));

/** From before the runtime is there to after the graph is. */
const DELAYS_MS = [150, 400, 700, 1_000, 1_500];

it('a process that ends while a graph is loading ends as it was told to, and never aborts', async () => {
  for (const delay of DELAYS_MS) {
    const args = ['--disable-warning=ExperimentalWarning', PROGRAM, PACK, String(delay), '3'];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    const [code, signal] = await once(child, 'exit');
    expect({ delay, code, signal }).toEqual({ delay, code: 3, signal: null });
  }
}, 300_000);

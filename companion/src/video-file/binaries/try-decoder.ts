import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bareEnvironment, bareOptions } from '../../workers/bare-program.ts';
import { DECODER_HEAP_MB, STALL_MS } from '../limits.ts';

const PROGRAM = new URL('../decoder/try-library.ts', import.meta.url);

/**
 * Whether a decoder's process can load its library, as it would for a video.
 * @param modules folder of fetched binaries (binaries-folder.ts)
 */
export async function decoderLoads(modules: string): Promise<boolean> {
  const child = spawn(process.execPath, [...bareOptions(DECODER_HEAP_MB, ['*']), fileURLToPath(PROGRAM)], {
    stdio: 'ignore',
    env: bareEnvironment({ NODE_PATH: modules }),
    windowsHide: true,
    timeout: STALL_MS,
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}

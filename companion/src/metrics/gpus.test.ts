import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { readGpus } from './gpus.ts';

it('reads what the driver of AMD tells, and leaves out cards that tell nothing', async () => {
  const drm = await temporaryFolder();
  for (const name of ['card0', 'card1', 'card0-HDMI-A-1']) await mkdir(join(drm, name, 'device'), { recursive: true });
  await writeFile(join(drm, 'card1', 'device', 'gpu_busy_percent'), '37\n');
  await writeFile(join(drm, 'card1', 'device', 'mem_info_vram_used'), '1073741824\n');
  await writeFile(join(drm, 'card1', 'device', 'mem_info_vram_total'), '8589934592\n');
  const [gpu, ...others] = await readGpus({ drm, nvidiaSmi: [] });
  expect(others).toEqual([]);
  expect(gpu).toEqual({ busy: 0.37, memoryUsed: 2 ** 30, memorySize: 2 ** 33 });
});

it.skipIf(process.platform === 'win32')(
  'reads what the program of NVIDIA prints, also where it does not know the use',
  async () => {
    const folder = await temporaryFolder();
    const program = join(folder, 'nvidia-smi');
    await writeFile(program, '#!/bin/sh\nprintf "12, 1024, 24576\\n[N/A], 5, 100\\n"\n');
    await chmod(program, 0o700);
    expect(await readGpus({ drm: join(folder, 'none'), nvidiaSmi: [join(folder, 'missing'), program] })).toEqual([
      { busy: 0.12, memoryUsed: 2 ** 30, memorySize: 24 * 2 ** 30 },
      { busy: undefined, memoryUsed: 5 * 2 ** 20, memorySize: 100 * 2 ** 20 },
    ]);
  },
);

it('finds none where no driver tells anything', async () => {
  expect(await readGpus({ drm: '/nowhere', nvidiaSmi: ['/nowhere/nvidia-smi'] })).toEqual([]);
});

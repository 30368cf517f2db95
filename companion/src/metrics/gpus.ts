import { execFile } from 'node:child_process';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a graphics processor does now, for all programs together. */
export interface Gpu {
  /** 0..1 */
  readonly busy: number | undefined;
  readonly memoryUsed: number;
  readonly memorySize: number;
}

/** Where drivers say it, and the program that says it where they do not. */
export interface GpuPlaces {
  readonly drm: string;
  readonly nvidiaSmi: readonly string[];
}

const PLACES: GpuPlaces = {
  drm: '/sys/class/drm',
  nvidiaSmi: ['/usr/bin/nvidia-smi', 'C:\\Windows\\System32\\nvidia-smi.exe'],
};

const MEBIBYTE = 1024 * 1024;

/** A driver that hangs must not leave programs behind. Milliseconds. */
const ANSWER_MS = 5_000;

const QUESTION = ['--query-gpu=utilization.gpu,memory.used,memory.total', '--format=csv,noheader,nounits'];

async function numberIn(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'latin1').catch(() => undefined);
  return text === undefined || !/^\d+\s*$/.test(text) ? undefined : Number(text);
}

/** As the driver of AMD tells it in files. */
async function fromDriver(folder: string): Promise<Gpu[]> {
  const cards = (await readdir(folder).catch(() => [])).filter((name) => /^card\d+$/.test(name)).toSorted();
  const read = await Promise.all(
    cards.map(async (card) => {
      const value = (name: string) => numberIn(join(folder, card, 'device', name));
      const [busy, used, size] = await Promise.all([
        value('gpu_busy_percent'),
        value('mem_info_vram_used'),
        value('mem_info_vram_total'),
      ]);
      if (used === undefined || size === undefined) return [];
      return [{ busy: busy === undefined ? undefined : busy / 100, memoryUsed: used, memorySize: size }];
    }),
  );
  return read.flat();
}

/** As the program of NVIDIA's driver tells it, where it is installed. */
async function fromProgram(places: readonly string[]): Promise<Gpu[]> {
  for (const program of places) {
    const installed = await access(program).then(
      () => true,
      () => false,
    );
    if (!installed) continue;
    const { stdout } = await promisify(execFile)(program, QUESTION, { timeout: ANSWER_MS, windowsHide: true });
    return stdout
      .split('\n')
      .map((line) => line.split(',').map((field) => Number.parseFloat(field)))
      .flatMap(([busy = Number.NaN, used = Number.NaN, size = Number.NaN]) =>
        Number.isFinite(used) && Number.isFinite(size)
          ? [
              {
                busy: Number.isFinite(busy) ? busy / 100 : undefined,
                memoryUsed: used * MEBIBYTE,
                memorySize: size * MEBIBYTE,
              },
            ]
          : [],
      );
  }
  return [];
}

/** The graphics processors whose drivers tell what they do; none where none does. @throws where the program fails */
export async function readGpus(places: GpuPlaces = PLACES): Promise<readonly Gpu[]> {
  return [...(await fromDriver(places.drm)), ...(await fromProgram(places.nvidiaSmi))];
}

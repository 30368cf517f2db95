import { mkdtemp, open, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPack, type Pack, prepareViews, type RawPicture } from '@touchstone/models';
import { CompanionSettings } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { createPipeline } from '../src/pipeline/create-pipeline.ts';
import type { Pipeline } from '../src/pipeline/pipeline.ts';
import { loadLibrary } from '../src/video-file/decoder/frame-decoder.ts';
import { openContainer } from '../src/video-file/decoder/open-container.ts';
import { readSamples } from '../src/video-file/decoder/read-samples.ts';
import { planSamples } from '../src/video-file/decoder/sample-plan.ts';
import { createVideoChecker, type VideoChecker } from '../src/video-file/video-checker.ts';
import { ownCpuMs } from './process-tree.ts';
import { level, type Measurement, quantile, timing } from './statistics.ts';
import { panClip } from './video-clip.ts';

const PACKS = fileURLToPath(new URL('../../models/packs', import.meta.url));
/** Goal for 30 s of 720p on two cores. Milliseconds. */
const GOAL_MS = 3_000;
/** Goal for memory over many frames: growth in per cent. */
const GOAL_GROWTH = 5;

const settings = (): CompanionSettings => v.parse(CompanionSettings, {});

/** Frames that were judged, by tier of the pack. */
type Judged = Record<'quick' | 'thorough', number>;

async function withChecker<T>(work: (videos: VideoChecker, judged: Judged) => Promise<T>): Promise<T> {
  const logger = pino({ level: 'silent' });
  const pipeline = await createPipeline({ settings, logger, packFolders: [PACKS], provider: 'cpu' });
  const judged: Judged = { quick: 0, thorough: 0 };
  const counting: Pipeline = {
    ...pipeline,
    async judgeFrame(frame, request) {
      judged[request.tier ?? 'quick']++;
      return pipeline.judgeFrame(frame, request);
    },
  };
  try {
    return await work(createVideoChecker({ pipeline: counting, settings }), judged);
  } finally {
    await pipeline.close();
  }
}

async function withClip<T>(seconds: number, height: number, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  try {
    const path = join(folder, 'clip.mp4');
    await panClip({ path, width: Math.round((height * 16) / 9), height, rate: 30, seconds });
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A file of 30 s of 720p30 H.264 to its verdict, beside the bare work: the same frames decoded in this process, then the
 * quick pack over all of them and the thorough one over as many as the product asked it about, one after the other. The
 * search for faces, hashes, thumbnails, the record and the decoder's process are not in the bare work.
 * @param rounds in turns with the bare work, so that both meet the same machine
 */
export async function videoFile(packs: Packs, rounds: number): Promise<Measurement[]> {
  return withClip(30, 720, (path) =>
    withChecker(async (videos, judged) => {
      const found: Round[] = [];
      for (let round = -1; round < rounds; round++) {
        judged.thorough = 0;
        const cpuBefore = await ownCpuMs();
        const start = performance.now();
        const { timings, timeline } = await videos.check({ path });
        const total = performance.now() - start;
        const cpu = cpuSince(cpuBefore, await ownCpuMs());
        const second = judged.thorough;
        const bare = await bareWork(path, packs, second);
        // The first one opens the model and the codec's library.
        if (round >= 0) found.push({ total, cpu, bare, timings, frames: timeline?.framesAnalyzed ?? 0, second });
      }
      const of = (pick: (round: Round) => number): number[] => found.map(pick);
      const totals = of(({ total }) => total);
      const floors = of(({ bare }) => bare.decode + bare.inference);
      return [
        level('video file to verdict, 30 s of 720p30 H.264 (floor: the goal)', 'ms', totals, GOAL_MS),
        timing('the same beside bare decode + inference of both packs', totals, floors),
        level(
          'processor time, all processes, beside that of the bare work',
          'ms',
          of(({ cpu }) => cpu),
          of(({ bare }) => bare.cpu),
        ),
        timing(
          'stage: decode and scale, in its own process',
          of(({ timings }) => timings.decode),
          of(({ bare }) => bare.decode),
        ),
        timing(
          'stage: judging by both packs, beside the decoder',
          of(({ timings }) => timings.inference),
          of(({ bare }) => bare.inference),
        ),
        level(
          'frames judged',
          'frames',
          of(({ frames }) => frames),
          null,
        ),
        level(
          'of them by the thorough pack too',
          'frames',
          of(({ second }) => second),
          null,
        ),
      ];
    }),
  );
}

interface Work {
  /** Milliseconds. */
  readonly decode: number;
  readonly inference: number;
}

/** NaN where the system does not say. */
const cpuSince = (before = Number.NaN, after = Number.NaN): number => after - before;

interface BareWork extends Work {
  readonly cpu: number;
}

interface Round {
  readonly total: number;
  /** Processor time of all processes. */
  readonly cpu: number;
  readonly bare: BareWork;
  readonly timings: Work;
  readonly frames: number;
  /** Frames that the thorough pack was asked about. */
  readonly second: number;
}

export interface Packs {
  readonly quick: Pack;
  readonly thorough: Pack | undefined;
}

async function bareWork(path: string, { quick, thorough }: Packs, second: number): Promise<BareWork> {
  const cpuBefore = await ownCpuMs();
  const start = performance.now();
  const pictures = await bareFrames(path);
  const decode = performance.now() - start;
  const cpu = cpuSince(cpuBefore, await ownCpuMs());
  const first = await bareInference(pictures, quick);
  const again = thorough ? await bareInference(pictures.slice(0, second), thorough) : { ms: 0, cpu: 0 };
  return { decode, inference: first.ms + again.ms, cpu: cpu + first.cpu + again.cpu };
}

/** @returns milliseconds, and those of processor time, without the opening of the pack */
async function bareInference(pictures: readonly RawPicture[], pack: Pack): Promise<{ ms: number; cpu: number }> {
  const session = await openPack(pack);
  const cpuBefore = await ownCpuMs();
  const opened = performance.now();
  for (const picture of pictures) await session.run([await prepareViews(picture, pack.manifest.input)]);
  const ms = performance.now() - opened;
  const cpu = cpuSince(cpuBefore, await ownCpuMs());
  await session.release();
  return { ms, cpu };
}

async function bareFrames(path: string): Promise<RawPicture[]> {
  const file = await open(path);
  try {
    const pictures: RawPicture[] = [];
    const container = await openContainer(file.fd);
    await readSamples(await loadLibrary(), container, planSamples(container.facts.duration), {
      threads: availableParallelism(),
      deadline: Number.POSITIVE_INFINITY,
      give: async ({ picture }) => void pictures.push(picture),
    });
    return pictures;
  } finally {
    await file.close();
  }
}

/** Memory of this process over many frames of video files, checked one after the other. Needs `--expose-gc`. */
export async function videoMemory(frames: number): Promise<Measurement[]> {
  return withClip(30, 360, (path) =>
    withChecker(async (videos) => {
      const levels: number[] = [];
      let judged = 0;
      while (judged < frames) {
        judged += (await videos.check({ path })).timeline?.framesAnalyzed ?? 1;
        globalThis.gc?.();
        levels.push(process.memoryUsage.rss() / 1e6);
      }
      // The first tenth fills caches and the allocator's pools.
      const tenth = Math.max(1, Math.floor(levels.length / 10));
      const before = quantile(levels.slice(tenth, 3 * tenth), 0.5);
      const after = quantile(levels.slice(-2 * tenth), 0.5);
      return [
        level(`memory after ${judged} frames of video files (floor: after the first tenth)`, 'MB', [after], before),
        level('growth (floor: the goal)', '%', [100 * (after / before - 1)], GOAL_GROWTH),
      ];
    }),
  );
}

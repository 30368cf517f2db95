import type { RawPicture } from '@touchstone/models';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../analysis/frame-judge.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VideoEvent } from './decode-video.ts';
import { judgingByGrey } from './fixtures/judging-by-grey.ts';
import { judgeFrames, type VideoAnalysisProgress } from './judge-frames.ts';
import type { VideoFacts } from './protocol.ts';

const SIZE = { width: 320, height: 240 } as const;
const INTERVAL = 0.5;
const grey = judgingByGrey();

const pixels = (level: number): RawPicture => ({
  ...SIZE,
  data: new Uint8Array(new ArrayBuffer(SIZE.width * SIZE.height * 3)).fill(level),
});
const levelOf = (frame: Frame): number => (frame as RawPicture).data[0] ?? 0;

/** Events of a video of so many grey frames. */
async function* events(levels: readonly number[]): AsyncGenerator<VideoEvent> {
  const facts: VideoFacts = {
    container: 'mp4',
    codec: 'avc',
    ...SIZE,
    duration: levels.length * INTERVAL,
    framesPerSecond: 25,
    expectedFrames: levels.length,
    interval: INTERVAL,
  };
  yield { type: 'opened', facts };
  for (const [index, level] of levels.entries())
    yield { type: 'frame', time: index * INTERVAL, picture: pixels(level) };
  yield { type: 'end', damaged: false };
}

/** Faces of some frames take longer than the next frame takes in all. */
const slowFaces = (isSlow: (level: number) => boolean): Pipeline['faces'] => ({
  async find(frame) {
    if (isSlow(levelOf(frame))) for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    return [];
  },
  close: async () => undefined,
});

/** @param flat brightness of frames that count as flat graphics */
async function watch(levels: readonly number[], flat: number) {
  const analysis = await judgeFrames(events(levels), {
    client: 'test',
    pipeline: {
      ...grey,
      async judgeFrame(frame, request) {
        const flatness = levelOf(frame) === flat ? 1 : 0.1;
        return { ...(await grey.judgeFrame(frame, request)), flatness };
      },
    },
  });
  return { ...analysis, times: analysis.timeline.snapshot().moments.map(({ time }) => time) };
}

describe('frames of a file', () => {
  it('count in their order, whichever was ready first', async () => {
    const levels = [60, 64, 68, 72, 76, 80, 84, 88];
    const progress: number[] = [];
    await judgeFrames(events(levels), {
      client: 'test',
      pipeline: { ...grey, faces: slowFaces((level) => level === 76) },
      onProgress: ({ mediaTime }) => progress.push(mediaTime),
    });
    expect(progress).toEqual(levels.map((_, index) => index * INTERVAL));
  });

  it('are looked at for faces in even steps, whatever else the detector does', async () => {
    const looked: [level: number, wait: boolean | undefined][] = [];
    await judgeFrames(events([10, 20, 30, 40, 50, 60, 70, 80, 90]), {
      client: 'test',
      pipeline: {
        ...grey,
        faces: {
          async find(frame, wait) {
            looked.push([levelOf(frame), wait]);
            return undefined;
          },
          close: async () => undefined,
        },
      },
    });
    expect(looked).toEqual([
      [10, true],
      [70, true],
    ]);
  });

  it('are told of once more for each look of the thorough pack', async () => {
    const told: VideoAnalysisProgress['looks'][] = [];
    await judgeFrames(events([128, 132, 136, 140]), {
      client: 'test',
      pipeline: {
        ...grey,
        async judgeFrame(frame, request) {
          const one = await grey.judgeFrame(frame, request);
          const manifest = { ...one.pack.manifest, tier: request.tier ?? one.pack.manifest.tier };
          return { ...one, pack: { ...one.pack, manifest } };
        },
      },
      onProgress: ({ looks }) => told.push(looks),
    });
    expect(told.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined]);
    expect(told.length).toBeGreaterThan(4);
    expect(told.slice(4).map((looks) => looks?.done)).toEqual(told.slice(4).map((_, index) => index + 1));
  });

  it('say nothing where they are black or a title card, before and between others', async () => {
    const levels = [0, 0, 0, 200, 204, 0, 208, 212, 0, 0];
    const { times, flatness, mostlyFlat } = await watch(levels, 0);
    expect(times).toEqual([1.5, 2, 3, 3.5]);
    expect(flatness).toBeLessThan(0.8);
    expect(mostlyFlat).toBe(true);
  });

  it('are all there is to tell where a video is flat throughout', async () => {
    const { times, flatness, mostlyFlat } = await watch([0, 0, 0, 0], 0);
    expect(times).toHaveLength(4);
    expect(flatness).toBe(1);
    expect(mostlyFlat).toBe(false);
  });
});

describe('faces of a file', () => {
  const area = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
  const withFace: Pipeline['faces'] = { find: async () => [area], close: async () => undefined };
  const pack = { folder: '', manifest: {} } as never;

  it('are asked about blending every second until a word can be told after three looks, then in even steps', async () => {
    const looked: number[] = [];
    const judgeFace: Pipeline['judgeFace'] = async (frame) => {
      looked.push(levelOf(frame));
      return { pack, logit: looked.length };
    };
    const levels = Array<number>(19).fill(60);
    const options = { client: 'test', pipeline: { ...grey, faces: withFace, judgeFace } };
    expect((await judgeFrames(events(levels), options)).blending?.tracks).toMatchObject([
      { track: 0, start: 0, end: 8, looks: 5, logit: 3, area, time: 8 },
    ]);
    expect(looked).toEqual([60, 60, 60, 60, 60]);
    expect((await judgeFrames(events(levels.slice(0, 5)), options)).blending?.tracks).toMatchObject([{ looks: 3 }]);
    expect((await judgeFrames(events(levels.slice(0, 4)), options)).blending).toBeUndefined();
  });

  it('are not asked about where a pack is named, which then works alone', async () => {
    let asked = 0;
    const judgeFace: Pipeline['judgeFace'] = async () => {
      asked++;
      return { pack, logit: 9 };
    };
    const pipeline = { ...grey, faces: withFace, judgeFace };
    const { blending } = await judgeFrames(events(Array(19).fill(60)), { client: 'test', pack: 'quick', pipeline });
    expect([blending, asked]).toEqual([undefined, 0]);
  });
});

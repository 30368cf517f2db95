import { fileURLToPath } from 'node:url';
import { readPack } from '@touchstone/models';
import { describe, expect, it } from 'vitest';
import type { FaceJudge } from '../analysis/face-judge.ts';
import { blendingEvidence } from '../verdict/video-evidence.ts';
import type { TrackedFace } from './face-tracker.ts';
import { watchBlending } from './watch-blending.ts';

const starter = await readPack(fileURLToPath(new URL('../../../models/packs/starter', import.meta.url)));
const face = { logit: 'logit', margin: 1.3, minimumSide: 128, above: 1, meaning: 'a test', golden: 0 };
const { manifest } = starter;
const pack = { ...starter, manifest: { ...manifest, output: { ...manifest.output, face } } };
const pixels = { data: new Uint8Array(0), width: 0, height: 0 };
const request = { lane: 'asked' } as const;

/** Faces of the same size unless a width is given. */
const at = (track: number, width = 0.2): TrackedFace => ({ x: 0.1, y: 0.2, width, height: 0.3, track });

/** @param logits of each track in the order of its looks; undefined fails */
function judging(logits: Readonly<Record<number, readonly (number | undefined)[]>>) {
  const asked: number[] = [];
  const judge: FaceJudge = async (_, area) => {
    const track = Math.round(area.y * 10) - 2;
    const logit = logits[track]?.[asked.filter((one) => one === track).length];
    asked.push(track);
    if (logit === undefined) throw new Error('nobody answers');
    return { pack, logit };
  };
  return { asked, judge };
}

/** A face whose place says which track it is. */
const placed = (track: number, width?: number): TrackedFace => ({ ...at(track, width), y: 0.2 + track / 10 });

describe('blending in the faces of a video', () => {
  it('is told after three looks, by their middle, with where and when it showed most', async () => {
    const { judge } = judging({ 0: [9, 1.5, 2] });
    const watch = watchBlending(judge, request);
    await watch.look(0, [placed(0)], pixels);
    await watch.look(1, [placed(0)], pixels);
    expect(watch.seen()).toBeUndefined();
    await watch.look(2, [placed(0)], pixels);
    const seen = watch.seen();
    expect(seen?.tracks).toMatchObject([{ track: 0, looks: 3, start: 0, end: 2, logit: 2, time: 0 }]);
    expect(seen && blendingEvidence(seen)).toMatchObject({
      kind: 'face',
      code: 'video-face-blending',
      direction: 'ai',
      strength: 0.5,
      details: { fromSeconds: 0, toSeconds: 2, looks: 3, track: 0, faces: 1, facesAbove: 1, x: 0.1, y: 0.2 },
    });
  });

  it('is not told for one look that lies far off', async () => {
    const watch = watchBlending(judging({ 0: [0.2, 9, 0.4] }).judge, request);
    for (const time of [0, 1, 2]) await watch.look(time, [placed(0)], pixels);
    const seen = watch.seen();
    expect(seen?.tracks[0]?.logit).toBeCloseTo(0.4);
    expect(seen && blendingEvidence(seen)).toBeUndefined();
  });

  it('is asked about once a second, five times a face, of the two largest, twelve times a video', async () => {
    const once = judging({ 0: Array(20).fill(0) });
    const watch = watchBlending(once.judge, request);
    for (let time = 0; time < 10; time += 0.5) await watch.look(time, [placed(0)], pixels);
    expect(once.asked).toHaveLength(5);
    const many = judging({ 0: Array(20).fill(0), 1: Array(20).fill(0), 2: Array(20).fill(0), 3: Array(20).fill(0) });
    const crowd = watchBlending(many.judge, request);
    await crowd.look(0, [placed(0, 0.1), placed(1, 0.3), placed(2, 0.2)], pixels);
    expect(many.asked.toSorted()).toEqual([1, 2]);
    for (let time = 1; time < 30; time++)
      await crowd.look(
        time,
        [0, 1, 2, 3].map((track) => placed(track)),
        pixels,
      );
    expect(many.asked).toHaveLength(12);
  });

  it('lacks looks as long as a face that is still there has too few of them', async () => {
    const watch = watchBlending(judging({ 0: [1, 1, 1] }).judge, request);
    expect(watch.lacks(0)).toBe(false);
    await watch.look(0, [placed(0)], pixels);
    expect(watch.lacks(0.5)).toBe(true);
    expect(watch.lacks(8)).toBe(false);
    await watch.look(1, [placed(0)], pixels);
    expect(watch.lacks(1.5)).toBe(true);
    await watch.look(2, [placed(0)], pixels);
    expect(watch.lacks(2.5)).toBe(false);
    const nobody = watchBlending(async () => undefined, request);
    await nobody.look(0, [placed(0)], pixels);
    expect(nobody.lacks(0.5)).toBe(false);
  });

  it('counts no look that failed, and none where no pack answers to faces', async () => {
    const watch = watchBlending(judging({ 0: [5, undefined, 5] }).judge, request);
    for (const time of [0, 1, 2]) await watch.look(time, [placed(0)], pixels);
    expect(watch.seen()).toBeUndefined();
    const nobody = watchBlending(async () => undefined, request);
    for (const time of [0, 1, 2, 3]) await nobody.look(time, [placed(0)], pixels);
    expect(nobody.seen()).toBeUndefined();
  });
});

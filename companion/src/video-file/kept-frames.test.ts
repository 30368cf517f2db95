import type { RawPicture } from '@touchstone/models';
import { describe, expect, it } from 'vitest';
import { createTimeline, type VideoTimeline } from '../timeline/create-timeline.ts';
import { frames, repeat, THRESHOLDS } from '../timeline/fixtures/sequences.ts';
import { timelineVerdict } from '../verdict/fixtures/timeline-verdict.ts';
import { createKeptFrames, type KeptFrames } from './kept-frames.ts';

const picture = (): RawPicture => ({ data: new Uint8Array(new ArrayBuffer(12)), width: 2, height: 2 });

/** A video whose frames were all offered. @param scenes frames of each shot, and the first pack's log-odds there */
function watched(kept: KeptFrames, scenes: readonly (readonly [frames: number, logit: number])[]) {
  const logits = scenes.flatMap(([count, logit]) => repeat(logit, count));
  const sceneAt = scenes.flatMap(([count], scene) => repeat(scene, count));
  const timeline = createTimeline({ thresholds: THRESHOLDS, duration: logits.length / 2 });
  const pictures = frames(logits, (i) => sceneAt[i] ?? 0).map((frame) => {
    const own = picture();
    kept.offer(timeline.add(frame).shot, frame.time, own);
    return own;
  });
  return { timeline, held: () => pictures.filter(({ data }) => data.byteLength > 0).length };
}

/** @param answer log-odds at a second */
async function ask(kept: KeptFrames, timeline: VideoTimeline, answer: (time: number) => number | undefined) {
  const times: number[] = [];
  await kept.run(timeline, async (_, time) => {
    times.push(time);
    return answer(time);
  });
  return times;
}

describe('frames kept for a second opinion', () => {
  it('find a generated shot wherever it lies, with a few for each other shot', async () => {
    const kept = createKeptFrames(12);
    const { timeline } = watched(kept, [
      [20, -3],
      [20, -3],
      [20, -2],
      [8, -1],
    ]);
    const times = await ask(kept, timeline, (time) => (time >= 30 ? 8 : -4));
    expect(times.filter((time) => time >= 30)).toHaveLength(3);
    expect(times).toHaveLength(6);
    const { reasons } = timelineVerdict(timeline, THRESHOLDS);
    expect(reasons[0]).toMatchObject({ code: 'video-part-generated', details: { from: '0:30' } });
  });
  it('spread over a video of one shot', async () => {
    const kept = createKeptFrames(12);
    const { timeline } = watched(kept, [[40, -3]]);
    const times = await ask(kept, timeline, () => -4);
    expect(times).toHaveLength(3);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(6);
  });
  it('stay within their budget, over several calls, and end where nobody answers', async () => {
    const kept = createKeptFrames(5);
    const scenes = Array.from({ length: 9 }, () => [4, 1] as const);
    const { timeline } = watched(kept, scenes);
    expect(await ask(kept, timeline, () => 0)).toHaveLength(5);
    expect(await ask(kept, timeline, () => 0)).toHaveLength(0);
    const others = createKeptFrames(5);
    expect(await ask(others, watched(others, scenes).timeline, () => undefined)).toHaveLength(1);
  });
  it('hold few frames, a frame of every shot while there is room, and give all of them back', () => {
    const kept = createKeptFrames(12);
    const { held } = watched(kept, [[200, -3]]);
    expect(held()).toBeGreaterThanOrEqual(3);
    expect(held()).toBeLessThanOrEqual(5);
    const many = createKeptFrames(12);
    const { held: heldOfMany } = watched(
      many,
      Array.from({ length: 60 }, (_, i) => [3 + (i % 3), 0] as const),
    );
    expect(heldOfMany()).toBe(24);
    kept.close();
    many.close();
    expect(held() + heldOfMany()).toBe(0);
  });
});

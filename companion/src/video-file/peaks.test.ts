import { describe, expect, it } from 'vitest';
import { releasePixels } from '../decode/release-pixels.ts';
import { encodePeaks, keepPeaks, PEAKS } from './peaks.ts';

const frame = (grey: number, width = 640, height = 360) => ({
  data: new Uint8Array(width * height * 3).fill(grey),
  width,
  height,
});

describe('keepPeaks', () => {
  it('keeps the frames that look most generated, apart from each other', () => {
    const keeper = keepPeaks(100);
    for (let time = 0; time < 100; time += 0.5) keeper.offer(time, Math.sin(time / 5), frame(1));
    const peaks = keeper.peaks();
    expect(peaks.length).toBeLessThanOrEqual(PEAKS);
    expect(peaks.map(({ logit }) => logit)).toEqual(peaks.map(({ logit }) => logit).toSorted((a, b) => b - a));
    const times = peaks.map(({ time }) => time).sort((a, b) => a - b);
    for (const [i, time] of times.slice(1).entries()) expect(time - (times[i] ?? 0)).toBeGreaterThanOrEqual(5);
    expect(peaks[0]?.logit).toBeGreaterThan(0.99);
  });

  it('gives a place up to a higher neighbour', () => {
    const keeper = keepPeaks(10);
    keeper.offer(1, 0, frame(1));
    keeper.offer(1.5, 2, frame(2));
    keeper.offer(1.8, 1, frame(3));
    expect(keeper.peaks().map(({ time }) => time)).toEqual([1.5]);
  });

  it('has pictures of its own, at thumbnail size, also where the frame lies in a Buffer that is given back', async () => {
    const keeper = keepPeaks(null);
    const plain = frame(200, 64, 36);
    const small = { ...plain, data: Buffer.from(plain.data.buffer) };
    keeper.offer(0, 1, small);
    keeper.offer(20, 0, frame(10));
    releasePixels(small);
    expect(keeper.peaks()[0]?.picture.data[0]).toBe(200);
    expect(keeper.peaks()[1]?.picture).toMatchObject({ width: 320, height: 180 });
    for (const picture of await encodePeaks(keeper.peaks())) {
      expect(new TextDecoder().decode(picture.subarray(8, 12))).toBe('WEBP');
    }
  });
});

import type { ResultRecord, Timeline } from '@touchstone/shared';
import { CUT_AND_GAP, DRAWN_STRETCHES, stretchesOf } from '@touchstone/shared/present/fixtures';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { timelinePicture, timelineSvg } from './timeline-picture.ts';

const moments = Array.from({ length: 60 }, (_, i) => {
  const probability = i < 30 ? 0.2 : 0.98;
  return {
    time: i / 2,
    probability,
    low: probability * 0.8,
    high: Math.min(1, probability * 1.2),
    shot: +(i >= 30),
    faces: [],
  };
});
const timeline: Timeline = {
  duration: 30,
  framesAnalyzed: 60,
  moments,
  shots: [
    { start: 0, end: 14.5, probability: 0.2, frames: 30 },
    { start: 15, end: 29.5, probability: 0.98, frames: 30 },
  ],
  faceTracks: [{ track: 0, start: 3, end: 12, frames: 18, probability: 0.3 }],
  thresholds: { fakeAbove: 0.95, realBelow: 0.3 },
  stoppedEarly: false,
};
const recordNamed = (fileName: string): ResultRecord & { timeline: Timeline } => {
  const record = generatedRecord(1);
  return { ...record, source: { ...record.source, kind: 'video', fileName }, timeline };
};

describe('timeline picture', () => {
  it('is a PNG that shows scores, band, shots and both thresholds', async () => {
    const svg = timelineSvg(recordNamed('clip.mp4'));
    for (const part of [
      'class="line"',
      'class="band"',
      'likely AI above this line',
      'likely authentic below this line',
      'clip.mp4',
      '98%',
    ]) {
      expect(svg).toContain(part);
    }
    const picture = await sharp(await timelinePicture(recordNamed('clip.mp4'))).metadata();
    expect(picture).toMatchObject({ format: 'png', width: 1200, height: 420 });
  });

  it.each([
    [0.996, 'chance of AI over 99%'],
    [0.004, 'chance of AI under 1%'],
  ])('never promises certainty: %d', (probability, said) => {
    const record = recordNamed('clip.mp4');
    const shots = timeline.shots.map((shot) => ({ ...shot, probability }));
    const verdict = { ...record.verdict, probability };
    const svg = timelineSvg({ ...record, verdict, timeline: { ...timeline, shots } });
    expect(svg).toContain(said);
    expect(svg.match(new RegExp(`>${said.slice('chance of AI '.length)}<`, 'g'))).toHaveLength(2);
  });

  it('draws no line over a cut or over what was not seen', () => {
    const svg = timelineSvg({ ...recordNamed('clip.mp4'), timeline: CUT_AND_GAP });
    const path = /class="line" d="([^"]*)"/.exec(svg)?.[1] ?? '';
    expect(stretchesOf(path, 70, 1106)).toEqual(DRAWN_STRETCHES);
  });

  it('draws hostile file names as text', async () => {
    const svg = timelineSvg(recordNamed('<image href="file:///etc/passwd"/>&\u0000\u202e\ud800.mp4'));
    expect(svg).not.toContain('<image');
    expect(svg).toContain('&lt;image');
    await expect(timelinePicture(recordNamed('\u0001<b>&amp;\ufffe.mp4'))).resolves.toBeInstanceOf(Buffer);
  });

  it.each([0.04, 7, 7200])('fits %d seconds', async (duration) => {
    const one = moments.slice(0, 1);
    const svg = timelineSvg({ ...recordNamed('x'), timeline: { ...timeline, duration, moments: one, shots: [] } });
    expect(svg.match(/<text/g)?.length).toBeLessThan(30);
  });
});

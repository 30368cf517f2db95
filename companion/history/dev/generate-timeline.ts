import type { FaceTrack, Timeline, TimelineMoment, TimelineShot } from '@touchstone/shared';
import { numbers } from './numbers.ts';

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** A timeline like the companion's: shots of a few seconds, one of them generated, a face in some. */
export function generateTimeline(index: number, probability: number): Timeline {
  const next = numbers(index * 7 + 3);
  const long = index % 3 === 0;
  const duration = long ? 600 + next() * 6000 : 12 + next() * 60;
  const step = duration / (long ? 240 : 40);
  const cuts = Array.from({ length: long ? 14 : 3 }, () => next() * duration).sort((a, b) => a - b);
  const insert = Math.floor(next() * (cuts.length + 1));
  const moments: TimelineMoment[] = [];
  for (let time = 0; time < duration; time += step) {
    const shot = cuts.filter((cut) => cut <= time).length;
    const score = clamp((shot === insert ? 0.9 : probability * 0.7) + (next() - 0.5) * 0.2);
    const face = shot % 2 === 1;
    moments.push({
      time,
      probability: score,
      low: clamp(score - 0.05 - next() * 0.12),
      high: clamp(score + 0.05 + next() * 0.12),
      shot,
      faces: face ? [{ x: 0.35 + next() * 0.1, y: 0.2, width: 0.2, height: 0.4, track: 0, probability: score }] : [],
    });
  }
  const shots: TimelineShot[] = [0, ...cuts].map((start, shot) => {
    const own = moments.filter((moment) => moment.shot === shot);
    const mean = own.reduce((sum, moment) => sum + moment.probability, 0) / Math.max(1, own.length);
    return { start, end: cuts[shot] ?? duration, probability: mean, frames: own.length };
  });
  const withFace = moments.filter(({ faces }) => faces.length > 0);
  const faceTracks: FaceTrack[] =
    withFace.length === 0
      ? []
      : [
          {
            track: 0,
            start: withFace[0]?.time ?? 0,
            end: withFace.at(-1)?.time ?? 0,
            frames: withFace.length,
            probability: 0.41,
          },
          { track: 1, start: duration * 0.2, end: duration * 0.5, frames: 7, probability: 0.97 },
        ];
  const telling = moments.toSorted((a, b) => b.probability - a.probability).slice(0, 5);
  return {
    duration,
    framesAnalyzed: moments.length,
    moments,
    shots,
    faceTracks,
    thresholds: { fakeAbove: 0.85, realBelow: 0.3 },
    peaks: telling.map(({ time }) => time),
    stoppedEarly: index % 4 === 1,
    media: {
      container: 'mp4',
      codec: 'h264',
      width: 1280,
      height: 720,
      framesPerSecond: 29.97,
      truncated: index % 5 === 2,
    },
  };
}

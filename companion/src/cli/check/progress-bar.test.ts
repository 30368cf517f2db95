import { expect, it } from 'vitest';
import { videoWords } from './progress-bar.ts';

it.each([
  [null, 'clip.mp4: 12 of 60 frames'],
  [2300, 'clip.mp4: 12 of 60 frames, about 3 s left'],
  [300_000, 'clip.mp4: 12 of 60 frames, about 5 min left'],
])('says how far a video is with %s ms to go', (timeLeft, words) => {
  const progress = { type: 'progress', framesAnalyzed: 12, framesPlanned: 60, mediaTime: 6, timeLeft } as const;
  expect(videoWords('/films/clip.mp4', progress)).toBe(words);
});

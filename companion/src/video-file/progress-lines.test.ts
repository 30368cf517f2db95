import { describe, expect, it } from 'vitest';
import { createProgressLines } from './progress-lines.ts';

describe('progress of a video', () => {
  it('knows from the start how many frames a short one has', () => {
    const lines = createProgressLines();
    lines.opened({ duration: 6, interval: 0.5 });
    const all = Array.from({ length: 12 }, (_, index) =>
      lines.line({ framesAnalyzed: index + 1, framesPlanned: 12, mediaTime: index / 2 }, 1000 + index * 100),
    );
    expect(all[0]).toMatchObject({ framesPlanned: 12, timeLeft: null });
    expect(all.every(({ framesPlanned }) => framesPlanned === 12)).toBe(true);
    expect(all[5]?.timeLeft).toBeCloseTo(600);
    expect(all.at(-1)?.timeLeft).toBe(0);
  });

  it('learns from a long one how far apart its key frames lie', () => {
    const lines = createProgressLines();
    lines.opened({ duration: 720, interval: 1.5 });
    const all = Array.from({ length: 90 }, (_, index) =>
      lines.line({ framesAnalyzed: index + 1, framesPlanned: 480, mediaTime: index * 8 }, index * 200),
    );
    expect(all[9]?.framesPlanned).toBeLessThan(105);
    // 80 frames are still to come, at five a second.
    expect(Math.abs((all[9]?.timeLeft ?? 0) - 16_000)).toBeLessThan(1000);
    expect(all.at(-1)?.framesPlanned).toBeLessThanOrEqual(91);
  });

  it('goes on telling while the thorough pack looks at what the quick one has seen', () => {
    const lines = createProgressLines();
    lines.opened({ duration: 2, interval: 1 });
    const frames = { framesAnalyzed: 2, framesPlanned: 2, mediaTime: 1 };
    expect(lines.line(frames, 1000).timeLeft).toBe(0);
    expect(lines.line({ ...frames, looks: { done: 1, most: 12 } }, 1500).timeLeft).toBe(5500);
    expect(lines.line({ ...frames, looks: { done: 4, most: 12 } }, 3000).timeLeft).toBe(4000);
    expect(lines.line({ ...frames, looks: { done: 12, most: 12 } }, 7000).timeLeft).toBe(0);
  });

  it('forgets the slow start', () => {
    const lines = createProgressLines();
    lines.opened({ duration: 100, interval: 1 });
    let now = 0;
    let left: number | null = null;
    for (let index = 0; index < 50; index++) {
      now += index < 10 ? 2000 : 100;
      left = lines.line({ framesAnalyzed: index + 1, framesPlanned: 100, mediaTime: index }, now).timeLeft;
    }
    expect(left).toBeCloseTo(5000);
  });

  it('never goes back, whatever order frames come in, and ends without a known length', () => {
    const lines = createProgressLines();
    lines.opened({ duration: 4, interval: 1 });
    lines.line({ framesAnalyzed: 1, framesPlanned: 4, mediaTime: 2 }, 100);
    expect(lines.line({ framesAnalyzed: 2, framesPlanned: 4, mediaTime: 0 }, 200).framesPlanned).toBe(3);
    const unknown = createProgressLines();
    unknown.opened({ duration: null, interval: 0.5 });
    expect(unknown.line({ framesAnalyzed: 1, framesPlanned: 480, mediaTime: 0 }, 0).framesPlanned).toBe(480);
  });
});

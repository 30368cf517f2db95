import { describe, expect, it } from 'vitest';
import { NO_OBSERVER } from './observer.ts';
import { createWorkInHand } from './work-in-hand.ts';

describe('work in hand', () => {
  it('is there from the first moment of a check until somebody has asked after its end', () => {
    const work = createWorkInHand(NO_OBSERVER);
    expect(work.worked()).toBe(false);
    const [one, other] = (['asked', 'live'] as const).map((lane) => work.observer.check({ lane, medium: 'picture' }));
    expect([work.worked(), work.worked()]).toEqual([true, true]);
    one?.end();
    other?.end(new Error('no picture'));
    expect([work.worked(), work.worked()]).toEqual([true, false]);
  });

  it('tells the other observer everything', () => {
    const told: unknown[] = [];
    const { observer } = createWorkInHand({
      check: (check) => ({ stage: (...stage) => told.push([check.lane, ...stage]), end: (error) => told.push(error) }),
      run: (run) => told.push(run),
      cache: (...asked) => told.push(asked),
    });
    const watch = observer.check({ lane: 'bulk', medium: 'frame' });
    watch.stage('decode', 1, 2);
    watch.end('broken');
    observer.run({ pictures: 2, provider: 'cpu' });
    observer.cache('results', true);
    expect(told).toEqual([['bulk', 'decode', 1, 2], 'broken', { pictures: 2, provider: 'cpu' }, ['results', true]]);
  });
});

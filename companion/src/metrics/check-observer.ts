import type { Observer } from '../observe/observer.ts';
import type { Instruments } from './instruments.ts';
import type { RecentTimes } from './recent-times.ts';

const seconds = (from: number, to: number): number => Math.max(0, to - from) / 1000;

/** Counts what the rooms do. */
export function createCheckObserver(instruments: Instruments, recent: RecentTimes): Observer {
  return {
    check: ({ lane, medium }) => ({
      stage(stage, startedAt, endedAt) {
        const took = seconds(startedAt, endedAt);
        instruments.observe('touchstone_check_stage_seconds', { medium, stage }, took);
        recent.add(medium, stage, took);
        if (stage === 'queue') instruments.observe('touchstone_queue_wait_seconds', { lane }, took);
      },
      end: () => undefined,
    }),
    run({ pictures, provider }) {
      instruments.observe('touchstone_batch_pictures', { provider }, pictures);
    },
    cache(cache, hit) {
      instruments.add('touchstone_cache_requests_total', { cache, outcome: hit ? 'hit' : 'miss' });
    },
  };
}

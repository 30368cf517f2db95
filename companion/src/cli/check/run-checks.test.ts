import { TouchstoneError } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import type { Judge } from './judge.ts';
import { runChecks } from './run-checks.ts';

const nothing: AsyncIterable<Uint8Array> = (async function* () {})();
const sample = new URL('../../../assets/samples/rocket.jpg', import.meta.url).pathname;

function judgeThat(check: Judge['check'], concurrency = 2): Judge {
  return {
    place: 'in a test',
    concurrency,
    check,
    checkVideo: () => Promise.reject(new TouchstoneError('video-unreadable')),
    close: async () => {},
  };
}

describe('runChecks', () => {
  it('has no more than the judge allows under way', async () => {
    let underWay = 0;
    let most = 0;
    const judge = judgeThat(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((done) => setTimeout(done, 5));
      underWay -= 1;
      throw new TouchstoneError('busy');
    }, 3);
    const candidates = Array.from({ length: 10 }, () => ({ name: sample }));
    const outcomes = [];
    const signal = new AbortController().signal;
    for await (const outcome of runChecks({ judge, candidates, input: nothing, signal })) outcomes.push(outcome);
    expect(outcomes).toHaveLength(10);
    expect(most).toBe(3);
  });

  it('reports an error with its code and goes on', async () => {
    const judge = judgeThat(() => Promise.reject(new TouchstoneError('broken-picture')), 1);
    const candidates = [{ name: '/not/there.jpg' }, { name: sample }];
    const codes = [];
    const signal = new AbortController().signal;
    for await (const outcome of runChecks({ judge, candidates, input: nothing, signal })) {
      if ('error' in outcome) codes.push(outcome.error.code);
    }
    expect(codes).toEqual(['file-unreadable', 'broken-picture']);
  });

  it('stops reading files once it is aborted', async () => {
    const controller = new AbortController();
    let checked = 0;
    const judge = judgeThat(async () => {
      checked += 1;
      controller.abort();
      throw new TouchstoneError('cancelled');
    }, 1);
    const candidates = [{ name: sample }, { name: sample }, { name: sample }];
    const outcomes = [];
    for await (const outcome of runChecks({ judge, candidates, input: nothing, signal: controller.signal })) {
      outcomes.push(outcome);
    }
    expect(outcomes).toEqual([]);
    expect(checked).toBe(1);
  });
});

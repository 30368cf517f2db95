import { TouchstoneError } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { untilFree } from './until-free.ts';

const never = new AbortController().signal;

function busyTimes(count: number, then: () => Promise<string> = async () => 'done') {
  let calls = 0;
  const work = async (): Promise<string> => {
    calls += 1;
    if (calls <= count) throw new TouchstoneError('busy');
    return then();
  };
  const waits: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  return { work, wait, waits };
}

describe('a busy companion', () => {
  it('is asked again, at growing distances up to a limit', async () => {
    const { work, wait, waits } = busyTimes(5);
    expect(await untilFree(work, { attempts: 9, longestMs: 3000 }, never, wait)).toBe('done');
    expect(waits).toEqual([500, 1000, 2000, 3000, 3000]);
  });

  it('is left alone in the end', async () => {
    const { work, wait, waits } = busyTimes(5);
    const asking = untilFree(work, { attempts: 3, longestMs: 3000 }, never, wait);
    await expect(asking).rejects.toMatchObject({ code: 'busy' });
    expect(waits).toHaveLength(2);
  });

  it('hears other errors at once', async () => {
    const { work, wait, waits } = busyTimes(1, () => Promise.reject(new TouchstoneError('video-unreadable')));
    const asking = untilFree(work, { attempts: 9, longestMs: 3000 }, never, wait);
    await expect(asking).rejects.toMatchObject({ code: 'video-unreadable' });
    expect(waits).toHaveLength(1);
  });

  it('stops waiting when cancelled', async () => {
    const { work } = busyTimes(5);
    const asking = untilFree(work, { attempts: 9, longestMs: 60_000 }, AbortSignal.abort());
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
  });
});

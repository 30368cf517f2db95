import { TouchstoneError } from '@touchstone/shared';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { differs, type ManyRechecked, recheckable, recheckMany } from './recheck-many.ts';
import { secondCheck } from './second-check.ts';

vi.mock('./second-check.ts', () => ({ secondCheck: vi.fn() }));
const second = vi.mocked(secondCheck);
const records = ['a', 'b', 'c'].map((id) => exampleRecord({ id, hasOriginal: true }));

beforeEach(() => void second.mockReset().mockImplementation(async (record) => ({ ...record, id: `${record.id}2` })));

async function run(signal = new AbortController().signal) {
  const told: ManyRechecked[] = [];
  const done = await recheckMany(records, 'quick@1', (each) => told.push(each), signal);
  return { told, done };
}

describe('checking a selection again', () => {
  it('goes through it one by one and tells how far it is', async () => {
    const { told, done } = await run();
    expect(told.map(({ pairs }) => pairs.length)).toEqual([1, 2, 3]);
    expect(done.pairs.map(({ before, after }) => [before.id, after.id])).toEqual([
      ['a', 'a2'],
      ['b', 'b2'],
      ['c', 'c2'],
    ]);
    expect(second.mock.calls.map(([, { pack }]) => pack)).toEqual(['quick@1', 'quick@1', 'quick@1']);
  });

  it('goes on after a file that fails, and counts it', async () => {
    second.mockRejectedValueOnce(new TouchstoneError('broken-picture'));
    const { told, done } = await run();
    expect([done.pairs.length, done.failed, told.length]).toEqual([2, 1, 3]);
  });

  it('ends where no other file would fare better', async () => {
    second.mockRejectedValueOnce(new TouchstoneError('companion-unreachable'));
    await expect(run()).rejects.toMatchObject({ code: 'companion-unreachable' });
    expect(second).toHaveBeenCalledOnce();
  });

  it('ends when it is stopped, without counting what was cut off', async () => {
    const stop = new AbortController();
    second.mockImplementationOnce(async () => {
      stop.abort();
      throw new TouchstoneError('cancelled');
    });
    const { done } = await run(stop.signal);
    expect(done).toEqual({ pairs: [], failed: 0 });
  });

  it('is for those whose bytes are there', () => {
    const old = { hasOriginal: false, at: 0 };
    const without = exampleRecord({ id: 'd', ...old, picture: { ...exampleRecord().picture, sha256: '9'.repeat(64) } });
    const unlogged = exampleRecord({ id: 'e', hasOriginal: true, logged: false });
    expect(recheckable([...records, without, unlogged], { now: Date.now(), startedAt: 0 })).toEqual(records);
  });

  it('tells those apart that say something else now', () => {
    const before = exampleRecord();
    const verdict = { ...before.verdict, value: 'real', probability: 0.02 } as const;
    expect(differs({ before, after: before })).toBe(false);
    expect(differs({ before, after: { ...before, verdict } })).toBe(true);
  });
});

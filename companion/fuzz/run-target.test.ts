import { describe, expect, it } from 'vitest';
import { runTarget } from './run-target.ts';

const misbehaving = { target: '../fixtures/misbehaves', seed: 1 };

describe('fuzzing one target', () => {
  it('counts the inputs of a target that takes them all', async () => {
    const result = await runTarget({ target: '../fixtures/behaves', seed: 1, from: 0, count: 200 });
    expect(result).toMatchObject({ inputs: 200, findings: [] });
    expect(result.peakMegabytes).toBeGreaterThan(10);
  });

  it('names the input that threw, and goes on after it', async () => {
    const result = await runTarget({ ...misbehaving, from: 10, count: 4 });
    expect(result.inputs).toBe(4);
    expect(result.findings).toEqual([{ input: 12, error: expect.stringContaining('a finding') }]);
  });

  it('kills a target that hangs and names the input', async () => {
    const result = await runTarget({ ...misbehaving, from: 0, count: 6 }, { hangMs: 5_000 });
    expect(result.findings.at(-1)).toEqual({ input: 4, error: expect.stringContaining('no end') });
  });

  it('names the input that ended the process', async () => {
    const result = await runTarget({ target: '../fixtures/dies', seed: 1, from: 0, count: 6 });
    expect(result.findings).toEqual([{ input: 0, error: expect.stringContaining('SIGKILL') }]);
  });

  it('stops between two inputs when its time is over', async () => {
    const order = { target: '../fixtures/behaves', seed: 1, from: 0, count: Number.MAX_SAFE_INTEGER };
    const result = await runTarget(order, { budgetMs: 500 });
    expect(result.findings).toEqual([]);
  });
});

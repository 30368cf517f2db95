import { describe, expect, it } from 'vitest';
import { type BatchItem, takeBatch } from './batch.ts';

const item = (rank: number, count: number, more: Partial<BatchItem> = {}): BatchItem => ({
  rank,
  folder: 'quick',
  provider: 'cpu',
  views: { count },
  isolated: false,
  ...more,
});

describe('takeBatch', () => {
  it('fills a run with the best-ranked pictures that fit', () => {
    const [bulk, live, asked] = [item(2, 3), item(0, 3), item(1, 3)];
    const waiting = [bulk, live, asked];
    expect(takeBatch(waiting)).toEqual([live, asked]);
    expect(waiting).toEqual([bulk]);
  });
  it('fills an accelerator with more', () => {
    const waiting = Array.from({ length: 9 }, () => item(1, 5, { provider: 'webgpu' }));
    expect(takeBatch(waiting)).toHaveLength(6);
  });
  it('mixes neither graphs nor providers', () => {
    const waiting = [item(1, 1), item(1, 1, { folder: 'thorough' }), item(1, 1, { provider: 'webgpu' })];
    expect(takeBatch(waiting)).toHaveLength(1);
    expect(waiting).toHaveLength(2);
  });
  it('runs what failed before alone', () => {
    const waiting = [item(1, 1, { isolated: true }), item(1, 1), item(1, 1, { isolated: true })];
    expect([takeBatch(waiting).length, takeBatch(waiting).length, takeBatch(waiting).length]).toEqual([1, 1, 1]);
  });
  it('takes a picture with more views than a batch alone', () => {
    expect(takeBatch([item(1, 40), item(1, 1)])).toHaveLength(1);
  });
  it('is empty when nothing waits', () => {
    expect(takeBatch([])).toEqual([]);
  });
});

import { RECENT_PICTURE_MS } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { mayCheckAgain } from './record-actions.tsx';

it('a second check is offered where the bytes may still be there', () => {
  const record = exampleRecord({ hasOriginal: false, at: 1_000 });
  const old = 1_000 + RECENT_PICTURE_MS;
  expect(mayCheckAgain(record, 2_000)).toBe(true);
  expect(mayCheckAgain(record, old)).toBe(false);
  expect(mayCheckAgain({ ...record, hasOriginal: true }, old)).toBe(true);
  expect(mayCheckAgain({ ...record, source: { ...record.source, kind: 'video' } }, old)).toBe(true);
});

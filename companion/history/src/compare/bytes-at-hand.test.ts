import { RECENT_PICTURE_MS, TouchstoneError } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { rememberFile } from '../files/known-files.ts';
import { exampleRecord } from '../list/example-record.ts';
import { bytesAtHand } from './bytes-at-hand.ts';

const record = exampleRecord({ hasOriginal: false, at: 1_000 });
const soon = { now: 2_000, startedAt: 500 };
const old = { now: 1_000 + RECENT_PICTURE_MS, startedAt: 500 };
const video = { ...record, source: { ...record.source, kind: 'video' } } as const;

it('a second check is promised where the bytes are: kept, given to this page, or just checked', () => {
  expect(bytesAtHand(record, soon)).toBe('recent');
  expect(bytesAtHand(record, old)).toBe('none');
  expect(bytesAtHand({ ...record, hasOriginal: true }, old)).toBe('kept');
  expect(bytesAtHand(video, soon)).toBe('none');
  // A companion that was started since remembers nothing of it.
  expect(bytesAtHand(record, { now: 2_000, startedAt: 1_500 })).toBe('none');
});

it('a file that this page was given is used for pictures and videos alike', () => {
  const given = { ...record.picture, sha256: 'e'.repeat(64) };
  rememberFile(given.sha256, new File(['x'], 'given.jpg'));
  expect(bytesAtHand({ ...record, picture: given }, old)).toBe('known');
  expect(bytesAtHand({ ...video, picture: given }, old)).toBe('known');
});

it('what turned out not to be there is promised no more', () => {
  const gone = new TouchstoneError('picture-not-kept');
  expect(bytesAtHand(record, soon, gone)).toBe('none');
  expect(bytesAtHand({ ...record, hasOriginal: true }, old, gone)).toBe('none');
  expect(bytesAtHand(record, soon, new TouchstoneError('busy'))).toBe('recent');
});

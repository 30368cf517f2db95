import { TouchstoneError } from '@touchstone/shared';
import { type MessageKey, type MessageValues, textOf } from '@touchstone/shared/words';
import { expect, it } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import type { FileState } from './file-queue.ts';
import { trayCounts, trayWords } from './tray-words.ts';

const t = (key: MessageKey, values?: MessageValues) => textOf('en', key, values, 'en');
const wordsOf = (states: readonly FileState[]) => trayWords(t, String, trayCounts(states.map((state) => ({ state }))));

const WAITING = { status: 'waiting' } as const;
const CHECKING = { status: 'checking' } as const;
const CANCELLED = { status: 'cancelled' } as const;
const DONE = { status: 'done', record: exampleRecord() } as const;
const FAILED = { status: 'failed', error: new TouchstoneError('empty-file') } as const;

it('what failed or was cancelled is not done, neither while files run nor afterwards', () => {
  expect(wordsOf([WAITING, CHECKING])).toBe('0 of 2 done');
  expect(wordsOf([FAILED, CANCELLED, CHECKING])).toBe('0 of 3 done · 1 file failed · 1 file cancelled');
  expect(wordsOf([DONE, FAILED, FAILED, WAITING])).toBe('1 of 4 done · 2 files failed');
  expect(wordsOf([DONE, DONE, FAILED])).toBe('2 files done · 1 file failed');
  expect(wordsOf([CANCELLED])).toBe('0 files done · 1 file cancelled');
  expect(wordsOf([DONE])).toBe('1 file done');
});

import { expect, it } from 'vitest';
import { createNotices } from './notices.ts';

it('says trouble once while it lasts, and again when it comes back', () => {
  const said: string[] = [];
  const notices = createNotices(
    (text) => said.push(text),
    () => 7,
  );
  notices.raise('disk-full', 'history', 'full');
  notices.raise('disk-full', 'history', 'full');
  notices.raise('disk-full', 'log files', 'full too');
  expect(notices.list()).toEqual([{ code: 'disk-full', at: 7, text: 'full' }]);
  notices.clear('history');
  expect(notices.list()).toEqual([{ code: 'disk-full', at: 7, text: 'full too' }]);
  notices.clear('log files');
  expect(notices.list()).toEqual([]);
  notices.raise('disk-full', 'history', 'full');
  expect(said).toEqual(['full', 'full too', 'full']);
});

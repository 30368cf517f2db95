import { type CompanionSettings, CompanionSettings as Settings } from '@touchstone/shared';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { createNotices } from '../notices/notices.ts';
import { tellMissingBases } from './tell-missing-bases.ts';

it('a chosen pack whose base was replaced is named until another one is chosen', () => {
  let current: CompanionSettings = { ...v.parse(Settings, {}), thoroughPack: 'mine@1', quickPack: 'gone@1' };
  const listeners: ((settings: CompanionSettings) => void)[] = [];
  const notices = createNotices(() => undefined);
  tellMissingBases(
    {
      settings: { current: () => current, subscribe: (listener) => void listeners.push(listener) },
      control: { stateOf: (given) => (given === 'mine@1' ? 'base-missing' : 'unknown') },
      notices,
    },
    new AbortController().signal,
  );
  expect(notices.list()).toMatchObject([{ code: 'base-missing', text: expect.stringContaining('mine@1') }]);
  current = { ...current, thoroughPack: 'mine@2' };
  for (const listener of listeners) listener(current);
  expect(notices.list()).toEqual([]);
});

import { errorReport } from '@touchstone/shared';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TabResult } from '../../messaging/requests.ts';
import { createTabResults } from './tab-results.ts';

const { stored } = vi.hoisted(() => ({ stored: new Map<string, unknown>() }));
vi.mock('wxt/browser', () => ({
  browser: {
    storage: {
      session: {
        get: async (key: string) => ({ [key]: stored.get(key) }),
        set: async (items: Record<string, unknown>) => {
          for (const [key, value] of Object.entries(items)) stored.set(key, value);
        },
        remove: async (key: string) => stored.delete(key),
      },
    },
  },
}));

beforeEach(() => stored.clear());

const result = (url: string, at = 1): TabResult => ({
  at,
  asked: true,
  url,
  outcome: { kind: 'error', error: errorReport('picture-gone') },
});

describe('results of a tab', () => {
  it('are kept newest first, one for each address, and counted beyond what is kept', async () => {
    const results = createTabResults(() => undefined);
    for (let index = 0; index < 60; index += 1) results.add(1, result(`https://a.test/${index}`));
    results.add(1, result('https://a.test/59', 2));
    const { results: kept, more } = await results.of(1);
    expect(kept).toHaveLength(50);
    expect(kept[0]).toMatchObject({ url: 'https://a.test/59', at: 2 });
    expect(more).toBe(10);
  });

  it('survive the sleep of the background', async () => {
    const before = createTabResults(() => undefined);
    before.enter(1, 'document-1');
    before.add(1, result('https://a.test/1'));
    await before.of(1);
    const after = createTabResults(() => undefined);
    after.enter(1, 'document-1');
    expect((await after.of(1)).results).toHaveLength(1);
  });

  it('end with the page and with the tab', async () => {
    const results = createTabResults(() => undefined);
    results.enter(1, 'document-1');
    results.add(1, result('https://a.test/1'));
    results.enter(1, 'document-2');
    expect((await results.of(1)).results).toEqual([]);
    results.add(1, result('https://a.test/2'));
    results.forget(1);
    expect((await results.of(1)).results).toEqual([]);
    expect(stored.size).toBe(0);
  });
});

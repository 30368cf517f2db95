import { errorReport } from '@touchstone/shared';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TabResult } from '../../messaging/requests.ts';
import { sampleRecord } from '../../overlay/card/sample-record.ts';
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

  it('are counted where they say "Likely AI", each picture once, also beyond what is kept', async () => {
    const told: number[] = [];
    const results = createTabResults((tabId) => told.push(tabId));
    results.enter(1, 'document-1');
    const record = sampleRecord();
    const judged = (url: string | undefined, value: 'fake' | 'real'): TabResult => ({
      at: 1,
      asked: false,
      ...(url && { url }),
      outcome: { kind: 'verdict', record: { ...record, verdict: { ...record.verdict, value } } },
    });
    for (let index = 0; index < 60; index += 1) results.add(1, judged(`https://a.test/${index}`, 'fake'));
    expect(await results.flagged(1)).toBe(60);
    results.add(1, judged('https://a.test/59', 'real'));
    results.add(1, result('https://a.test/58'));
    expect(await results.flagged(1)).toBe(58);
    // The same canvas twice: it has no address, and the same bytes.
    results.add(1, judged(undefined, 'fake'));
    results.add(1, judged(undefined, 'fake'));
    expect(await results.flagged(1)).toBe(59);
    expect(new Set(told)).toEqual(new Set([1]));
    results.enter(1, 'document-2');
    expect(await results.flagged(1)).toBe(0);
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

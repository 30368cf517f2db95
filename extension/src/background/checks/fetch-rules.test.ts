import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withLocalAddress } from './fetch-rules.ts';

const { update, supported } = vi.hoisted(() => ({ update: vi.fn(), supported: vi.fn() }));
vi.mock('wxt/browser', () => ({
  browser: {
    runtime: { getURL: () => 'chrome-extension://own/' },
    declarativeNetRequest: { updateSessionRules: update, isRegexSupported: supported },
  },
}));

beforeEach(() => {
  update.mockReset().mockResolvedValue(undefined);
  supported.mockReset().mockResolvedValue({ isSupported: true });
});

async function conditionFor(address: string) {
  await withLocalAddress(new URL(address), async () => undefined);
  return update.mock.calls[0]?.[0].addRules[0].condition;
}

describe('the exception for one local address', () => {
  it('covers the whole address and no other of that host', async () => {
    expect(await conditionFor('http://192.168.1.5:8080/cam/a.jpg?t=1#part')).toMatchObject({
      initiatorDomains: ['own'],
      urlFilter: '|http://192.168.1.5:8080/cam/a.jpg?t=1|',
      isUrlFilterCaseSensitive: true,
    });
  });

  it('takes signs of the filter language literally', async () => {
    const { urlFilter, regexFilter } = await conditionFor('http://192.168.1.5/*?x=a|b');
    expect(urlFilter).toBeUndefined();
    const rule = new RegExp(regexFilter);
    expect(rule.test('http://192.168.1.5/*?x=a|b')).toBe(true);
    for (const other of ['http://192.168.1.5/admin?x=a|b', 'http://192.168.1.5/*?x=a', 'http://192x168.1.5/*?x=a|b'])
      expect(rule.test(other)).toBe(false);
  });

  it('fetches nothing where the browser cannot express the address', async () => {
    supported.mockResolvedValue({ isSupported: false });
    const work = vi.fn();
    expect(await withLocalAddress(new URL('http://10.0.0.1/*'), work)).toBeUndefined();
    expect(work).not.toHaveBeenCalled();
    expect(update).not.toHaveBeenCalled();
  });

  it('ends with the fetch, also a failed one', async () => {
    const failed = withLocalAddress(new URL('http://10.0.0.1/a.png'), () => Promise.reject(new Error('gone')));
    await expect(failed).rejects.toThrow('gone');
    const [[added], [removed]] = update.mock.calls as [[{ addRules: { id: number }[] }], [unknown]];
    expect(removed).toEqual({ removeRuleIds: [added.addRules[0]?.id] });
  });
});

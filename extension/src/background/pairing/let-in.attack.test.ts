import { verifierHash } from '@touchstone/shared';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeBase64 } from '../../messaging/bytes.ts';
import { beginLetIn, takeCode } from './let-in.ts';

const { browser, session } = vi.hoisted(() => {
  const session: Record<string, unknown> = {};
  const browser = {
    storage: {
      session: {
        get: async (key: string) => ({ [key]: session[key] }),
        set: async (values: object) => void Object.assign(session, values),
        remove: async (key: string) => void Reflect.deleteProperty(session, key),
      },
    },
    tabs: { create: vi.fn(async () => ({ id: 7 })), update: vi.fn(async (_tab: number, _to: { url: string }) => ({})) },
  };
  return { browser, session };
});
vi.mock('wxt/browser', () => ({ browser }));
vi.mock('../checks/fetch-rules.ts', () => ({ withLocalAddress: (_: URL, work: () => Promise<unknown>) => work() }));

const ADDRESS = 'https://desk.example';
const CODE = '7ZK0-0MPQ-X2B8-T6R1';
const handed = (address = ADDRESS, code = CODE): string => `${address}/#let-in-code=${code}`;

beforeEach(async () => {
  vi.stubGlobal('fetch', async () => Response.json({ passkeys: true, provider: null }));
  await beginLetIn(ADDRESS);
});

describe('attack: being let in at a team’s server', () => {
  it('is not had by who sees the address of the page: its verifier stays here', async () => {
    const [, { url }] = browser.tabs.update.mock.lastCall ?? [0, { url: '' }];
    const agreed = await takeCode(7, handed());
    const verifier = agreed?.verifier ?? new Uint8Array();
    expect(url).toBe(`${ADDRESS}/#let-in=${await verifierHash(verifier)}`);
    expect(url).not.toContain(Buffer.from(verifier).toString('hex'));
    expect(agreed).toMatchObject({ address: ADDRESS, code: CODE });
  });

  it.each([
    ['another tab', 8, handed()],
    ['another address in that tab', 7, handed('https://evil.example')],
    ['the same name on another port', 7, handed('https://desk.example:8443')],
    ['the same name in the clear', 7, handed('http://desk.example')],
    ['a name that begins alike', 7, handed('https://desk.example.evil.example')],
    ['an address with another’s in front', 7, handed('https://desk.example@evil.example')],
    ['a code that is none', 7, handed(ADDRESS, 'x')],
    ['more than a code', 7, `${handed()}&more`],
    ['no fragment', 7, `${ADDRESS}/?let-in-code=${CODE}`],
  ])('takes no code from %s, and loses nothing by it', async (_, tab, url) => {
    expect(await takeCode(tab, url)).toBeUndefined();
    expect(await takeCode(7, handed())).toBeDefined();
  });

  it('takes one code once', async () => {
    await takeCode(7, handed());
    expect(await takeCode(7, handed())).toBeUndefined();
    expect(Object.keys(session)).toEqual([]);
  });

  it('takes none that comes too late', async () => {
    expect(await takeCode(7, handed(), () => Date.now() + 11 * 60_000)).toBeUndefined();
  });

  it('makes another verifier every time, and forgets the last', async () => {
    const before = JSON.stringify(session);
    await beginLetIn(ADDRESS);
    const verifiers = [before, JSON.stringify(session)].map((text) => JSON.parse(text).letIn.verifier as string);
    expect(new Set(verifiers).size).toBe(2);
    expect((await takeCode(7, handed()))?.verifier).toEqual(decodeBase64(verifiers[1] ?? ''));
  });

  it('opens no page of a server that is none', async () => {
    browser.tabs.create.mockClear();
    for (const answer of [
      Response.json({ some: 'thing' }),
      new Response('<html>'),
      new Response('', { status: 404 }),
    ]) {
      vi.stubGlobal('fetch', async () => answer);
      await expect(beginLetIn('https://other.example')).rejects.toMatchObject({ code: 'team-not-there' });
    }
    expect(browser.tabs.create).not.toHaveBeenCalled();
  });
});

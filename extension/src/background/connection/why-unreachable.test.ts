import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { whyUnreachable } from './why-unreachable.ts';

type Hear = (details: { error: string }) => void;

const { heard, browser } = vi.hoisted(() => {
  const heard = new Set<Hear>();
  const filters: unknown[] = [];
  const onErrorOccurred = {
    addListener(hear: Hear, filter: unknown) {
      heard.add(hear);
      filters.push(filter);
    },
    removeListener: (hear: Hear) => void heard.delete(hear),
  };
  return { heard, browser: { filters, webRequest: { onErrorOccurred } as object | undefined } };
});
vi.mock('wxt/browser', () => ({ browser }));
vi.mock('../checks/fetch-rules.ts', () => ({ withLocalAddress: (_: URL, work: () => Promise<unknown>) => work() }));

const granted = browser.webRequest;
const ask = vi.fn<typeof fetch>();

beforeEach(() => vi.stubGlobal('fetch', ask));
afterEach(() => {
  vi.unstubAllGlobals();
  ask.mockReset();
  browser.webRequest = granted;
});

/** The browser fails, and says why to whoever may hear it. */
const fails = (error: string) =>
  ask.mockImplementation(async () => {
    for (const hear of heard) hear({ error });
    throw new TypeError('Failed to fetch');
  });

const codeOf = async (): Promise<string> => (await whyUnreachable('https://desk.example:8443')).code;

it.each([
  'net::ERR_CERT_AUTHORITY_INVALID',
  'net::ERR_CERT_DATE_INVALID',
  'net::ERR_CERT_COMMON_NAME_INVALID',
  'net::ERR_SSL_PROTOCOL_ERROR',
  'The certificate is not trusted because it is self-signed.',
])('says that the certificate is not trusted: %s', async (error) => {
  fails(error);
  expect(await codeOf()).toBe('team-certificate');
  expect(heard.size).toBe(0);
});

it.each(['net::ERR_NAME_NOT_RESOLVED', 'net::ERR_CONNECTION_REFUSED', 'net::ERR_TIMED_OUT', 'NS_ERROR_UNKNOWN_HOST'])(
  'says that it cannot be reached: %s',
  async (error) => {
    fails(error);
    expect(await codeOf()).toBe('team-unreachable');
  },
);

it('says that it answers and takes no socket', async () => {
  ask.mockResolvedValue(new Response('{"status":"ok"}'));
  expect(await codeOf()).toBe('team-no-stream');
  expect(ask.mock.calls[0]?.[1]).toMatchObject({ credentials: 'omit', redirect: 'manual' });
});

it('blames no certificate where the browser may say nothing', async () => {
  browser.webRequest = undefined;
  fails('net::ERR_CERT_AUTHORITY_INVALID');
  expect(await codeOf()).toBe('team-unreachable');
});

it('listens to that host alone, and no longer than it asks', async () => {
  fails('net::ERR_CONNECTION_REFUSED');
  await codeOf();
  expect(browser.filters.at(-1)).toEqual({ urls: ['https://desk.example/*'] });
  expect(heard.size).toBe(0);
});

import { get } from 'node:https';
import { join } from 'node:path';
import { ALL_ROUTES, CSRF_HEADER, type Route, TEAM_ROUTES } from '@touchstone/shared/api';
import { expect, it, onTestFinished } from 'vitest';
import { addressForms } from '../../gateway/fixtures/address-forms.ts';
import { rawRequest } from '../../gateway/fixtures/raw-request.ts';
import { temporaryFolder } from '../../gateway/fixtures/test-companion.ts';
import { createTestPipeline } from '../../gateway/fixtures/test-pipeline.ts';
import { selfSigned } from '../fixtures/self-signed.ts';
import { DESK, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { startTransactionPooler } from '../fixtures/transaction-pooler.ts';
import { teamAccessOf } from './route-roles.ts';
import { startServe } from './start-serve.ts';
import { readProxies } from './trusted-proxy.ts';

const databases = testDatabases({ fsync: 'off' });

const OF_PROXY = [
  ['Host', DESK.host],
  ['X-Forwarded-Proto', 'https'],
] as const;

const closed = (route: Route): boolean => teamAccessOf(route.method, route.path) !== 'public';

/** How a router could be misled is the same for what begins alike: one route of each beginning, and all that admins alone may call. */
const CLOSED: readonly Route[] = [
  ...new Map(
    [...ALL_ROUTES, ...TEAM_ROUTES].filter(closed).map((route) => {
      const ofAdmins = teamAccessOf(route.method, route.path) === 'admin';
      return [`${route.method} ${ofAdmins ? route.path : route.path.split('/').slice(0, 3).join('/')}`, route] as const;
    }),
  ).values(),
];

it('attack: an address written another way opens nothing', { timeout: 600_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const reader = await desk.join('Ann', 'reader');
  const cookie = reader.headers.cookie ?? '';
  const csrf = reader.headers[CSRF_HEADER] ?? '';
  const page = [
    ['Cookie', cookie],
    ['Origin', DESK.origin],
    [CSRF_HEADER, csrf],
    ['Content-Type', 'application/json'],
  ] as const;
  const opened: string[] = [];
  for (const route of CLOSED) {
    const path = route.path.replace(/:\w+/g, 'x');
    const forms = Object.values(addressForms(path, desk.port));
    const body = route.method === 'GET' ? {} : { body: '{}' };
    const strangers = await Promise.all(
      forms.map((target) => rawRequest(desk.port, { method: route.method, target, headers: OF_PROXY, ...body })),
    );
    if (strangers.some(({ status }) => ![400, 401].includes(status)))
      opened.push(`nobody: ${route.method} ${route.path}`);
    if (teamAccessOf(route.method, route.path) !== 'admin') continue;
    const readers = await Promise.all(
      forms.map((target) =>
        rawRequest(desk.port, { method: route.method, target, headers: [...OF_PROXY, ...page], ...body }),
      ),
    );
    if (readers.some(({ status }) => ![400, 401, 403, 404].includes(status)))
      opened.push(`reader: ${route.method} ${route.path}`);
  }
  expect(opened).toEqual([]);
});

it('attack: headers given twice, another Host, a proxy that is none', async () => {
  const desk = await startDesk(await databases.fresh());
  const ask = async (headers: readonly (readonly [string, string])[]): Promise<number> =>
    (await rawRequest(desk.port, { target: '/health', headers })).status;
  expect(await ask(OF_PROXY)).toBe(200);
  for (const [name, value] of [
    ['Host', 'evil.example'],
    ['Origin', DESK.origin],
    ['Cookie', 'a=b'],
    ['Authorization', 'Bearer x'],
  ] as const)
    expect([name, await ask([...OF_PROXY, [name, value], [name, value]])]).toEqual([name, 400]);
  for (const host of ['evil.example', `${DESK.host}:${desk.port}`, `${DESK.host}.`, 'localhost'])
    expect([
      host,
      await ask([
        ['Host', host],
        ['X-Forwarded-Proto', 'https'],
      ]),
    ]).toEqual([host, 421]);
});

const options = async (database: string) => ({
  address: DESK,
  host: '127.0.0.1',
  port: 0,
  passkeys: true,
  database,
  content: join(await temporaryFolder(), 'content'),
  home: await temporaryFolder(),
  packFolders: [],
  logLevel: 'silent',
  environment: {},
  createPipeline: async (given: Parameters<typeof createTestPipeline>[0]) => createTestPipeline(given),
});

it('does not start behind a pooler of transactions', async () => {
  const url = new URL(await databases.fresh());
  url.port = String(await startTransactionPooler(Number(url.port)));
  const serving = startServe(
    { ...(await options(url.href)), proxies: readProxies(['127.0.0.1']), signal: AbortSignal.timeout(60_000) },
    () => undefined,
  );
  await expect(serving).rejects.toMatchObject({
    code: 'config-invalid',
    nextStep: expect.stringContaining('TOUCHSTONE_DATABASE'),
  });
});

it('speaks TLS with its own certificate, and nothing in the clear', async () => {
  const tls = await selfSigned(DESK.hostname);
  const end = new AbortController();
  const { promise: ready, resolve, reject } = Promise.withResolvers<number>();
  const serving = startServe({ ...(await options(await databases.fresh())), tls, signal: end.signal }, resolve);
  serving.catch(reject);
  onTestFinished(async () => {
    end.abort();
    await serving;
  });
  const port = await ready;
  const status = await new Promise<number | undefined>((answered, failed) => {
    get(
      {
        host: '127.0.0.1',
        port,
        path: '/health',
        ca: tls.cert,
        servername: DESK.hostname,
        headers: { host: DESK.host },
        checkServerIdentity: () => undefined,
      },
      (response) => answered(response.resume().statusCode),
    ).on('error', failed);
  });
  expect(status).toBe(200);
  expect((await rawRequest(port, { target: '/health', headers: OF_PROXY })).status).not.toBe(200);
});

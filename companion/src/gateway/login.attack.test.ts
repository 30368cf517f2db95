import { FORENSIC_VIEWS } from '@touchstone/shared';
import { ALL_ROUTES, CSRF_HEADER, SESSION_COOKIE } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeclaredRoute } from './access.ts';
import { addressForms } from './fixtures/address-forms.ts';
import { openSession } from './fixtures/open-session.ts';
import { type RawAnswer, rawRequest } from './fixtures/raw-request.ts';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';

const apps = vi.hoisted((): FastifyInstance[] => []);

// The routes are asked of the application itself, so that none can be forgotten here.
vi.mock('./http-app.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('./http-app.ts')>();
  return {
    ...original,
    createHttpApp: async (...given: Parameters<typeof original.createHttpApp>) => {
      const app = await original.createHttpApp(...given);
      apps.push(app);
      return app;
    },
  };
});

type Headers = readonly (readonly [string, string])[];

/** Somebody who is not the person, and what they can show. */
interface Stranger {
  readonly name: string;
  readonly headers: Headers;
  /** A cookie alone may read; only what changes something needs more. */
  readonly mayRead?: true;
}

interface Target extends TestCompanion {
  readonly routes: readonly DeclaredRoute[];
  readonly recordId: string;
  readonly strangers: readonly Stranger[];
}

async function strangersOf(test: TestCompanion): Promise<Stranger[]> {
  const [mine, other] = [await openSession(test), await openSession(test)];
  const { port } = test.companion;
  const bearer = ['Authorization', `Bearer ${test.token}`] as const;
  const page: Headers = [
    ['Cookie', mine.cookie],
    [CSRF_HEADER, mine.csrf],
  ];
  return [
    { name: 'nobody', headers: [] },
    { name: 'a program with a wrong token', headers: [['Authorization', `Bearer ${'x'.repeat(test.token.length)}`]] },
    { name: 'a program with an empty token', headers: [['Authorization', 'Bearer ']] },
    {
      name: 'a cookie from elsewhere',
      headers: [
        ['Cookie', `${SESSION_COOKIE}=${'x'.repeat(43)}`],
        [CSRF_HEADER, mine.csrf],
      ],
    },
    { name: 'a foreign page with the right token', headers: [bearer, ['Origin', 'https://evil.example']] },
    {
      name: 'another extension with the right token',
      headers: [bearer, ['Origin', `chrome-extension://${'a'.repeat(32)}`]],
    },
    { name: 'a local page with everything right', headers: [...page, ['Origin', `http://127.0.0.1:${port + 1}`]] },
    { name: 'a foreign page with everything right', headers: [...page, ['Sec-Fetch-Site', 'cross-site']] },
    { name: 'a cookie without its CSRF token', headers: [['Cookie', mine.cookie]], mayRead: true },
    {
      name: 'a cookie with the CSRF token of another session',
      headers: [
        ['Cookie', mine.cookie],
        [CSRF_HEADER, other.csrf],
      ],
      mayRead: true,
    },
  ];
}

async function startTarget(): Promise<Target> {
  const test = await startTestCompanion();
  const checked = await test.control('/api/check', { method: 'POST', body: 'picture' });
  const { id } = checked.json() as { id: string };
  return { ...test, routes: apps.at(-1)?.declaredRoutes ?? [], recordId: id, strangers: await strangersOf(test) };
}

function addressOf({ url }: DeclaredRoute, recordId: string): string {
  const values: Record<string, string> = {
    ':id': recordId,
    ':view': FORENSIC_VIEWS[0],
    ':place': '0',
    ':sha256': 'a'.repeat(64),
    ':file': 'app.js',
    ':record': recordId,
  };
  return url.replace(/:\w+/g, (name) => values[name] ?? name);
}

function ask({ companion }: TestCompanion, route: DeclaredRoute, target: string, headers: Headers): Promise<RawAnswer> {
  const body = route.method === 'GET' ? {} : { body: '{}' };
  const type: Headers = route.method === 'GET' ? [] : [['Content-Type', 'application/json']];
  return rawRequest(companion.port, { method: route.method, target, headers: [...type, ...headers], ...body });
}

/** All of an answer that a stranger could learn from. */
function told({ status, headers: { date: _, ...headers }, body }: RawAnswer): unknown {
  return { status, headers, body };
}

const isRefused = ({ status }: RawAnswer): boolean => [400, 401, 421].includes(status);

async function isUntouched(target: Target): Promise<void> {
  expect(target.pipeline.requests).toHaveLength(1);
  expect((await target.control(`/api/history/records/${target.recordId}`)).json()).toMatchObject({ label: null });
  expect((await target.control('/api/settings')).json()).toMatchObject({ recordingPaused: false });
  expect((await target.control('/api/browsers')).json()).toEqual([]);
}

describe('attack: the login', () => {
  let target: Target;
  beforeEach(async () => {
    target = await startTarget();
  });

  it('knows every route there is', () => {
    const known = target.routes.map(({ method, url, access }) => `${method} ${url} ${access}`);
    expect(
      new Set(
        known.filter((route) =>
          ['api', 'v1', 'health', 'ready', 'metrics', 'predict', 'detect'].some((start) =>
            route.includes(` /${start}`),
          ),
        ),
      ),
    ).toEqual(
      new Set(['GET /v1/docs public', ...ALL_ROUTES.map(({ method, path, access }) => `${method} ${path} ${access}`)]),
    );
    for (const page of ['GET / public', 'GET /assets/:file public']) expect(known).toContain(page);
    expect(new Set(target.routes.filter(({ access }) => access === 'public').map(({ url }) => url))).toEqual(
      new Set([
        '/',
        '/open',
        '/pair',
        '/pair/page.css',
        '/pair/pair.js',
        '/pair/tokens.css',
        '/icon.svg',
        '/assets/:file',
        '/api/session',
        '/health',
        '/ready',
        '/v1/docs',
        '/v1/openapi.json',
      ]),
    );
  });

  it('use any route of the API with credentials that are not the person’s', async () => {
    for (const route of target.routes.filter(({ access }) => access !== 'public')) {
      for (const { name, headers, mayRead } of target.strangers) {
        if (mayRead && route.method === 'GET') continue;
        const answer = await ask(target, route, addressOf(route, target.recordId), headers);
        expect(answer.status, `${name}: ${route.method} ${route.url}`).toBe(401);
      }
    }
    await isUntouched(target);
  });

  it('use any route by writing its address another way', async () => {
    for (const route of target.routes) {
      const address = addressOf(route, target.recordId);
      for (const { name, headers, mayRead } of target.strangers) {
        if (mayRead && route.method === 'GET') continue;
        const plain = told(await ask(target, route, address, headers));
        const tryForm = async ([form, written]: [string, string]): Promise<void> => {
          const answer = await ask(target, route, written, headers);
          if (isRefused(answer)) return;
          // Anything else must be what the plain address gives, and that only where anybody may have it.
          expect(route.access, `${name}: ${route.method} ${written} (${form}) gave ${answer.status}`).toBe('public');
          expect(told(answer), `${name}: ${route.method} ${written} (${form})`).toEqual(plain);
        };
        await Promise.all(Object.entries(addressForms(address, target.companion.port)).map(tryForm));
      }
    }
    await isUntouched(target);
  }, 300_000);

  it('get softer headers by writing an address another way', async () => {
    const credentials: Headers = [['Authorization', `Bearer ${target.token}`]];
    const plain = (await rawRequest(target.companion.port, { target: '/api/settings', headers: credentials })).headers;
    for (const written of Object.values(addressForms('/api/settings', target.companion.port))) {
      const { headers } = await rawRequest(target.companion.port, { target: written, headers: credentials });
      for (const name of ['content-security-policy', 'cache-control', 'x-frame-options', 'x-content-type-options']) {
        expect(headers[name], `${name} of ${written}`).toBe(plain[name]);
      }
    }
  });

  it('learn without credentials which addresses and methods exist', async () => {
    const guess = { method: 'GET', url: '/surely/unknown', access: 'either' } as const;
    const unknown = told(await ask(target, guess, guess.url, []));
    // What is under /v1 is refused in another form, whatever is there.
    const unknownToPrograms = told(await ask(target, guess, `/v1${guess.url}`, []));
    for (const route of target.routes.filter(({ access }) => access !== 'public')) {
      const address = addressOf(route, target.recordId);
      const expected = address.startsWith('/v1/') ? unknownToPrograms : unknown;
      expect(told(await ask(target, route, address, [])), `${route.method} ${route.url}`).toEqual(expected);
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
        if (method === 'POST' && address === '/api/session') continue;
        const answer = await ask(target, { ...route, method }, address, []);
        expect(answer.status, `${method} ${route.url}`).toBe(401);
      }
    }
    const long = `/api/history/records/${'x'.repeat(5000)}`;
    expect(told(await ask(target, guess, long, []))).toEqual(unknown);
    expect(told(await ask(target, guess, '/assets/unknown.js', []))).toEqual(unknown);
  });

  it('change settings through the encoded address', async () => {
    const body = '{"recordingPaused":true}';
    const headers: Headers = [['Content-Type', 'application/json']];
    for (const written of ['/%61pi/settings', `http://127.0.0.1:${target.companion.port}/api/settings`]) {
      await rawRequest(target.companion.port, { method: 'PATCH', target: written, headers, body });
    }
    await isUntouched(target);
  });

  it('stop the companion from a page by the encoded address', async () => {
    await rawRequest(target.companion.port, { method: 'POST', target: '/%61pi/shutdown' });
    expect((await target.control('/api/status')).status).toBe(200);
  });

  it('read the history by the absolute form', async () => {
    const { port } = target.companion;
    const answer = await rawRequest(port, {
      method: 'POST',
      target: `http://127.0.0.1:${port}/api/history/query`,
      headers: [['Content-Type', 'application/json']],
      body: '{}',
    });
    expect(answer.status).toBe(400);
    expect(answer.body).not.toContain(target.recordId);
  });
});

import { ALL_ROUTES, CSRF_HEADER, SCOPES } from '@touchstone/shared/api';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSession } from '../fixtures/open-session.ts';
import { startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import { programOf } from '../fixtures/token-of.ts';

const SCOPED = ALL_ROUTES.filter(({ access }) => SCOPES.some((scope) => scope === access));
const UNSCOPED = ALL_ROUTES.filter(({ access }) => access === 'control' || access === 'either');

const addressOf = (path: string): string => path.replace(':sha256', 'a'.repeat(64)).replace(/:\w+/g, '0'.repeat(26));

describe('attack: tokens', () => {
  let test: TestCompanion;
  beforeEach(async () => {
    test = await startTestCompanion();
  });

  it('do what the token has no scope for', async () => {
    for (const scope of SCOPES) {
      const others = await programOf(test, ...SCOPES.filter((other) => other !== scope));
      for (const { method, path } of SCOPED.filter(({ access }) => access === scope)) {
        const answer = await others.ask(addressOf(path), { method });
        expect([answer.status, answer.json()], `${method} ${path}`).toMatchObject([403, { code: 'scope-missing' }]);
      }
    }
  });

  it('use what is for the command line and for pages', async () => {
    const program = await programOf(test, ...SCOPES);
    for (const { method, path } of UNSCOPED) {
      const answer = await program.ask(addressOf(path), { method });
      expect([answer.status, answer.json()], `${method} ${path}`).toMatchObject([401, { code: 'token-wrong' }]);
    }
    expect((await test.control('/api/status')).status).toBe(200);
  });

  it('let a page do what is for programs, with its session or with a token it has learnt', async () => {
    const session = await openSession(test);
    const { token } = await programOf(test, ...SCOPES);
    const own = `http://127.0.0.1:${test.companion.port}`;
    const authorization = `Bearer ${token}`;
    const senders = [
      { cookie: session.cookie, [CSRF_HEADER]: session.csrf },
      { cookie: session.cookie, [CSRF_HEADER]: session.csrf, origin: own, 'sec-fetch-site': 'same-origin' },
      { authorization, origin: own, 'sec-fetch-site': 'same-origin' },
      { authorization, origin: 'https://evil.example' },
      { authorization, 'sec-fetch-site': 'cross-site' },
      { authorization, origin: 'null' },
    ];
    for (const headers of senders) {
      for (const { method, path } of SCOPED) {
        const answer = await test.request(addressOf(path), { method, headers });
        expect([answer.status, answer.json()], `${method} ${path}`).toMatchObject([401, { code: 'token-wrong' }]);
      }
    }
  });

  it('go on with a token that was revoked', async () => {
    const program = await programOf(test, 'read');
    expect((await program.ask('/v1/records')).status).toBe(200);
    expect((await test.control(`/api/tokens/${program.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await program.ask('/v1/records')).json()).toMatchObject({ code: 'token-wrong', status: 401 });
  });

  it('learn from a list or a log what a token is', async () => {
    const program = await programOf(test, 'read');
    expect((await test.control('/api/tokens')).text).not.toContain(program.token.slice(4));
  });
});

import { CSRF_HEADER } from '@touchstone/shared/api';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSession, type PageSession } from './fixtures/open-session.ts';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';

/** What browsers say of themselves when a page elsewhere makes the request. */
const CROSS_SITE = { 'sec-fetch-site': 'cross-site' };
const FORM_TYPES = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'];

/** Everything that changes something, with a body that would. */
const CHANGES = [
  ['POST', '/api/history/delete', '{"filter":{}}'],
  ['PATCH', '/api/settings', '{"recordingPaused":true}'],
  ['POST', '/api/check?fileName=planted.jpg', '{"planted":true}'],
  ['POST', '/api/check-video?fileName=planted.mp4', '{"planted":true}'],
  ['PUT', '/api/history/records/x/label', '{"label":"real"}'],
  ['DELETE', '/api/browsers/x', ''],
  ['POST', '/api/pairing', '{}'],
  ['POST', '/api/history-link', '{}'],
  ['POST', '/api/shutdown', '{}'],
] as const;

describe('attack: other sites', () => {
  let test: TestCompanion;
  let session: PageSession;
  beforeEach(async () => {
    test = await startTestCompanion();
    await test.control('/api/check', { method: 'POST', body: 'picture' });
    session = await openSession(test);
  });

  async function isUntouched(): Promise<void> {
    expect(test.pipeline.requests).toHaveLength(1);
    expect((await test.control('/api/status')).json()).toMatchObject({ records: 1, recordingPaused: false });
  }

  it('read the history by a name that is rebound to this computer', async () => {
    const { port } = test.companion;
    for (const host of ['evil.example', `evil.example:${port}`]) {
      const headers = { host, cookie: session.cookie, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
      for (const path of ['/', '/api/status', '/api/session', '/api/history/facets', '/api/history/events']) {
        expect((await test.request(path, { headers })).status).toBe(421);
      }
    }
  });

  it('change something by an image, a link or a frame, which send GET and the cookie', async () => {
    for (const [, path] of CHANGES) {
      const answer = await test.request(path, { headers: { cookie: session.cookie, ...CROSS_SITE } });
      expect(answer.status).toBe(401);
    }
    await isUntouched();
  });

  it('change something by a form, which sends its own encodings and the cookie', async () => {
    const senders = [CROSS_SITE, { origin: 'null' }, { origin: 'https://evil.example' }, {}];
    for (const [method, path, body] of CHANGES) {
      for (const type of FORM_TYPES) {
        for (const sender of senders) {
          const headers = { cookie: session.cookie, 'content-type': type, ...sender };
          expect((await test.request(path, { method, headers, body })).status).toBe(401);
        }
      }
    }
    await isUntouched();
  });

  it('change something by fetch without CORS, from anywhere, even knowing the CSRF token', async () => {
    const senders = [
      { origin: 'https://evil.example', ...CROSS_SITE },
      { origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' },
      { origin: 'http://localhost', 'sec-fetch-site': 'same-site' },
      { origin: 'https://127.0.0.1', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', ...CROSS_SITE },
      { origin: `http://127.0.0.1:${test.companion.port}`, ...CROSS_SITE },
      { origin: `http://127.0.0.1:${test.companion.port}`, 'sec-fetch-site': 'same-site' },
      { origin: `http://127.0.0.1:${test.companion.port}.evil.example` },
      { origin: `http://127.0.0.1:${test.companion.port}@evil.example` },
      { origin: `chrome-extension://${'a'.repeat(32)}`, 'sec-fetch-site': 'none' },
    ];
    for (const [method, path, body] of CHANGES) {
      for (const sender of senders) {
        const headers = {
          cookie: session.cookie,
          [CSRF_HEADER]: session.csrf,
          'content-type': 'application/json',
          ...sender,
        };
        expect((await test.request(path, { method, headers, body })).status).toBe(401);
      }
    }
    await isUntouched();
  });

  it('ask for permission by a preflight', async () => {
    for (const origin of ['https://evil.example', 'null', `chrome-extension://${'a'.repeat(32)}`]) {
      const headers = {
        origin,
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': `authorization, ${CSRF_HEADER}`,
        'access-control-request-private-network': 'true',
      };
      for (const path of ['/', '/api/settings', '/v1/stream']) {
        const answer = await test.request(path, { method: 'OPTIONS', headers });
        expect(answer.status).toBe(401);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
  });

  it('read an answer as a script, a style or a frame of their own', async () => {
    for (const path of ['/api/status', '/api/history/facets', '/', '/pair']) {
      const { headers } = await session.page(path);
      expect(headers).toMatchObject({
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
  });

  it('fix the session of the person before it opens', async () => {
    const planted = `touchstone_session=${'x'.repeat(43)}`;
    const token = new URL(test.companion.newHistoryLink()).hash.slice(1);
    const answer = await test.request('/api/session', {
      method: 'POST',
      headers: { cookie: planted, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(String(answer.headers['set-cookie'])).not.toContain(planted);
    expect((await test.request('/api/status', { headers: { cookie: planted } })).status).toBe(401);
  });

  it('use a one-time link a second time, or after another has used it', async () => {
    const token = new URL(test.companion.newHistoryLink()).hash.slice(1);
    const redeem = () =>
      test.request('/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
    const statuses = (await Promise.all([redeem(), redeem(), redeem()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 401, 401]);
  });

  it('find the token or a secret in anything that is answered', async () => {
    for (const path of [
      '/api/status',
      '/api/settings',
      '/api/browsers',
      '/api/history/facets',
      '/pair',
      '/',
      '/nothing',
    ]) {
      expect((await session.page(path)).text).not.toContain(test.token);
    }
    expect((await test.control('/api/history-link', { method: 'POST', body: '{}' })).text).not.toContain(test.token);
  });
});

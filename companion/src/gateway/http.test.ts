import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CSRF_HEADER, SESSION_COOKIE } from '@touchstone/shared/api';
import { describe, expect, it } from 'vitest';
import { openSession } from './fixtures/open-session.ts';
import { pairWith } from './fixtures/stream-client.ts';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';
import { STRICTEST_HEADERS } from './security-headers.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

function check({ control }: TestCompanion, text = 'picture') {
  return control('/api/check?fileName=photo.jpg', {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/octet-stream' },
  });
}

describe('Host', () => {
  it.each(['evil.example', 'evil.example:PORT', '127.0.0.1', '127.0.0.1:80', '0.0.0.0:PORT', 'localhost.:PORT'])(
    'of a rebound name is refused: %s',
    async (name) => {
      const test = await startTestCompanion();
      const host = name.replace('PORT', String(test.companion.port));
      for (const path of ['/', '/pair', '/api/status', '/nothing']) {
        const answer = await test.control(path, { headers: { host } });
        expect(answer.status).toBe(421);
        expect(answer.text).not.toContain('version');
      }
    },
  );

  it('of this computer is accepted', async () => {
    const { control, companion } = await startTestCompanion();
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      expect((await control('/api/status', { headers: { host: `${name}:${companion.port}` } })).status).toBe(200);
    }
  });
});

describe('control token', () => {
  it('is refused to anything that looks like a browser', async () => {
    const { control } = await startTestCompanion();
    expect((await control('/api/status')).status).toBe(200);
    expect((await control('/api/status', { headers: { 'sec-fetch-site': 'none' } })).status).toBe(200);
    const browserly = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }];
    for (const headers of [...browserly, { 'sec-fetch-site': 'same-origin' }]) {
      expect((await control('/api/status', { headers })).status).toBe(401);
    }
  });

  it('is refused when it is wrong, missing or in another form', async () => {
    const { request, token } = await startTestCompanion();
    for (const authorization of [
      `Bearer ${token.slice(1)}x`,
      'Bearer ',
      token,
      `Basic ${token}`,
      `Bearer ${token} x`,
    ]) {
      expect((await request('/api/status', { headers: { authorization } })).status).toBe(401);
    }
    expect((await request(`/api/status?token=${token}`)).status).toBe(401);
  });

  it('alone opens pairing, links and the way out', async () => {
    const test = await startTestCompanion();
    const { page } = await openSession(test);
    for (const path of ['/api/pairing', '/api/history-link', '/api/shutdown']) {
      expect((await page(path, { method: 'POST', body: '{}' })).status).toBe(401);
    }
    const pairing = (await test.control('/api/pairing', { method: 'POST' })).json() as { url: string; code: string };
    expect(pairing.url).toBe(`http://127.0.0.1:${test.companion.port}/pair#${pairing.code}`);
    expect((await test.control('/api/shutdown', { method: 'POST' })).status).toBe(202);
    await test.companion.stopped;
  });
});

describe('session', () => {
  it('comes by a one-time token, in a cookie that no script or other site sees', async () => {
    const { setCookie, answer, page } = await openSession(await startTestCompanion());
    expect(answer.status).toBe(200);
    expect(setCookie).toContain(`${SESSION_COOKIE}=`);
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Strict/);
    expect((await page('/api/status')).status).toBe(200);
    expect((await page('/api/history/query', { method: 'POST', body: '{}' })).json()).toMatchObject({ total: 0 });
  });

  it('is not given for a wrong token, nor to another site that has learnt one', async () => {
    const { request, companion } = await startTestCompanion();
    const token = new URL(companion.newHistoryLink()).hash.slice(1);
    const ask = (given: string, headers = {}) =>
      request('/api/session', {
        method: 'POST',
        headers: { ...JSON_TYPE, ...headers },
        body: JSON.stringify({ token: given }),
      });
    expect((await ask('x'.repeat(43))).status).toBe(401);
    expect((await ask(token, { origin: 'https://evil.example' })).status).toBe(401);
    expect((await ask(token, { 'sec-fetch-site': 'cross-site' })).status).toBe(401);
    expect((await ask(token)).status).toBe(200);
  });

  it('gives its CSRF token to another tab of the page only', async () => {
    const test = await startTestCompanion();
    const { page, csrf, cookie } = await openSession(test);
    expect((await page('/api/session')).json()).toEqual({ csrf });
    expect((await test.request('/api/session')).status).toBe(401);
    const foreign = { cookie, origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' };
    expect((await test.request('/api/session', { headers: foreign })).status).toBe(401);
  });

  it.each([
    ['POST', '/api/history/query', '{}'],
    ['POST', '/api/history/delete', '{"filter":{}}'],
    ['POST', '/api/history/export', '{"format":"json"}'],
    ['PUT', '/api/history/records/x/label', '{"label":"real"}'],
    ['PATCH', '/api/settings', '{"recordingPaused":true}'],
    ['DELETE', '/api/browsers/x', ''],
    ['POST', '/api/check', 'bytes'],
  ])('does nothing without the CSRF header: %s %s', async (method, path, body) => {
    const test = await startTestCompanion();
    const { cookie, csrf } = await openSession(test);
    for (const headers of [{ cookie }, { cookie, [CSRF_HEADER]: `${csrf}x` }, { [CSRF_HEADER]: csrf }]) {
      expect((await test.request(path, { method, headers: { ...JSON_TYPE, ...headers }, body })).status).toBe(401);
    }
    expect(test.pipeline.requests).toEqual([]);
  });

  it('is of no use to another site, even with everything right', async () => {
    const test = await startTestCompanion();
    const { page } = await openSession(test);
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'http://127.0.0.1:8080' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) expect((await page('/api/status', { headers })).status).toBe(401);
  });

  it('is of no use to a form: its encodings are not read', async () => {
    const { control } = await startTestCompanion();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const body = '{"recordingPaused":true}';
      const answer = await control('/api/settings', { method: 'PATCH', body, headers: { 'content-type': type } });
      expect(answer.status).toBe(415);
    }
  });
});

describe('GET', () => {
  it('changes nothing: what changes something has no GET', async () => {
    const { control } = await startTestCompanion();
    const paths = [
      '/api/history/delete',
      '/api/pairing',
      '/api/shutdown',
      '/api/history-link',
      '/api/check',
      '/v1/stream',
    ];
    for (const path of paths) expect((await control(path)).status).toBe(404);
  });
});

describe('headers', () => {
  it('are the strictest on every answer that is no page, and none opens a door to other origins', async () => {
    const { control, request } = await startTestCompanion();
    const answers = [
      await control('/api/status'),
      await control('/nothing'),
      await request('/api/status'),
      await request('/nothing'),
      await request('/assets/nothing.js'),
      await request('/pair/%zz'),
      await request('/', { headers: { host: 'evil.example' } }),
      await request('/api/status', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject(STRICTEST_HEADERS);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('let a page load its own parts, and nothing else', async () => {
    const { request } = await startTestCompanion();
    for (const path of ['/', '/open', '/pair', '/pair/page.css']) {
      const { headers } = await request(path);
      expect(headers).toMatchObject({
        ...STRICTEST_HEADERS,
        'content-security-policy':
          "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        'cache-control': 'no-cache',
      });
    }
  });
});

describe('checks over HTTP', () => {
  it('take bytes of any type and give the record', async () => {
    const test = await startTestCompanion();
    const answer = await check(test);
    expect(answer.json()).toMatchObject({ source: { path: 'file', fileName: 'photo.jpg' } });
    expect(Buffer.from(test.pipeline.requests[0]?.bytes ?? []).toString()).toBe('picture');
    const asJson = await test.control('/api/check', { method: 'POST', body: '{}' });
    expect(asJson.status).toBe(200);
  });

  it('fail with a report and a status that fits', async () => {
    const test = await startTestCompanion();
    const empty = await check(test, '');
    expect(empty.status).toBe(400);
    expect(empty.json()).toMatchObject({ code: 'empty-file', retryable: false });
    const unreadable = await test.control('/api/history/query', { method: 'POST', body: '{' });
    expect([unreadable.status, unreadable.json()]).toMatchObject([400, { code: 'bad-request' }]);
    const invalid = await test.control('/api/history/query', { method: 'POST', body: '{"limit":100000}' });
    expect([invalid.status, invalid.json()]).toMatchObject([400, { code: 'bad-request' }]);
    const large = await test.control('/api/history/query', { method: 'POST', body: ' '.repeat(300_000) });
    expect([large.status, large.json()]).toMatchObject([413, { code: 'too-large' }]);
    expect((await test.control('/api/history/records/none')).json()).toMatchObject({ code: 'not-found' });
  });
});

describe('history', () => {
  it('shows, labels, exports and deletes', async () => {
    const test = await startTestCompanion();
    const { control } = test;
    for (const text of ['one', 'two', 'three']) await check(test, text);
    const ask = async () => (await control('/api/history/query', { method: 'POST', body: '{"limit":2}' })).json();
    const page = (await ask()) as { records: { id: string }[]; next: string; total: number };
    expect(page.total).toBe(3);
    expect(page.next).toBe(page.records[1]?.id);
    const id = page.records[0]?.id ?? '';
    const thumbnail = await control(`/api/history/records/${id}/thumbnail`);
    expect([thumbnail.status, thumbnail.text]).toEqual([200, 'three']);
    expect(thumbnail.headers['content-security-policy']).toContain('sandbox');
    expect((await control(`/api/history/records/${id}/original`)).status).toBe(404);
    expect((await control(`/api/history/records/${id}/peaks/0`)).status).toBe(404);
    expect((await control(`/api/history/records/${id}/peaks/first`)).status).toBe(400);
    const label = await control(`/api/history/records/${id}/label`, { method: 'PUT', body: '{"label":"fake"}' });
    expect(label.status).toBe(200);
    expect((await control(`/api/history/records/${id}`)).json()).toMatchObject({ label: 'fake' });
    const exported = await control('/api/history/export', { method: 'POST', body: '{"format":"json"}' });
    expect(exported.json()).toHaveLength(3);
    const csv = await control('/api/history/export', { method: 'POST', body: '{"format":"csv"}' });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.trim().split('\r\n')).toHaveLength(4);
    const deletion = (body: object) => control('/api/history/delete', { method: 'POST', body: JSON.stringify(body) });
    expect((await deletion({ ids: [id] })).json()).toEqual({ deleted: 1 });
    expect((await deletion({ filter: {} })).json()).toEqual({ deleted: 2 });
    expect((await deletion({})).status).toBe(400);
  });

  it('tells open pages what happens', async () => {
    const test = await startTestCompanion();
    const leave = new AbortController();
    const events = await fetch(`http://127.0.0.1:${test.companion.port}/api/history/events`, {
      headers: { authorization: `Bearer ${test.token}` },
      signal: leave.signal,
    });
    expect(events.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    const reading = events.body?.pipeThrough(new TextDecoderStream()).pipeTo(
      new WritableStream({
        write(chunk) {
          text += chunk;
        },
      }),
    );
    await expect.poll(() => text).toContain('event: status\n');
    const { id } = (await check(test)).json() as { id: string };
    await expect.poll(() => text).toContain(`event: record\ndata: {"id":"${id}"`);
    await test.control(`/api/history/records/${id}/label`, { method: 'PUT', body: '{"label":"real"}' });
    await expect.poll(() => text).toContain(`event: label\ndata: {"id":"${id}","label":"real"}`);
    await test.control('/api/history/delete', { method: 'POST', body: JSON.stringify({ ids: [id] }) });
    await expect.poll(() => text).toContain(`event: deleted\ndata: {"ids":["${id}"]}`);
    leave.abort();
    await reading?.catch(() => {});
  });
});

describe('settings and browsers', () => {
  it('are shown and changed, and no secret is ever shown', async () => {
    const { control, companion } = await startTestCompanion();
    const patch = (body: object) => control('/api/settings', { method: 'PATCH', body: JSON.stringify(body) });
    expect((await patch({ retentionDays: 30 })).json()).toMatchObject({ retentionDays: 30, keepThumbnails: true });
    expect((await patch({ retentionDays: -1 })).status).toBe(400);
    expect((await control('/api/settings')).json()).toMatchObject({ retentionDays: 30 });
    const { browserId } = await pairWith(companion.port, companion.newPairing().code);
    const browsers = await control('/api/browsers');
    expect(browsers.json()).toMatchObject([
      { id: browserId, name: 'Test browser', connected: false, lastSeenAt: null },
    ]);
    expect(browsers.text).not.toContain('secret');
    expect((await control('/api/browsers/unknown', { method: 'DELETE' })).status).toBe(404);
  });
});

describe('pages', () => {
  it('say how to build the history page while there is none, and serve it once there is', async () => {
    const { request, home } = await startTestCompanion();
    const missing = await request('/');
    expect([missing.status, missing.text]).toEqual([503, expect.stringContaining('npm start')]);
    await mkdir(join(home, 'history-page', 'assets'), { recursive: true });
    await writeFile(join(home, 'history-page', 'index.html'), '<title>History</title>');
    await writeFile(join(home, 'history-page', 'assets', 'app.js'), 'export {};');
    for (const path of ['/', '/open']) expect((await request(path)).text).toBe('<title>History</title>');
    expect((await request('/assets/app.js')).text).toBe('export {};');
  });

  it('include the pairing page, without anything inline', async () => {
    const { request } = await startTestCompanion();
    const page = await request('/pair');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('<div id="touchstone-pairing" data-state="waiting"></div>');
    expect(page.text).not.toMatch(/<script(?![^>]*src=)|<style|style="|onclick/);
    for (const [, path = ''] of page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      expect((await request(path)).status).toBe(200);
    }
  });

  it.each([
    ['fr, de;q=0.8, en;q=0.5', 'de', 'ltr', 'Diesen Browser mit Touchstone koppeln'],
    ['ar-EG', 'ar', 'rtl', 'اقتران هذا المتصفح مع Touchstone'],
    ['"><script>', 'en', 'ltr', 'Pair this browser with Touchstone'],
  ])('include the pairing page in the language of the browser: %s', async (accepted, language, direction, heading) => {
    const { request } = await startTestCompanion();
    const page = await request('/pair', { headers: { 'accept-language': accepted } });
    expect(page.headers).toMatchObject({ 'content-language': language, vary: 'accept-language' });
    expect(page.text).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(page.text).toContain(`<h1>${heading}</h1>`);
    // Every place was filled, and every state has its words.
    expect(page.text).not.toMatch(/[{}]/);
    expect([...page.text.matchAll(/<li data-for="[\w-]+" data-mood="\w*">([^<]+)<\/li>/g)]).toHaveLength(6);
  });
});

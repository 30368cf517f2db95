import { beforeEach, describe, expect, it } from 'vitest';
import { parseAnswer, type RawAnswer, rawRequest, requestText, sendRaw } from './fixtures/raw-request.ts';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';
import { STRICTEST_HEADERS } from './security-headers.ts';

type Headers = readonly (readonly [string, string])[];

/** How many answers came over one connection. */
const answersIn = (text: string): number => text.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0;

describe('attack: the form of requests', () => {
  let test: TestCompanion;
  let port: number;
  let bearer: readonly [string, string];
  beforeEach(async () => {
    test = await startTestCompanion();
    port = test.companion.port;
    bearer = ['Authorization', `Bearer ${test.token}`];
  });

  const ask = (target: string, headers: Headers = [], method = 'GET'): Promise<RawAnswer> =>
    rawRequest(port, { method, target, headers });

  function isRefusal(answer: RawAnswer, ...statuses: readonly number[]): void {
    expect(statuses).toContain(answer.status);
    expect(answer.headers).toMatchObject(STRICTEST_HEADERS);
    expect(JSON.parse(answer.body)).toMatchObject({ code: expect.any(String), nextStep: expect.any(String) });
    expect(answer.body).not.toMatch(/version|provider|records/);
  }

  it.each([
    ['of a rebound name', 'evil.example'],
    ['of a rebound name with the port', 'evil.example:PORT'],
    ['of a name that resolves to loopback', '127.0.0.1.nip.io:PORT'],
    ['without the port', '127.0.0.1'],
    ['with another port', '127.0.0.1:1'],
    ['with a port that starts with a zero', '127.0.0.1:0PORT'],
    ['with the root’s dot', 'localhost.:PORT'],
    ['in capitals', 'LOCALHOST:PORT'],
    ['as any address', '0.0.0.0:PORT'],
    ['as another loopback address', '127.0.0.2:PORT'],
    ['as a short address', '127.1:PORT'],
    ['as a number', '2130706433:PORT'],
    ['in hexadecimal', '0x7f000001:PORT'],
    ['in octal', '0177.0.0.1:PORT'],
    ['as mapped IPv6', '[::ffff:127.0.0.1]:PORT'],
    ['as long IPv6', '[0:0:0:0:0:0:0:1]:PORT'],
    ['with a zone', '[::1%25lo]:PORT'],
    ['with credentials', 'user@127.0.0.1:PORT'],
    ['as a list', '127.0.0.1:PORT, evil.example'],
    ['with a path', '127.0.0.1:PORT/'],
    ['with a fragment', '127.0.0.1:PORT#evil.example'],
    ['that is empty', ''],
  ])('come in by a Host %s', async (_, form) => {
    const host = form.replace('PORT', String(port));
    for (const target of ['/', '/pair', '/api/status', '/nothing']) {
      isRefusal(await ask(target, [bearer, ['Host', host]]), 421);
    }
  });

  it('come in without a Host', async () => {
    isRefusal(parseAnswer(await sendRaw(port, `GET /pair HTTP/1.1\r\nConnection: close\r\n\r\n`)), 421);
    isRefusal(parseAnswer(await sendRaw(port, `GET /pair HTTP/1.0\r\n\r\n`)), 421);
  });

  it('show one Host to a filter and another to the companion', async () => {
    const own = `127.0.0.1:${port}`;
    for (const [first, second] of [
      [own, 'evil.example'],
      ['evil.example', own],
      [own, own],
    ] as const) {
      const headers = [bearer, ['Host', first], ['host', second]] as const;
      isRefusal(await ask('/api/status', headers), 400);
      isRefusal(await ask('/pair', headers), 400);
    }
  });

  it('take a rebound name for its own by headers that proxies set', async () => {
    const own = `127.0.0.1:${port}`;
    for (const name of ['X-Forwarded-Host', 'X-Host', 'Forwarded', 'X-Forwarded-Server', 'X-HTTP-Host-Override']) {
      const value = name === 'Forwarded' ? `host=${own};for=127.0.0.1` : own;
      isRefusal(await ask('/api/status', [bearer, ['Host', 'evil.example'], [name, value]]), 421);
    }
  });

  it('call another address than the checked one by headers that proxies set', async () => {
    for (const name of ['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Uri', 'X-Forwarded-Prefix']) {
      const plain = await ask('/pair');
      const answer = await ask('/pair', [[name, '/api/settings']]);
      expect([answer.status, answer.body]).toEqual([plain.status, plain.body]);
      isRefusal(await ask('/api/settings', [[name, '/pair']]), 401);
    }
  });

  it('be taken for a local caller by headers that proxies set', async () => {
    for (const name of [
      'X-Forwarded-For',
      'X-Real-IP',
      'X-Client-IP',
      'True-Client-IP',
      'X-Forwarded-User',
      'Remote-User',
    ]) {
      isRefusal(await ask('/api/settings', [[name, '127.0.0.1']]), 401);
    }
  });

  it('be judged by the first of two credentials or origins while the second is used', async () => {
    for (const pair of [
      [bearer, ['Authorization', 'Bearer wrong']],
      [bearer, ['Origin', `http://127.0.0.1:${port}`], ['Origin', 'https://evil.example']],
      [bearer, ['Sec-Fetch-Site', 'none'], ['Sec-Fetch-Site', 'cross-site']],
      [bearer, ['Cookie', 'a=b'], ['Cookie', 'touchstone_session=x']],
      [bearer, ['Content-Type', 'application/json'], ['Content-Type', 'text/plain']],
    ] as const) {
      isRefusal(await ask('/api/settings', pair), 400);
    }
  });

  it('call a changing route by naming its method elsewhere', async () => {
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', '_method']) {
      const headers: Headers = [bearer, [name, 'DELETE'], ['Content-Type', 'application/json']];
      expect((await ask('/api/history/delete?_method=POST', headers)).status).toBe(404);
      expect((await ask('/api/shutdown?_method=POST&method=POST', headers)).status).toBe(404);
    }
    expect((await test.control('/api/status')).status).toBe(200);
  });

  it('read or learn anything by an unusual method', async () => {
    for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'LOCK', 'PURGE', 'QUERY']) {
      for (const target of ['/', '/pair', '/api/status']) {
        const answer = await ask(
          target,
          [
            ['X-Secret', 'reflected'],
            ['Origin', 'https://evil.example'],
          ],
          method,
        );
        expect([400, 401], `${method} ${target}`).toContain(answer.status);
        expect(answer.headers).toMatchObject(STRICTEST_HEADERS);
        expect(answer.headers).not.toHaveProperty('allow');
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
        expect(answer.body).not.toContain('reflected');
      }
    }
  });

  it('tunnel through the companion by CONNECT', async () => {
    for (const target of ['example.org:443', `127.0.0.1:${port}`, '/'])
      isRefusal(await ask(target, [bearer], 'CONNECT'), 400);
  });

  it('reach the server as a whole by the asterisk form', async () => {
    isRefusal(await ask('*', [bearer], 'OPTIONS'), 400);
    isRefusal(await ask('*', [bearer]), 400);
  });

  it.each([
    ['two lengths', ['Content-Length: 4', 'Content-Length: 40']],
    ['the same length twice', ['Content-Length: 4', 'Content-Length: 4']],
    ['a list of lengths', ['Content-Length: 4, 4']],
    ['a length with a sign', ['Content-Length: +4']],
    ['a negative length', ['Content-Length: -1']],
    ['a length in hexadecimal', ['Content-Length: 0x4']],
    ['a length beyond all numbers', ['Content-Length: 99999999999999999999999']],
    ['a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
    ['chunks and a length', ['Transfer-Encoding: chunked', 'Content-Length: 4']],
    ['chunks twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    ['chunks that are not last', ['Transfer-Encoding: chunked, identity']],
    ['an unknown coding', ['Transfer-Encoding: xchunked']],
    ['a vertical tab in the coding', ['Transfer-Encoding:\u000bchunked']],
    ['a blank before the colon', ['Transfer-Encoding : chunked']],
    ['a folded header', ['Transfer-Encoding:', ' chunked']],
    ['a line that ends with a line feed alone', ['X: y\nTransfer-Encoding: chunked']],
    ['a null byte in a header', ['X: a\0b']],
    ['a header without a name', [': chunked']],
  ])('smuggle a second request past a reader by %s', async (_, lines) => {
    const smuggled = requestText(port, { method: 'POST', target: '/api/shutdown', headers: [bearer] });
    const head = ['POST /api/history/query HTTP/1.1', `Host: 127.0.0.1:${port}`, bearer.join(': '), ...lines];
    const text = await sendRaw(port, `${head.join('\r\n')}\r\n\r\n0\r\n\r\n${smuggled}`);
    expect(answersIn(text)).toBe(1);
    expect(parseAnswer(text).status).toBeGreaterThanOrEqual(400);
    expect(parseAnswer(text).headers).toMatchObject(STRICTEST_HEADERS);
    expect((await test.control('/api/status')).status).toBe(200);
  });

  it('smuggle a request in the body of one that is refused', async () => {
    const smuggled = requestText(port, { target: '/api/status', headers: [bearer] });
    const text = await sendRaw(port, requestText(port, { method: 'POST', target: '/api/check', body: smuggled }));
    expect([answersIn(text), parseAnswer(text).status]).toEqual([1, 401]);
  });

  it('ride on a connection whose first request was allowed', async () => {
    const first = requestText(port, { target: '/api/status', headers: [bearer, ['Connection', 'keep-alive']] });
    const second = requestText(port, { target: '/api/settings' });
    const text = await sendRaw(port, first + second);
    expect(text.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 401']);
  });

  it('make the parser choke on chunks', async () => {
    const head = `POST /api/history/query HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${bearer.join(': ')}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    for (const chunk of [
      'ffffffffffffffffff\r\n',
      '-1\r\n',
      'zz\r\n',
      `2;${'x'.repeat(20_000)}\r\n{}\r\n`,
      '2\r\n{}XX',
    ]) {
      const answer = parseAnswer(await sendRaw(port, head + chunk));
      expect(answer.status, chunk.slice(0, 20)).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers).toMatchObject(STRICTEST_HEADERS);
    }
  });

  it('fill the memory with headers', async () => {
    isRefusal(await ask('/pair', [['X-Long', 'x'.repeat(20_000)]]), 431);
    isRefusal(await ask(`/pair?${'x'.repeat(20_000)}`), 431);
    isRefusal(
      await ask(
        '/pair',
        Array.from({ length: 3000 }, (_, index) => [`X-${index}`, 'y'] as const),
      ),
      431,
    );
  });

  it('send a body beyond the limit', async () => {
    const type = ['Content-Type', 'application/json'] as const;
    const answer = await rawRequest(port, {
      method: 'POST',
      target: '/api/history/query',
      headers: [bearer, type, ['Content-Length', String(2 ** 40)]],
      body: '{}',
    });
    expect([answer.status, answer.body]).toMatchObject([413, expect.stringContaining('too-large')]);
    const login = await rawRequest(port, {
      method: 'POST',
      target: '/api/session',
      headers: [type],
      body: ' '.repeat(5000),
    });
    expect(login.status).toBe(413);
    for (const target of ['/api/check', '/api/check-video']) {
      const headers = [bearer, ['Content-Length', String(2 ** 50)]] as const;
      expect((await rawRequest(port, { method: 'POST', target, headers, body: 'x' })).status).toBe(413);
    }
  });

  it.each([
    ['the start of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/0.9', 'GET /api/status\r\n\r\n'],
    ['a version that does not exist', 'GET / HTTP/7.3\r\n\r\n'],
    ['a blank in the address', 'GET /pa ir HTTP/1.1\r\n\r\n'],
    ['a mail server’s greeting', 'EHLO evil.example\r\nMAIL FROM:<a@b>\r\n'],
    ['a command for redis', '*1\r\n$8\r\nFLUSHALL\r\n'],
    ['noise', '\u0000\u00ff\u00fe\u0001\r\n\r\n'],
  ])('make something of %s', async (_, bytes) => {
    isRefusal(parseAnswer(await sendRaw(port, bytes)), 400, 421);
    expect((await test.control('/api/status')).status).toBe(200);
  });

  it.each([
    ['to a route of the API', '/api/status', {}],
    ['to the events', '/api/history/events', {}],
    ['to HTTP/2', '/pair', { Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQCAAAAAAIAAAAA' }],
    ['to an encoded stream', '/v1/%73tream', {}],
    ['to the stream by a doubled slash', '//v1/stream', {}],
    ['to the stream with a query', '/v1/stream?x', {}],
    ['to the stream by the absolute form', 'http://127.0.0.1/v1/stream', {}],
    ['without an extension’s Origin', '/v1/stream', { Origin: 'https://evil.example' }],
    ['without a key', '/v1/stream', { 'Sec-WebSocket-Key': 'short' }],
    ['of an old version', '/v1/stream', { 'Sec-WebSocket-Version': '7' }],
    ['to another protocol', '/v1/stream', { Upgrade: 'shell' }],
    ['by POST', '/v1/stream', {}],
  ])('upgrade %s', async (name, target, change: Readonly<Record<string, string>>) => {
    const headers = Object.entries({
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      Origin: `chrome-extension://${'a'.repeat(32)}`,
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      ...change,
    });
    isRefusal(await ask(target, headers, name === 'by POST' ? 'POST' : 'GET'), 400, 403, 404);
  });

  it('learn by upgrades which addresses exist', async () => {
    const upgrade: Headers = [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
    ];
    const answers = await Promise.all(['/v1/stream', '/api/status', '/nothing', '/'].map((path) => ask(path, upgrade)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
  });
});

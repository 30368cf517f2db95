import { ALL_ROUTES, CSRF_HEADER } from '@touchstone/shared/api';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSession } from '../fixtures/open-session.ts';
import { openRaw, parseAnswer, readToEnd } from '../fixtures/raw-request.ts';
import { startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import { type Program, programOf } from '../fixtures/token-of.ts';

/** Every route that takes a form. */
const UPLOADS = ALL_ROUTES.filter(({ access, body }) => access === 'check' && body?.kind === 'file');

/** Bytes that are promised and never sent. */
const PROMISED = 1_000_000;

describe('attack: forms', () => {
  let test: TestCompanion;
  let program: Program;
  beforeEach(async () => {
    test = await startTestCompanion();
    program = await programOf(test, 'check');
  });

  /** The beginning of a form, whose rest never comes: an answer came before the body was waited for. */
  async function begin(path: string, headers: Readonly<Record<string, string>>) {
    const socket = openRaw(test.companion.port);
    const reading = readToEnd(socket);
    const lines = {
      host: `127.0.0.1:${test.companion.port}`,
      'content-type': 'multipart/form-data; boundary=part',
      'content-length': String(PROMISED),
      connection: 'close',
      ...headers,
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST ${path} HTTP/1.1\r\n${head.join('')}\r\n--part\r\n`);
    const { status, body } = parseAnswer(await reading);
    return [status, Object(JSON.parse(body)).code];
  }

  it('be parsed for whoever shows no token', async () => {
    expect(UPLOADS.length).toBeGreaterThanOrEqual(7);
    for (const { path } of UPLOADS) {
      expect(await begin(path, {}), path).toEqual([401, 'token-wrong']);
      expect(await begin(path, { authorization: 'Bearer wrong' }), path).toEqual([401, 'token-wrong']);
    }
  });

  it('be parsed for a session, its CSRF token and all', async () => {
    const session = await openSession(test);
    const own = `http://127.0.0.1:${test.companion.port}`;
    for (const { path } of UPLOADS) {
      const headers = { cookie: session.cookie, [CSRF_HEADER]: session.csrf };
      expect(await begin(path, headers), path).toEqual([401, 'token-wrong']);
      expect(await begin(path, { ...headers, origin: own, 'sec-fetch-site': 'same-origin' }), path).toEqual([
        401,
        'token-wrong',
      ]);
    }
  });

  it('be sent by a page that has learnt a token', async () => {
    const authorization = `Bearer ${program.token}`;
    for (const { path } of UPLOADS) {
      for (const from of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: `http://127.0.0.1:${test.companion.port}`, 'sec-fetch-site': 'same-origin' },
      ]) {
        expect(await begin(path, { authorization, ...from } as Record<string, string>), path).toEqual([
          401,
          'token-wrong',
        ]);
      }
    }
  });
});

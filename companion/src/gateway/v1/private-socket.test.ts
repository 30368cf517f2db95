import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { SCOPES } from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { fileForm } from '../fixtures/file-form.ts';
import { type RequestOptions, startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import { programOf } from '../fixtures/token-of.ts';
import { DESCRIBED_ROUTES } from '../openapi/document.ts';

const Control = v.pipe(v.string(), v.parseJson(), v.object({ socket: v.string() }));

/** One request over the owner's private socket, as `curl --unix-socket` sends it. */
async function overSocket({ home }: TestCompanion, path: string, { method = 'GET', headers, body }: RequestOptions) {
  const { socket } = v.parse(Control, await readFile(join(home, 'control.json'), 'utf8'));
  return new Promise<{ status: number | undefined; type: string | undefined }>((resolve, reject) => {
    const outgoing = httpRequest(
      { socketPath: socket, path, method, headers: { ...headers, host: 'localhost' } },
      (response) => {
        const { statusCode, headers: given } = response;
        resolve({ status: statusCode, type: given['content-type'] });
        // An answer of events does not end by itself.
        response.destroy();
      },
    );
    outgoing.on('error', reject).end(body);
  });
}

it('every route of programs answers on the private socket as it does on the port', async () => {
  const test = await startTestCompanion();
  const program = await programOf(test, ...SCOPES);
  const checked = await program.ask('/v1/checks?wait=60', { method: 'POST', body: Buffer.from('picture') });
  const [check] = v.parse(
    v.object({ checks: v.array(v.object({ id: v.string(), record: v.object({ id: v.string() }) })) }),
    checked.json(),
  ).checks;
  const content = createHash('sha256').update('picture').digest('hex');
  // What is deleted is not the one record there is; everything else finds it.
  const idOf = (method: string, path: string): string => {
    if (method === 'DELETE') return '0'.repeat(26);
    return (path.startsWith('/v1/records') ? check?.record.id : check?.id) ?? '';
  };
  expect(DESCRIBED_ROUTES.length).toBeGreaterThan(25);
  for (const { method, path, body, query } of DESCRIBED_ROUTES) {
    const address = path.replace(':sha256', content).replace(':id', idOf(method, path));
    const target = path.endsWith('/export') ? `${address}?format=csv` : address;
    const sent =
      body?.kind === 'json'
        ? { body: '{"label":"real","url":"http://127.0.0.1:1/"}', headers: { 'content-type': 'application/json' } }
        : body === undefined
          ? { headers: {} }
          : fileForm([['a.jpg', 'picture']]);
    const headers = { authorization: `Bearer ${program.token}`, ...sent.headers };
    const there = await overSocket(test, target, { ...sent, method, headers });
    const here = await test.request(target, { ...sent, method, headers });
    // Whether a check has ended by the time it is answered is chance.
    const accepted = (status?: number): number | undefined => (status === 202 ? 200 : status);
    expect({ ...there, status: accepted(there.status) }, `${method} ${target} ${String(query)}`).toEqual({
      status: accepted(here.status),
      type: here.headers['content-type'],
    });
    expect([200, 202, 204, 400, 404, 413, 422, 503], `${method} ${target}`).toContain(there.status);
  }
});

it('a token is asked for on the private socket too', async () => {
  const test = await startTestCompanion();
  for (const { method, path, access } of DESCRIBED_ROUTES) {
    if (access === 'public') continue;
    const target = path.replace(':sha256', 'a'.repeat(64)).replace(/:\w+/g, '0'.repeat(26));
    expect(await overSocket(test, target, { method }), `${method} ${path}`).toMatchObject({ status: 401 });
  }
});

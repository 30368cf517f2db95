import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { errorReport } from '../touchstone-error.ts';
import { addressOf } from './address.ts';
import { createClient, type Transport } from './client.ts';
import { collect } from './fixtures/collect.ts';
import { GivenId } from './given-id.ts';
import { json, jsonBody, lines, NOTHING, optionalJsonBody, type RouteGroup } from './route.ts';

const Params = v.object({ id: GivenId });
const routes = {
  read: {
    method: 'GET',
    path: '/api/things/:id',
    access: 'either',
    summary: 'One thing.',
    params: Params,
    query: v.object({ part: v.optional(v.string()) }),
    answer: json(v.object({ n: v.number() })),
    errors: ['not-found'],
  },
  change: {
    method: 'PUT',
    path: '/api/things/:id',
    access: 'either',
    summary: 'Changes a thing.',
    params: Params,
    body: jsonBody(v.object({ n: v.number() })),
    answer: NOTHING,
    errors: [],
  },
  search: {
    method: 'POST',
    path: '/api/things',
    access: 'either',
    summary: 'Finds things.',
    body: optionalJsonBody(v.object({ text: v.optional(v.string()) })),
    answer: json(v.array(v.number())),
    errors: [],
  },
  send: {
    method: 'POST',
    path: '/api/files',
    access: 'either',
    summary: 'Takes a file.',
    body: { kind: 'file', maxBytes: 10 },
    answer: lines(v.object({ n: v.number() })),
    errors: [],
  },
} as const satisfies RouteGroup;

function clientOf(answer: () => Response) {
  const transport = vi.fn<Transport<Uint8Array>>(async () => answer());
  const client = createClient<Uint8Array>(transport, {
    isUpload: (body) => body instanceof Uint8Array,
    misread: 'companion-too-old',
  });
  return { client, transport, sent: () => transport.mock.calls[0] ?? [] };
}

describe('the typed client', () => {
  it('writes address and query from the route, each value inside its own place', async () => {
    const { client, sent } = clientOf(() => Response.json({ n: 1 }));
    const answer = await client.call(routes.read, { params: { id: '../a?b#c' }, query: { part: 'x&y=z' } });
    expect(answer.n).toBe(1);
    expect(sent()).toEqual(['/api/things/..%2Fa%3Fb%23c?part=x%26y%3Dz', { method: 'GET', headers: {} }]);
    expect(addressOf(routes.read, { params: { id: 'a' } })).toBe('/api/things/a');
  });

  it('sends JSON as JSON, a file as it is, and nothing where nothing is asked', async () => {
    const change = clientOf(() => new Response(null, { status: 204 }));
    await change.client.fetch(routes.change, { params: { id: 'a' }, body: { n: 2 } });
    expect(change.sent()[1]).toMatchObject({ body: '{"n":2}', headers: { 'content-type': 'application/json' } });

    const search = clientOf(() => Response.json([1]));
    expect(await search.client.call(routes.search)).toEqual([1]);
    expect(search.sent()[1]).toEqual({ method: 'POST', headers: {} });

    const bytes = Uint8Array.of(1, 2);
    const send = clientOf(() => new Response('{"n":1}\n{"n":2}\n'));
    const told = await collect(send.client.lines(routes.send, { body: bytes }));
    expect(told).toEqual([{ n: 1 }, { n: 2 }]);
    expect(send.sent()[1]).toMatchObject({ body: bytes, headers: { 'content-type': 'application/octet-stream' } });
  });

  it('refuses at compile time what the route does not take', () => {
    const { client } = clientOf(() => Response.json({ n: 1 }));
    const wrong = [
      // @ts-expect-error: the route needs its parameter
      () => client.call(routes.read),
      // @ts-expect-error: a body of another shape
      () => client.fetch(routes.change, { params: { id: 'a' }, body: { n: 'two' } }),
      // @ts-expect-error: lines are not one value
      () => client.call(routes.send, { body: Uint8Array.of(1) }),
      // @ts-expect-error: a file is bytes
      () => client.lines(routes.send, { body: 'text' }),
    ];
    expect(wrong).toHaveLength(4);
  });

  it('throws what the companion reported, also a code that only a newer one knows', async () => {
    const known = clientOf(() => Response.json(errorReport('not-found'), { status: 404 }));
    await expect(known.client.call(routes.search)).rejects.toMatchObject({ code: 'not-found' });
    const report = { code: 'moon-full', message: 'The moon is full.', retryable: true, nextStep: 'Wait.' };
    const newer = clientOf(() => Response.json(report, { status: 503 }));
    await expect(newer.client.call(routes.search)).rejects.toMatchObject(report);
  });

  it('tells by the status what something else has answered', async () => {
    const stranger = clientOf(() => new Response('<html>', { status: 401 }));
    await expect(stranger.client.call(routes.search)).rejects.toMatchObject({ code: 'unauthorized' });
    const proxy = clientOf(() => new Response('bad gateway', { status: 502 }));
    await expect(proxy.client.call(routes.search)).rejects.toMatchObject({
      code: 'internal',
      detail: 'HTTP 502 bad gateway',
    });
  });

  it('refuses an answer that is not what the route promises', async () => {
    for (const answer of [() => Response.json({ n: 'one' }), () => new Response('<html>')]) {
      const { client } = clientOf(answer);
      await expect(client.call(routes.read, { params: { id: 'a' } })).rejects.toMatchObject({
        code: 'companion-too-old',
      });
    }
  });
});

import { RecordPage } from '@touchstone/shared/api';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import { type Program, programOf } from '../fixtures/token-of.ts';

describe('/v1/records', () => {
  let test: TestCompanion;
  let program: Program;
  /** Newest first. */
  let ids: string[];
  beforeEach(async () => {
    test = await startTestCompanion();
    program = await programOf(test, 'read', 'train', 'admin');
    ids = [];
    for (const [index, body] of ['one', 'two', 'one', 'three', 'four'].entries()) {
      const answer = await test.control(`/api/check?fileName=${index}.jpg`, { method: 'POST', body });
      ids.unshift((answer.json() as { id: string }).id);
    }
  });

  const page = async (query: string) => {
    const answer = await program.ask(`/v1/records${query}`);
    expect(answer.status, answer.text).toBe(200);
    return { ...v.parse(RecordPage, answer.json()), link: answer.headers.link };
  };

  it('are walked page by page by the link that each names', async () => {
    const seen: string[] = [];
    let address = '?limit=2&kind=image,video';
    for (let pages = 1; ; pages += 1) {
      const { records, next, total, link } = await page(address);
      expect(total).toBe(5);
      seen.push(...records.map(({ id }) => id));
      if (next === null) {
        expect([pages, link]).toEqual([3, undefined]);
        break;
      }
      expect(next).not.toContain(records.at(-1)?.id ?? '');
      const [, target = ''] = /^<\/v1\/records(\?.*)>; rel="next"$/.exec(String(link)) ?? [];
      expect(target).toContain(`cursor=${next}`);
      address = target;
    }
    expect(seen).toEqual(ids);
  });

  it('are chosen by what the history can be chosen by', async () => {
    expect((await page('?text=3.jpg')).records.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await page('?kind=video')).total).toBe(0);
    expect((await page(`?from=${Date.now() + 60_000}`)).total).toBe(0);
    expect((await page('?from=2000-01-01T00:00:00Z&to=2999-01-01')).total).toBe(5);
    await program.ask(`/v1/records/${ids[0]}`, { method: 'PATCH', body: '{"label":"fake"}' });
    expect((await page('?label=fake,real')).records.map(({ id }) => id)).toEqual([ids[0]]);
    expect((await page('?label=none')).total).toBe(4);
  });

  it('are chosen and put in order by their probability, page by page', async () => {
    const all = (await page('')).records.map(({ id, verdict }) => ({ id, share: verdict?.probability ?? Number.NaN }));
    const inside = all.filter(({ share }) => share >= 0.07 && share <= 0.5);
    expect([inside.length > 0, inside.length < all.length]).toEqual([true, true]);
    const ranged = await page('?minProbability=.07&maxProbability=0.5');
    expect([ranged.total, ranged.records.map(({ id }) => id)]).toEqual([inside.length, inside.map(({ id }) => id)]);
    // Newest first among equals, as they come.
    const likeliest = all.toSorted((a, b) => b.share - a.share).map(({ id }) => id);
    for (const [sort, expected] of [
      ['-probability', likeliest],
      ['probability', likeliest.toReversed()],
      ['time', ids.toReversed()],
      ['-time', ids],
    ] as const) {
      const seen: string[] = [];
      let address = `?limit=2&sort=${sort}`;
      for (;;) {
        const { records, link } = await page(address);
        seen.push(...records.map(({ id }) => id));
        const [, target] = /^<\/v1\/records(\?.*)>; rel="next"$/.exec(String(link)) ?? [];
        if (target === undefined) break;
        expect(target).toContain(`sort=${sort}`);
        address = target;
      }
      expect(seen, sort).toEqual(expected);
    }
    const { next } = await page('?limit=2&sort=-probability');
    expect((await program.ask(`/v1/records?cursor=${next}`)).json()).toMatchObject({ code: 'bad-request' });
  });

  it('come with the fields that were asked for', async () => {
    const { records } = await page('?limit=1&fields=verdict,at');
    expect(Object.keys(records[0] ?? {}).toSorted()).toEqual(['at', 'id', 'verdict']);
  });

  it('refuse what they do not know, and say what it was', async () => {
    for (const [query, named] of [
      ['?verdcit=fake', 'verdcit'],
      ['?verdict=perhaps', 'verdict'],
      ['?limit=0', 'limit'],
      ['?limit=201', 'limit'],
      ['?limit=1e3', 'limit'],
      ['?from=yesterday', 'from'],
      ['?from=1&from=2', 'from'],
      ['?minProbability=1.1', 'minProbability'],
      ['?maxProbability=-0.1', 'maxProbability'],
      ['?maxProbability=NaN', 'maxProbability'],
      ['?sort=size', 'sort'],
      ['?fields=secret', 'fields'],
      ['?cursor=', 'cursor'],
      [`?cursor=${Buffer.from('8ZZZZZZZZZZZZZZZZZZZZZZZZZ').toString('base64url')}`, 'cursor'],
      [`?cursor=${ids[0]}`, 'cursor'],
    ]) {
      const answer = await program.ask(`/v1/records${query}`);
      expect(answer.status, query).toBe(400);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({
        type: '/v1/docs#bad-request',
        title: 'The request is not valid.',
        status: 400,
        detail: expect.stringContaining(String(named)),
        instance: '/v1/records',
        code: 'bad-request',
        retryable: false,
        nextStep: expect.any(String),
      });
    }
  });

  it('are read, labelled and deleted one by one', async () => {
    const [id] = ids;
    expect((await program.ask(`/v1/records/${id}`)).json()).toMatchObject({ id, label: null });
    const labelled = await program.ask(`/v1/records/${id}`, { method: 'PATCH', body: '{"label":"real"}' });
    expect(labelled.json()).toEqual({ id, label: 'real', note: '', tags: [] });
    expect((await program.ask(`/v1/records/${id}`)).json()).toMatchObject({ label: 'real' });
    expect((await program.ask(`/v1/records/${id}/thumbnail`)).text).toBe('four');
    expect((await program.ask(`/v1/records/${id}/original`)).json()).toMatchObject({ code: 'not-found', status: 404 });
    expect((await program.ask(`/v1/records/${id}/report?format=json`)).json()).toMatchObject({ record: { id } });
    expect((await program.ask(`/v1/records/${id}`, { method: 'DELETE' })).status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      const gone = await program.ask(`/v1/records/${id}`, { method });
      expect(gone.json()).toMatchObject({ code: 'not-found', instance: `/v1/records/${id}` });
    }
    expect((await page('')).total).toBe(4);
  });

  it('give the bytes that were checked where they are kept, and the report as a page or as JSON', async () => {
    await test.control('/api/settings', { method: 'PATCH', body: '{"keepOriginals":true}' });
    const { id } = (await test.control('/api/check', { method: 'POST', body: 'kept' })).json() as { id: string };
    const original = await program.ask(`/v1/records/${id}/original`);
    expect([original.status, original.text]).toEqual([200, 'kept']);
    const page = await program.ask(`/v1/records/${id}/report`);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).not.toContain('<script');
    const refused = await program.ask(`/v1/records/${id}/report?format=pdf`);
    expect(refused.json()).toMatchObject({ status: 400, code: 'bad-request' });
    for (const part of ['thumbnail', 'original', 'report']) {
      const unknown = await program.ask(`/v1/records/${'0'.repeat(26)}/${part}`);
      expect(unknown.json(), part).toMatchObject({ status: 404, code: 'not-found' });
    }
  });

  it('are labelled by what they are of, however often it was checked', async () => {
    const { records } = await page('?text=2.jpg');
    const sha256 = records[0]?.picture?.sha256;
    const answer = await program.ask(`/v1/labels/${sha256}`, { method: 'PUT', body: '{"label":"fake"}' });
    expect(answer.json()).toEqual({ sha256, label: 'fake', records: [ids[2], ids[4]] });
    expect((await page('?label=fake')).records.map(({ id }) => id)).toEqual([ids[2], ids[4]]);
    // Once more the same content: it is known what that is, to whoever asks.
    const again = await test.control('/api/check', { method: 'POST', body: 'one' });
    expect(again.json()).toMatchObject({ label: 'fake', picture: { sha256 } });
    // Given to one record, or taken from it, it is given to or taken from all.
    await program.ask(`/v1/records/${ids[4]}`, { method: 'PATCH', body: '{"label":"real"}' });
    expect((await page('?label=real')).total).toBe(3);
    const exported = (await program.ask('/v1/records/export?format=jsonl&label=real')).text.trimEnd().split('\n');
    expect(exported.map((line) => (JSON.parse(line) as { label: string }).label)).toEqual(['real', 'real', 'real']);
    await program.ask(`/v1/records/${ids[2]}`, { method: 'PATCH', body: '{"label":null}' });
    expect((await page('?label=none')).total).toBe(6);
    const unknown = await program.ask(`/v1/labels/${'0'.repeat(64)}`, { method: 'PUT', body: '{"label":"fake"}' });
    expect(unknown.status).toBe(404);
  });

  it('leave as lines of JSON and as CSV', async () => {
    const lines = await program.ask('/v1/records/export?format=jsonl');
    expect(lines.headers['content-type']).toBe('application/x-ndjson');
    const exported = lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string });
    expect(exported.map(({ id }) => id)).toEqual(ids);
    const csv = await program.ask('/v1/records/export?format=csv&text=3.jpg');
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.trimEnd().split(/\r?\n/)).toHaveLength(2);
  });
});

describe('health', () => {
  it('is told to anybody, and no more than that', async () => {
    const test = await startTestCompanion();
    expect((await test.request('/health')).json()).toEqual({ status: 'ok' });
    const ready = await test.request('/ready');
    // A test runs without models.
    expect([ready.status, ready.json()]).toEqual([503, { ready: false, missing: ['models'] }]);
    expect(ready.headers['retry-after']).toBe('5');
    const system = await (await programOf(test, 'read')).ask('/v1/system');
    expect(system.json()).toMatchObject({ ready: false, status: { provider: 'cpu' }, memoryBytes: expect.any(Number) });
  });

  it('of a page that is not built says when to look again', async () => {
    const test = await startTestCompanion();
    const answer = await test.request('/');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
  });
});

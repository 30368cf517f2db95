import { request as httpRequest } from 'node:http';
import { Check, CheckList, CheckPage } from '@touchstone/shared/api';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileForm } from '../fixtures/file-form.ts';
import { type Answer, startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import { type Program, programOf } from '../fixtures/token-of.ts';

const raw = (text: string, headers: Readonly<Record<string, string>> = {}) => ({
  method: 'POST',
  body: Buffer.from(text),
  headers: { 'content-type': 'image/jpeg', ...headers },
});

const checksOf = (answer: Answer): Check[] => v.parse(CheckList, answer.json()).checks;

function onlyOf(answer: Answer): Check {
  const [check, second] = checksOf(answer);
  if (!check || second) throw new Error(`not one check: ${answer.text}`);
  return check;
}

describe('/v1/checks', () => {
  let test: TestCompanion;
  let program: Program;
  beforeEach(async () => {
    test = await startTestCompanion();
    program = await programOf(test, 'check');
  });

  const get = async (url: string): Promise<Check> => v.parse(Check, (await program.ask(url)).json());

  async function until(url: string, state: Check['state']): Promise<Check> {
    for (;;) {
      const check = await get(url);
      if (check.state === state) return check;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('are accepted with the address at which each ends once, with its record', async () => {
    test.pipeline.hold();
    const answer = await program.ask('/v1/checks?fileName=a.jpg', raw('picture'));
    expect(answer.status).toBe(202);
    const check = onlyOf(answer);
    expect(answer.headers.location).toBe(check.url);
    expect(check).toMatchObject({ kind: 'picture', bytes: 7, fileName: 'a.jpg', pack: null, record: null });
    expect(['pending', 'processing']).toContain(check.state);
    expect(await until(check.url, 'processing')).toMatchObject({ attempts: 1, endedAt: null, error: null });
    test.pipeline.release();
    const done = await until(check.url, 'completed');
    expect(done).toMatchObject({
      recordUrl: `/v1/records/${done.record?.id}`,
      record: { source: { fileName: 'a.jpg' }, logged: true, picture: { sha256: check.sha256 } },
      stage: null,
    });
    expect(done.endedAt).toBeGreaterThanOrEqual(done.acceptedAt);
    expect(test.pipeline.requests).toHaveLength(1);
  });

  it('are answered at once where the results are ready in time, by query or preference', async () => {
    const asked = await program.ask('/v1/checks?wait=60', raw('one'));
    expect([asked.status, onlyOf(asked).state]).toEqual([200, 'completed']);
    expect(onlyOf(asked).record?.picture.bytes).toBe(3);
    const preferred = await program.ask('/v1/checks', raw('two', { prefer: 'respond-async, wait=60' }));
    expect([preferred.status, preferred.headers['preference-applied']]).toEqual([200, 'wait=60']);
    test.pipeline.hold();
    const late = await program.ask('/v1/checks?wait=1', raw('three'));
    expect(late.status).toBe(202);
  });

  it('take many files of a form, each a check of its own, in their order', async () => {
    const files = [
      ['a.jpg', 'one'],
      ['b.jpg', 'two'],
      ['c.jpg', 'one'],
    ] as const;
    const answer = await program.ask('/v1/checks?wait=60', fileForm(files));
    expect([answer.status, answer.headers.location]).toEqual([200, undefined]);
    expect(checksOf(answer).map(({ fileName, state }) => [fileName, state])).toEqual(
      files.map(([name]) => [name, 'completed']),
    );
  });

  it('refuse a form with too many files, with none, or under another key, and keep nothing of it', async () => {
    const many = Array.from({ length: 65 }, (_, index) => [`${index}.jpg`, `picture ${index}`] as const);
    expect((await program.ask('/v1/checks', fileForm(many))).json()).toMatchObject({ status: 413, code: 'too-large' });
    for (const wrong of [fileForm([]), fileForm([['a.jpg', 'x']], 'picture')]) {
      expect((await program.ask('/v1/checks', wrong)).json()).toMatchObject({ status: 400, code: 'bad-request' });
    }
    expect((await program.ask('/v1/checks', raw(''))).json()).toMatchObject({ status: 400, code: 'empty-file' });
    expect(v.parse(CheckPage, (await program.ask('/v1/checks')).json()).checks).toEqual([]);
    expect(test.pipeline.requests).toEqual([]);
  });

  it('fail with the reason, once', async () => {
    const webm = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.from('no video at all')]);
    const answer = await program.ask('/v1/checks?wait=60', { method: 'POST', body: webm });
    expect(answer.status).toBe(200);
    expect(onlyOf(answer)).toMatchObject({
      state: 'failed',
      kind: 'video',
      record: null,
      error: { code: 'video-unreadable', retryable: false, nextStep: expect.any(String) },
    });
  });

  it('compare two packs', async () => {
    const answer = await program.ask('/v1/checks?packs=quick,thorough&wait=60', raw('picture'));
    expect(checksOf(answer).map(({ pack }) => pack)).toEqual(['quick', 'thorough']);
    expect(test.pipeline.requests.map(({ pack }) => pack).toSorted()).toEqual(['quick', 'thorough']);
    for (const query of ['?packs=a,b,c', '?packs=a,b&pack=c', '?wait=61', '?fresh=yes', '?unknown=1']) {
      expect((await program.ask(`/v1/checks${query}`, raw('x'))).status, query).toBe(400);
    }
  });

  it('are the same for the same Idempotency-Key, which no other request may use', async () => {
    const keyed = (text: string, key = '"k1"') =>
      program.ask('/v1/checks?wait=60', raw(text, { 'idempotency-key': key }));
    const first = onlyOf(await keyed('picture'));
    const again = await keyed('picture', 'k1');
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([200, 'true']);
    expect(onlyOf(again)).toEqual(first);
    expect(test.pipeline.requests).toHaveLength(1);
    expect((await keyed('another')).json()).toMatchObject({ status: 422, code: 'key-reused', retryable: false });
    const other = await programOf(test, 'check');
    const theirs = await other.ask('/v1/checks?wait=60', raw('picture', { 'idempotency-key': '"k1"' }));
    expect(onlyOf(theirs).id).not.toBe(first.id);
    for (const key of ['""', 'x'.repeat(201), '"a', 'ä']) {
      expect((await keyed('picture', key)).status, key).toBe(400);
    }
  });

  it('say 409 while the first request with the key is still being received', async () => {
    test.pipeline.hold();
    const { port } = test.companion;
    const headers = { authorization: `Bearer ${program.token}`, 'idempotency-key': 'k', expect: '100-continue' };
    const slow = httpRequest({ host: '127.0.0.1', port, path: '/v1/checks', method: 'POST', headers });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    // The companion asks for the body once it has the request in hand.
    await new Promise<void>((resolve) => {
      slow.once('continue', resolve).flushHeaders();
    });
    slow.write('pict');
    const second = (): Promise<Answer> => program.ask('/v1/checks', raw('picture', { 'idempotency-key': 'k' }));
    expect((await second()).json()).toMatchObject({ status: 409, code: 'request-in-flight', retryable: true });
    slow.end('ure');
    expect(await answered).toBe(202);
    expect((await second()).headers['idempotent-replayed']).toBe('true');
  });

  it('are cancelled, and tell it to whoever listens', async () => {
    test.pipeline.hold();
    const { url } = onlyOf(await program.ask('/v1/checks', raw('picture')));
    const events = program.ask(`${url}/events`);
    await until(url, 'processing');
    expect(v.parse(Check, (await program.ask(url, { method: 'DELETE' })).json())).toMatchObject({ state: 'cancelled' });
    const { headers, text } = await events;
    expect(headers['content-type']).toBe('text/event-stream');
    const told = [...text.matchAll(/^event: check\ndata: (.*)$/gm)].map(([, data]) =>
      v.parse(Check, JSON.parse(data ?? '')),
    );
    expect(told.at(-1)).toMatchObject({ url, state: 'cancelled' });
    test.pipeline.release();
    expect(await get(url)).toMatchObject({ state: 'cancelled', record: null });
  });

  it('tell their end at once to whoever comes late, and take no more listeners than they can serve', async () => {
    const done = onlyOf(await program.ask('/v1/checks?wait=60', raw('done')));
    const late = await program.ask(`${done.url}/events`);
    expect(late.text.match(/^event: check$/gm)).toHaveLength(1);
    expect(late.text).toContain('"state":"completed"');
    test.pipeline.hold();
    const { url } = onlyOf(await program.ask('/v1/checks', raw('held')));
    const { port } = test.companion;
    const headers = { authorization: `Bearer ${program.token}` };
    const listeners = await Promise.all(
      Array.from({ length: 64 }, () => {
        const listener = httpRequest({ host: '127.0.0.1', port, path: `${url}/events`, headers, agent: false });
        return new Promise<typeof listener>((resolve, reject) => {
          listener.on('response', (response) => {
            response.on('error', () => {}).resume();
            resolve(listener);
          });
          listener.on('error', reject);
          listener.end();
        });
      }),
    );
    const full = await program.ask(`${url}/events`);
    expect([full.status, full.headers['retry-after'], full.json()]).toMatchObject([503, '1', { code: 'busy' }]);
    listeners[0]?.destroy();
    // A place is free again once the companion has seen that one go.
    await expect
      .poll(async () => {
        const answer = program.ask(`${url}/events`);
        test.pipeline.release();
        return (await answer).status;
      })
      .toBe(200);
    for (const listener of listeners) listener.destroy();
  });

  it('are listed newest first, by state, page by page', async () => {
    for (const text of ['one', 'two', 'three']) await program.ask('/v1/checks?wait=60', raw(text));
    const page = async (query: string) => {
      const answer = await program.ask(`/v1/checks${query}`);
      return { ...v.parse(CheckPage, answer.json()), link: answer.headers.link };
    };
    const first = await page('?state=completed,failed&limit=2');
    expect(first.checks.map(({ bytes }) => bytes)).toEqual([5, 3]);
    expect(first.link).toBe(`</v1/checks?limit=2&cursor=${first.next}&state=completed%2Cfailed>; rel="next"`);
    const second = await page(`?state=completed,failed&limit=2&cursor=${first.next}`);
    expect([second.checks.map(({ bytes }) => bytes), second.next]).toEqual([[3], null]);
    expect((await page('?state=pending')).checks).toEqual([]);
    for (const url of ['/v1/checks/unknown', `/v1/checks/${'0'.repeat(26)}/events`]) {
      expect((await program.ask(url)).json()).toMatchObject({ status: 404, code: 'not-found' });
    }
  });

  it('are not taken while recording is paused', async () => {
    await test.control('/api/settings', { method: 'PATCH', body: '{"recordingPaused":true}' });
    const answer = await program.ask('/v1/checks', raw('picture'));
    expect(answer.json()).toMatchObject({ status: 409, code: 'recording-paused' });
  });
});

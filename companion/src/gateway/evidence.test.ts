import { type CaptureSource, ChainVerification, FORENSIC_VIEWS, ResultRecord } from '@touchstone/shared';
import sharp from 'sharp';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { testPicture } from '../pipeline/fixtures/test-pictures.ts';
import { captureOf, enter, pairWith } from './fixtures/stream-client.ts';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';

const photo = await testPicture(320, 240).jpeg().toBuffer();

async function check({ control }: TestCompanion, body: Uint8Array = photo): Promise<ResultRecord> {
  const headers = { 'content-type': 'application/octet-stream' };
  return v.parse(ResultRecord, (await control('/api/check', { method: 'POST', body, headers })).json());
}

const post = (body: unknown = {}) => ({ method: 'POST', body: JSON.stringify(body) });

describe('one record', () => {
  it('is explained while its picture is in memory, and no longer once it is deleted', async () => {
    const test = await startTestCompanion();
    const { id } = await check(test);
    const explained = await test.control(`/api/history/records/${id}/explain`, post());
    expect(explained.json()).toMatchObject({ method: 'occlusion', pack: expect.stringMatching(/@/) });
    await test.control('/api/history/delete', post({ ids: [id] }));
    expect((await test.control(`/api/history/records/${id}/explain`, post())).status).toBe(404);
  });

  it('without its picture says so', async () => {
    const first = await startTestCompanion();
    const { id } = await check(first);
    await first.companion.stop();
    const second = await startTestCompanion({ home: first.home });
    for (const path of ['explain', 'recheck']) {
      const answer = await second.control(`/api/history/records/${id}/${path}`, post());
      expect([answer.status, answer.json()]).toEqual([410, expect.objectContaining({ code: 'picture-not-kept' })]);
    }
    expect((await second.control(`/api/history/records/${id}/views/ela`)).status).toBe(410);
  });

  it.each(FORENSIC_VIEWS)('has the view %s as a WebP of bounded size that is no document', async (view) => {
    const test = await startTestCompanion();
    const { id } = await check(test);
    const { companion, token } = test;
    const response = await fetch(`http://127.0.0.1:${companion.port}/api/history/records/${id}/views/${view}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    const { format, width, height } = await sharp(await response.arrayBuffer()).metadata();
    expect(format).toBe('webp');
    expect(Math.max(width, height)).toBeLessThanOrEqual(1700);
  });

  it('has no other views, and a magnifier that stays in the picture', async () => {
    const test = await startTestCompanion();
    const { id } = await check(test);
    const status = async (path: string) => (await test.control(`/api/history/records/${id}/views/${path}`)).status;
    expect(await status('..%2f..%2fsettings')).toBe(400);
    expect(await status('magnifier?x=1&y=0&zoom=16')).toBe(200);
    for (const wrong of ['x=1.1', 'y=-1', 'zoom=17', 'zoom=1', 'zoom=NaN', 'x=', 'zoom=1e999', 'x=a']) {
      expect([wrong, await status(`magnifier?${wrong}`)]).toEqual([wrong, wrong === 'x=' ? 200 : 400]);
    }
  });

  it('is checked again as a new record that names it', async () => {
    const test = await startTestCompanion();
    const { id } = await check(test);
    const answer = await test.control(`/api/history/records/${id}/recheck`, post({ pack: 'thorough' }));
    expect(answer.json()).toMatchObject({ recheckOf: id, logged: true });
    expect(test.pipeline.requests.at(-1)).toMatchObject({ pack: 'thorough', fresh: true, recheckOf: id });
  });

  it('has a report that runs nothing, in the language asked for, with a harmless name', async () => {
    const test = await startTestCompanion();
    const { id } = await check(test);
    const path = `/api/history/records/${id}/report`;
    const german = await test.control(path, { headers: { 'accept-language': 'de-CH,de;q=0.9' } });
    expect(german.text).toContain('<html lang="de"');
    expect(german.headers['content-disposition']).toBe(`inline; filename="touchstone-evidence-${id}.html"`);
    expect(german.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-.*sandbox/);
    expect(german.headers['content-security-policy']).not.toContain('unsafe');
    const json = await test.control(`${path}?format=json&language=ar&download=1`);
    expect(json.json()).toMatchObject({ format: 'touchstone-evidence-report', record: { id }, chain: { position: 1 } });
    expect(json.headers['content-disposition']).toMatch(/^attachment;/);
    expect((await test.control(`${path}?format=exe`)).status).toBe(400);
    expect((await test.control('/api/history/records/nothing/report')).status).toBe(404);
  });
});

describe('verification', () => {
  it('answers for the log as a whole', async () => {
    const test = await startTestCompanion();
    await check(test);
    const verify = async (body: unknown) => (await test.control('/api/history/verify', post(body))).json();
    const outcome = v.parse(ChainVerification, await verify({}));
    expect(outcome).toMatchObject({ intact: true, records: 1 });
    expect(await verify({ head: outcome.head })).toMatchObject({ intact: true, notedHeadFound: true });
    expect(await verify({ head: '0'.repeat(64) })).toMatchObject({ intact: false, notedHeadFound: false });
    expect(await verify({ head: 'x' })).toMatchObject({ code: 'bad-request' });
  });

  it('needs a session or the token, like all of these', async () => {
    const { request } = await startTestCompanion();
    for (const [method, path] of [
      ['POST', 'verify'],
      ['POST', 'records/x/explain'],
      ['POST', 'records/x/recheck'],
      ['GET', 'records/x/views/ela'],
      ['GET', 'records/x/report'],
    ]) {
      expect((await request(`/api/history/${path}`, { method: method ?? '' })).status).toBe(401);
    }
  });
});

describe('explain over the socket', () => {
  async function start(source: Partial<CaptureSource> = {}) {
    const test = await startTestCompanion();
    const { port } = test.companion;
    const client = await enter(port, await pairWith(port, test.companion.newPairing().code));
    client.send({
      ...captureOf(1, new Uint8Array(photo)),
      source: { kind: 'image', path: 'original-bytes', private: false, ...source },
    });
    const { record } = await client.next('result');
    return { ...test, client, record };
  }

  it('is answered with the explanation', async () => {
    const { client, record } = await start();
    client.send({ type: 'explain', id: 2, recordId: record.id });
    expect(await client.next('explanation')).toMatchObject({ id: 2, explanation: { method: 'occlusion' } });
  });

  it.each(['private', 'unknown'])('is refused for a picture that is not held: %s', async (why) => {
    const { client, record } = await start({ private: why === 'private' });
    client.send({ type: 'explain', id: 2, recordId: why === 'private' ? record.id : 'nothing' });
    expect((await client.next('error')).error.code).toBe('picture-not-kept');
  });

  it('is cancelled on demand, and does not use up the window of captures', async () => {
    const { client, pipeline, record } = await start();
    pipeline.hold();
    for (let id = 10; id < 19; id += 1) client.send({ type: 'explain', id, recordId: record.id });
    expect(await client.next('error')).toMatchObject({ id: 18, error: { code: 'busy' } });
    client.send({ type: 'cancel', id: 10 });
    expect((await client.next('error', ({ id }) => id === 10)).error.code).toBe('cancelled');
    pipeline.release();
    client.send(captureOf(30));
    expect((await client.next('result', ({ id }) => id === 30)).record.logged).toBe(true);
  });

  it('is cancelled when the browser goes away', async () => {
    const { client, pipeline, record } = await start();
    pipeline.hold();
    client.send({ type: 'explain', id: 2, recordId: record.id });
    await expect.poll(() => pipeline.explained.length).toBe(1);
    client.socket.terminate();
    await expect.poll(() => pipeline.explained[0]?.signal?.aborted).toBe(true);
  });
});

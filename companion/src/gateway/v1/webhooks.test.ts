import { setTimeout as wait } from 'node:timers/promises';
import { CheckList, NewWebhook, WebhookList, WebhookMessageList } from '@touchstone/shared/api';
import { Webhook } from 'standardwebhooks';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { listenForMessages } from '../../webhooks/fixtures/test-listener.ts';
import { MAX_WEBHOOKS } from '../../webhooks/webhook-store.ts';
import { startTestCompanion, temporaryFolder } from '../fixtures/test-companion.ts';
import { type Program, programOf } from '../fixtures/token-of.ts';

const WAIT = { timeout: 300_000, interval: 50 };

const post = (text: string) => ({ method: 'POST', body: Buffer.from(text) });

async function listen(program: Program, url: string) {
  const answer = await program.ask('/v1/webhooks', { method: 'POST', body: JSON.stringify({ url }) });
  expect(answer.status, answer.text).toBe(200);
  return v.parse(NewWebhook, answer.json());
}

const messagesOf = async (program: Program, id: string) =>
  v.parse(WebhookMessageList, (await program.ask(`/v1/webhooks/${id}/messages`)).json());

it('tell of every end of a check, signed, and of none of another token', async () => {
  const test = await startTestCompanion();
  const [program, other] = [await programOf(test, 'check'), await programOf(test, 'check')];
  const listener = await listenForMessages();
  const { id, secret, url } = await listen(program, listener.url);
  expect([url, secret]).toEqual([listener.url, expect.stringMatching(/^whsec_[\w+/]{43}=$/)]);
  await other.ask('/v1/checks?wait=60', post('of another'));
  const done = v.parse(CheckList, (await program.ask('/v1/checks?wait=60', post('one'))).json()).checks[0];
  await expect.poll(() => listener.heard.length, WAIT).toBe(1);
  const noVideo = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.from('no video at all')]);
  await program.ask('/v1/checks?wait=60', { method: 'POST', body: noVideo });
  await expect.poll(() => listener.heard.length, WAIT).toBe(2);
  test.pipeline.hold();
  const held = v.parse(CheckList, (await program.ask('/v1/checks', post('two'))).json()).checks[0];
  await program.ask(`/v1/checks/${held?.id}`, { method: 'DELETE' });
  await expect.poll(() => listener.heard.length, WAIT).toBe(3);
  expect(listener.heard.map(({ event }) => event.type)).toEqual(['check.completed', 'check.failed', 'check.cancelled']);
  const { record: _, ...check } = done ?? { record: null };
  expect(listener.heard[0]?.event).toEqual({
    type: 'check.completed',
    timestamp: new Date(done?.endedAt ?? 0).toISOString(),
    data: check,
  });
  expect(listener.heard[1]?.event.data.error).toMatchObject({ code: 'video-unreadable' });
  // Any library of Standard Webhooks takes them, and none that was touched.
  const verifier = new Webhook(secret);
  for (const { text, headers } of listener.heard) {
    expect(verifier.verify(text, headers as Record<string, string>)).toEqual(JSON.parse(text));
    expect(() => verifier.verify(`${text} `, headers as Record<string, string>)).toThrow();
    expect(headers['content-type']).toBe('application/json');
  }
  expect(new Set(listener.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
  await expect
    .poll(async () => (await messagesOf(program, id)).map(({ state, attempts }) => [state, attempts]), WAIT)
    .toEqual([
      ['delivered', 1],
      ['delivered', 1],
      ['delivered', 1],
    ]);
});

it('are of one token: no other sees, ends or reads them, and no key is told twice', async () => {
  const test = await startTestCompanion();
  const [program, other] = [await programOf(test, 'check'), await programOf(test, 'check')];
  const listener = await listenForMessages();
  const { id, secret } = await listen(program, listener.url);
  const listed = await program.ask('/v1/webhooks');
  expect(v.parse(WebhookList, listed.json())).toMatchObject([{ id, url: listener.url, waiting: 0, givenUp: 0 }]);
  expect(listed.text).not.toContain(secret.slice('whsec_'.length));
  expect((await other.ask('/v1/webhooks')).json()).toEqual([]);
  for (const [method, path] of [
    ['DELETE', `/v1/webhooks/${id}`],
    ['GET', `/v1/webhooks/${id}/messages`],
  ] as const) {
    expect((await other.ask(path, { method })).json()).toMatchObject({ status: 404, code: 'not-found' });
  }
  for (let more = 1; more < MAX_WEBHOOKS; more += 1) await listen(program, `${listener.url}&n=${more}`);
  const tooMany = await program.ask('/v1/webhooks', { method: 'POST', body: JSON.stringify({ url: listener.url }) });
  expect(tooMany.json()).toMatchObject({ status: 400, code: 'bad-request' });
  for (const { id: one } of v.parse(WebhookList, (await program.ask('/v1/webhooks')).json())) {
    expect((await program.ask(`/v1/webhooks/${one}`, { method: 'DELETE' })).status).toBe(204);
  }
  await program.ask('/v1/checks?wait=60', post('one'));
  await wait(200);
  expect(listener.heard).toEqual([]);
});

it('are told after a start what they could not be told before, under the same id', async () => {
  const home = await temporaryFolder();
  const first = await startTestCompanion({ home });
  const program = await programOf(first, 'check');
  const refusing = await listenForMessages((response) => void response.writeHead(500).end());
  const { id, secret } = await listen(program, refusing.url);
  await program.ask('/v1/checks?wait=60', post('one'));
  await expect.poll(async () => (await messagesOf(program, id))[0]?.failure, WAIT).toBe('answered 500');
  expect((await messagesOf(program, id))[0]).toMatchObject({ state: 'waiting', attempts: 1 });
  await first.companion.stop();
  await refusing.close();
  const listener = await listenForMessages(undefined, refusing.port);
  await startTestCompanion({ home });
  // The second attempt is some seconds away.
  await expect.poll(() => listener.heard.length, WAIT).toBe(1);
  const [before] = refusing.heard;
  const [after] = listener.heard;
  expect(after?.headers['webhook-id']).toBe(before?.headers['webhook-id']);
  expect(after?.event).toEqual(before?.event);
  new Webhook(secret).verify(after?.text ?? '', after?.headers as Record<string, string>);
});

it('hear nothing more once their token is revoked', async () => {
  const test = await startTestCompanion();
  const program = await programOf(test, 'check');
  const listener = await listenForMessages();
  await listen(program, listener.url);
  test.pipeline.hold();
  await program.ask('/v1/checks', post('one'));
  await test.control(`/api/tokens/${program.id}`, { method: 'DELETE' });
  test.pipeline.release();
  await expect
    .poll(async () => (await test.companion.jobs.ledger.list({ limit: 1 }))[0]?.state, WAIT)
    .toBe('completed');
  await wait(200);
  expect(listener.heard).toEqual([]);
});

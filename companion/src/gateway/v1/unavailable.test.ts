import { expect, it, vi } from 'vitest';
import type * as acceptance from '../../jobs/embedded/accept-jobs.ts';
import { openRaw, readToEnd } from '../fixtures/raw-request.ts';
import { startTestCompanion } from '../fixtures/test-companion.ts';
import { programOf } from '../fixtures/token-of.ts';

/** Checks that the queue of this test holds. */
const { QUEUE } = vi.hoisted(() => ({ QUEUE: 3 }));

/** Uploads at a time, as routes/check-routes.ts has it. */
const UPLOADS_AT_ONCE = 16;

vi.mock('../../jobs/embedded/accept-jobs.ts', async (original) => {
  const real = await original<typeof acceptance>();
  return { ...real, QUEUE_LIMITS: { ...real.QUEUE_LIMITS, jobs: QUEUE } };
});

const post = (text: string) => ({ method: 'POST', body: Buffer.from(text) });

it('a full queue is said with the seconds after which to come back; what it holds ends', async () => {
  const test = await startTestCompanion();
  const program = await programOf(test, 'check');
  test.pipeline.hold();
  for (let index = 0; index < QUEUE; index += 1) {
    expect((await program.ask('/v1/checks', post(`picture ${index}`))).status).toBe(202);
  }
  const full = await program.ask('/v1/checks', post('one more'));
  expect([full.status, full.json()]).toMatchObject([503, { code: 'busy', retryable: true }]);
  expect(Number(full.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  test.pipeline.release();
  await expect.poll(async () => (await program.ask('/v1/checks?wait=60', post('one more'))).status).toBe(200);
});

it('more uploads than are taken at once are refused with the same words, before their bodies', async () => {
  const test = await startTestCompanion();
  const program = await programOf(test, 'check');
  const sockets = Array.from({ length: UPLOADS_AT_ONCE }, () => openRaw(test.companion.port));
  for (const socket of sockets) {
    socket.write(
      `POST /v1/checks HTTP/1.1\r\nhost: 127.0.0.1:${test.companion.port}\r\nauthorization: Bearer ${program.token}\r\n` +
        'content-length: 1000000\r\nexpect: 100-continue\r\n\r\n',
    );
    // The companion asks for the body once the upload has its place.
    await new Promise((resolve) => socket.once('data', resolve));
  }
  const refused = await program.ask('/v1/checks', post('one more'));
  expect([refused.status, refused.json()]).toMatchObject([503, { code: 'busy', retryable: true }]);
  expect(refused.headers['retry-after']).toBe('1');
  const ends = sockets.map(readToEnd);
  for (const socket of sockets) socket.destroy();
  await Promise.all(ends);
  await expect.poll(async () => (await program.ask('/v1/checks?wait=60', post('one more'))).status).toBe(200);
});

it('a companion that stops takes nothing more, and says when to come back', async () => {
  const test = await startTestCompanion();
  const program = await programOf(test, 'check');
  test.pipeline.hold();
  await program.ask('/v1/checks', post('picture'));
  const stopping = test.companion.stop();
  const late = await program.ask('/v1/checks', post('another'));
  expect([late.status, late.json()]).toMatchObject([503, { code: 'shutting-down', retryable: true }]);
  expect(late.headers['retry-after']).toBe('5');
  test.pipeline.release();
  await stopping;
});

it('what nobody foresaw is said to be the fault of Touchstone, without its words', async () => {
  const test = await startTestCompanion();
  vi.spyOn(test.pipeline, 'check').mockRejectedValue(new TypeError('x is not a function at /secret/place.ts'));
  const answer = await test.control('/api/check', { method: 'POST', body: 'picture' });
  expect([answer.status, answer.json()]).toMatchObject([500, { code: 'internal' }]);
  expect(answer.text).not.toContain('secret');
});

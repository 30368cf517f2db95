import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CLOSE_CODES } from '@touchstone/shared';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CHROMIUM_ORIGIN, captureOf, connect, enter, pairWith, type StreamClient } from '../fixtures/stream-client.ts';
import { startTestCompanion } from '../fixtures/test-companion.ts';
import { MAX_UNAUTHENTICATED } from './connections.ts';

/** Another program that opens 200 connections again and again, in one of three manners. */
async function flood(port: number, manner: string): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '../fixtures/flood.ts');
  const child = fork(program, [String(port), manner, CHROMIUM_ORIGIN], { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

describe('attack: all places for connections', () => {
  test.each(['silent', 'upgrade', 'begin'])(
    'keep a paired browser out by opening connections in a loop (%s)',
    async (manner) => {
      const { companion } = await startTestCompanion();
      const { port } = companion;
      const pairing = await pairWith(port, companion.newPairing().code);
      const before = await enter(port, pairing);
      const child = await flood(port, manner);
      for (let count = 1; count <= 5; count += 1) {
        const client = await enter(port, pairing);
        client.send(captureOf(count));
        expect((await client.next('result')).id).toBe(count);
        client.socket.close();
        await client.closed;
        await once(child, 'message');
      }
      // Who was there before is still there.
      before.send(captureOf(9));
      expect((await before.next('result')).id).toBe(9);
    },
    300_000,
  );

  test('keep a person from pairing in the same way', async () => {
    const { companion } = await startTestCompanion();
    await flood(companion.port, 'begin');
    await expect(pairWith(companion.port, companion.newPairing().code)).resolves.toBeDefined();
  }, 300_000);

  test('have more of them kept than there are places', async () => {
    const { companion } = await startTestCompanion();
    const clients: StreamClient[] = [];
    for (let count = 0; count < MAX_UNAUTHENTICATED + 5; count += 1) clients.push(await connect(companion.port));
    await expect
      .poll(() => clients.filter(({ socket }) => socket.readyState === socket.OPEN).length)
      .toBe(MAX_UNAUTHENTICATED);
    expect(clients.slice(0, 5).every(({ socket }) => socket.readyState !== socket.OPEN)).toBe(true);
  });

  test('hold one for ever by saying a little now and then', async () => {
    const { companion } = await startTestCompanion();
    const client = await connect(companion.port);
    const timer = setInterval(() => {
      if (client.socket.readyState === client.socket.OPEN) client.socket.send(Uint8Array.of(0x85), { fin: false });
    }, 200);
    onTestFinished(() => clearInterval(timer));
    expect(await client.closed).toBe(CLOSE_CODES.helloDeadline);
  }, 300_000);
});

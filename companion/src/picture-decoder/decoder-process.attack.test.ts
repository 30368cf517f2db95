import { setImmediate } from 'node:timers/promises';
import { TouchstoneError } from '@touchstone/shared';
import pino from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { enter, pairWith } from '../gateway/fixtures/stream-client.ts';
import { startTestCompanion } from '../gateway/fixtures/test-companion.ts';
import { createPictureDecoder, type DecoderOptions } from './create-picture-decoder.ts';

const MISBEHAVING = new URL('./process/fixtures/misbehaving-decoder.ts', import.meta.url);
const CURIOUS = new URL('./process/fixtures/curious-decoder.ts', import.meta.url);
const logger = pino({ level: 'silent' });

function every(limits: { cpuMs: number; wallMs: number }): NonNullable<DecoderOptions['taskLimits']> {
  return { header: limits, decode: limits, look: limits, expertView: limits };
}

/** A decoder that does what the bytes of a picture say. */
function decoder(options: DecoderOptions = {}) {
  const made = createPictureDecoder(logger, { program: MISBEHAVING, ...options });
  onTestFinished(() => made.close());
  const send = (way: string, signal?: AbortSignal) =>
    made.readHeader({ bytes: Buffer.from(way, 'latin1'), format: 'jpeg', signal });
  return { made, send };
}

const refused = (code: string) => expect.objectContaining({ name: 'TouchstoneError', code });

describe('attack: a picture that takes its decoder over', { timeout: 300_000 }, () => {
  test('hold a decoder for ever without using a processor', async () => {
    const { made, send } = decoder({ taskLimits: every({ cpuMs: 60_000, wallMs: 300 }) });
    await expect(send('hang')).rejects.toEqual(refused('decode-limit'));
    expect(made.processes()).toBe(0);
  });

  test('burn processor time for ever', async () => {
    const { send } = decoder({ taskLimits: every({ cpuMs: 300, wallMs: 60_000 }) });
    await expect(send('spin')).rejects.toEqual(refused('decode-limit'));
  });

  test('fill the memory', async () => {
    const { send } = decoder({ memoryLimit: 300 * 1024 * 1024 });
    await expect(send('eat')).rejects.toEqual(refused('decode-limit'));
  });

  test('fill the memory together, each below its own limit', async () => {
    const { send } = decoder({ totalMemoryLimit: 400 * 1024 * 1024 });
    const outcomes = await Promise.allSettled([send('eat'), send('eat')]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: refused('decode-limit') });
  });

  test('take the neighbours along into a crash', async () => {
    const { send } = decoder();
    const crash = send('die');
    const others = Array.from({ length: 6 }, (_, i) => send(`good ${i}`));
    await expect(crash).rejects.toEqual(refused('broken-picture'));
    for (const header of await Promise.all(others)) expect(header).toMatchObject({ width: 64, height: 64 });
  });

  test.each(['lie', 'nonsense', 'terabyte', 'phantom'])(
    'be believed with an answer of the wrong form: %s',
    async (way) => {
      const { send } = decoder();
      await expect(send(way)).rejects.toEqual(refused('broken-picture'));
      expect(await send('good')).toMatchObject({ width: 64 });
    },
  );

  test('answer for the next picture', async () => {
    const { send } = decoder({ processes: 1, extraProcesses: 0 });
    await send('chatter').catch(() => undefined);
    expect(await send('good')).toMatchObject({ width: 64 });
  });

  test('go on after nobody waits any more', async () => {
    const { made, send } = decoder();
    const leave = new AbortController();
    await send('good');
    const hanging = send('hang', leave.signal);
    await setImmediate();
    leave.abort();
    await expect(hanging).rejects.toEqual(refused('cancelled'));
    await vi.waitUntil(() => made.processes() === 0, { timeout: 300_000 });
  });

  test('outlive the stop', async () => {
    const { made, send } = decoder();
    const hanging = Promise.allSettled([send('spin'), send('hang'), send('spin')]);
    await vi.waitUntil(() => made.processes() === 2, { timeout: 300_000 });
    await made.close();
    expect(made.processes()).toBe(0);
    for (const outcome of await hanging) expect(outcome).toMatchObject({ reason: refused('shutting-down') });
    await expect(send('good')).rejects.toEqual(refused('shutting-down'));
  });

  test('keep its memory after the work', async () => {
    const { made, send } = decoder({ idleMs: 50, lastIdleMs: 100 });
    await send('good');
    await vi.waitUntil(() => made.processes() === 0, { timeout: 300_000 });
    expect(await send('good')).toMatchObject({ width: 64 });
  });

  test('start processes without end', async () => {
    const { made, send } = decoder({ processes: 1, extraProcesses: 1 });
    const most: number[] = [];
    const answers = Array.from({ length: 20 }, async (_, i) => {
      await send(i % 5 === 0 ? 'die' : 'slow').catch((error: unknown) => expect(error).toBeInstanceOf(TouchstoneError));
      most.push(made.processes());
    });
    await Promise.all(answers);
    // One more for a picture that is tried alone.
    expect(Math.max(...most)).toBeLessThanOrEqual(3);
  });

  test('write, read, start programs and see secrets from inside the decoder', async () => {
    vi.stubEnv('TOUCHSTONE_TEST_SECRET', 'x');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { send } = decoder({ program: CURIOUS });
    expect(await send('try')).toMatchObject({ frames: 1 });
  });

  test('keep others from pairing and greeting while every decoder is busy', async () => {
    const { companion } = await startTestCompanion();
    const { made, send } = decoder();
    const stuck = Promise.allSettled(Array.from({ length: 12 }, () => send('spin')));
    await vi.waitUntil(() => made.processes() >= 2, { timeout: 300_000 });
    const pairing = await pairWith(companion.port, companion.newPairing().code);
    const client = await enter(companion.port, pairing);
    client.socket.close();
    await made.close();
    await stuck;
  });
});

import { once } from 'node:events';
import { encode } from '@msgpack/msgpack';
import { type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { alignRecord } from '@touchstone/shared/present';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { captureOf, enter, pairWith } from '../fixtures/stream-client.ts';
import { startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import * as yesterday from '../fixtures/version-1/contract.mjs';

/** Words that no Touchstone has yet: what tomorrow's companion may say. */
const NEW = {
  reason: { code: 'shadow-disagrees', direction: 'neutral', text: 'The shadows disagree.', details: {} },
  caveat: { code: 'seen-through-water', text: 'The picture was taken through water.' },
  evidence: {
    kind: 'physics',
    direction: 'neutral',
    strength: 0.2,
    code: 'shadow-disagrees',
    sentence: 'The shadows disagree.',
    details: {},
  },
} as const;

/** A verdict with one word of each kind that nobody knows. */
function withNewWords(record: ResultRecord): ResultRecord {
  const { verdict } = record;
  return {
    ...record,
    evidence: [...record.evidence, NEW.evidence],
    verdict: { ...verdict, reasons: [...verdict.reasons, NEW.reason], caveats: [...verdict.caveats, NEW.caveat] },
  };
}

/** Has the companion say new words: in its results, and in one error. */
function sayNewWords({ pipeline }: TestCompanion): void {
  const { check } = pipeline;
  pipeline.check = async (request) => {
    if (request.bytes[0] !== 1) throw new TouchstoneError('decode-limit');
    return withNewWords(await check(request));
  };
}

/** Yesterday's extension: its own codec, schemas and proofs. */
async function connectYesterday(port: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/stream`, {
    headers: { origin: `chrome-extension://${'a'.repeat(32)}` },
  });
  const received: ReturnType<typeof yesterday.decodeMessage>[] = [];
  const failures: unknown[] = [];
  socket.on('message', (data: Buffer) => {
    try {
      received.push(yesterday.decodeMessage(yesterday.ServerMessage, data));
    } catch (error) {
      failures.push(error);
    }
  });
  const next = async (type: string) => {
    for (;;) {
      const found = received.find((message) => message.type === type);
      if (found) return found;
      if (failures.length > 0) throw failures[0];
      await once(socket, 'message');
    }
  };
  return { socket, next, send: (message: object) => socket.send(yesterday.encodeMessage(message)) };
}

const agent = { name: 'Chrome on Linux', version: '0.1.0' };

async function pairYesterday(port: number, code: string) {
  const client = await connectYesterday(port);
  const serverNonce = (await client.next('challenge')).serverNonce as Uint8Array;
  const clientNonce = yesterday.newNonce();
  const key = await yesterday.pairingKey(code);
  const transcript = {
    purpose: 'pair',
    audience: `127.0.0.1:${port}`,
    browserId: '',
    clientNonce,
    serverNonce,
  } as const;
  client.send({
    type: 'pair',
    protocol: yesterday.PROTOCOL,
    agent,
    clientNonce,
    proof: await yesterday.prove(key, 'client', transcript),
  });
  const paired = await client.next('paired');
  const browserId = String(paired.browserId);
  expect(await yesterday.verifyProof(key, 'server', { ...transcript, browserId }, paired.proof as Uint8Array)).toBe(
    true,
  );
  return { browserId, secret: await yesterday.browserSecret(code, browserId, clientNonce, serverNonce) };
}

async function enterYesterday(port: number, { browserId, secret }: Awaited<ReturnType<typeof pairYesterday>>) {
  const client = await connectYesterday(port);
  const serverNonce = (await client.next('challenge')).serverNonce as Uint8Array;
  const clientNonce = yesterday.newNonce();
  const transcript = { purpose: 'hello', audience: `127.0.0.1:${port}`, browserId, clientNonce, serverNonce } as const;
  client.send({
    type: 'hello',
    protocol: yesterday.PROTOCOL,
    browserId,
    agent,
    clientNonce,
    proof: await yesterday.prove(secret, 'client', transcript),
  });
  const welcome = await client.next('welcome');
  expect(await yesterday.verifyProof(secret, 'server', transcript, welcome.proof as Uint8Array)).toBe(true);
  return client;
}

describe("yesterday's extension and today's companion", () => {
  it('pair, and check a picture whose verdict has words that are newer than the extension', async () => {
    const test = await startTestCompanion();
    sayNewWords(test);
    const { port } = test.companion;
    const client = await enterYesterday(port, await pairYesterday(port, test.companion.newPairing().code));
    client.send(captureOf(1));
    const { record } = (await client.next('result')) as unknown as { record: ResultRecord };
    expect(record.verdict.reasons.length).toBeGreaterThan(0);
    expect(JSON.stringify(record)).not.toContain('shadow');
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    client.socket.terminate();
  });

  it('and one that leans, which the extension knows as undecided, with the level that it always had', async () => {
    const test = await startTestCompanion();
    const { check } = test.pipeline;
    test.pipeline.check = async (request) => {
      const record = await check(request);
      const details = { pack: 'quick' };
      return alignRecord({
        ...record,
        verdict: {
          value: 'uncertain',
          probability: 0.93,
          confidence: 'low',
          reasons: [{ code: 'model-undecided', direction: 'neutral', text: '', details }],
          caveats: [],
        },
      });
    };
    const { port } = test.companion;
    const pairing = test.companion.newPairing().code;
    const client = await enterYesterday(port, await pairYesterday(port, pairing));
    client.send(captureOf(1));
    const { record } = (await client.next('result')) as unknown as { record: ResultRecord };
    expect(record.verdict).toMatchObject({ value: 'uncertain', probability: 0.93, confidence: 'low' });
    expect(record.verdict.reasons.map(({ code, direction }) => [code, direction])).toEqual([
      ['model-undecided', 'neutral'],
    ]);
    client.socket.terminate();
  });

  it('tell an error that the extension does not know in the nearest word that it knows', async () => {
    const test = await startTestCompanion();
    sayNewWords(test);
    const { port } = test.companion;
    const client = await enterYesterday(port, await pairYesterday(port, test.companion.newPairing().code));
    client.send(captureOf(2, Uint8Array.of(9)));
    expect(await client.next('error')).toMatchObject({ id: 2, error: { code: 'broken-picture' } });
    client.socket.terminate();
  });
});

describe("today's extension and tomorrow's companion", () => {
  it('read a verdict with words that are not known here, and keep their English text', async () => {
    const test = await startTestCompanion();
    sayNewWords(test);
    const { port } = test.companion;
    const client = await enter(port, await pairWith(port, test.companion.newPairing().code));
    client.send(captureOf(1));
    const { record } = await client.next('result');
    expect(record.verdict.reasons).toContainEqual(NEW.reason);
    expect(record.verdict.caveats).toContainEqual(NEW.caveat);
    expect(record.evidence).toContainEqual(NEW.evidence);
    client.socket.terminate();
  });
});

describe("tomorrow's extension and today's companion", () => {
  it('lose the one request that is not known here, and nothing else', async () => {
    const test = await startTestCompanion();
    const { port } = test.companion;
    const client = await enter(port, await pairWith(port, test.companion.newPairing().code));
    client.sendBytes(encode({ type: 'read-minds', id: 7, whose: 'everyone' }));
    client.sendBytes(encode({ type: 'hum' }));
    client.send(captureOf(8));
    expect(await client.next('error')).toMatchObject({ id: 7, error: { code: 'companion-too-old' } });
    expect(await client.next('result')).toMatchObject({ id: 8 });
    client.socket.terminate();
  });
});

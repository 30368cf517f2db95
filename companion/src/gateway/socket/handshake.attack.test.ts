import { connect as connectTcp, createServer } from 'node:net';
import {
  CLOSE_CODES,
  COMPANION_PROTOCOL,
  EXTENSION_PROTOCOL,
  newNonce,
  pairingKey,
  prove,
  type Transcript,
  verifyProof,
} from '@touchstone/shared';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SOCKET_ATTACKS } from '../fixtures/socket-attacks.ts';
import { AGENT, CHROMIUM_ORIGIN, challengeOf, connect, enter, helloFor, pairWith } from '../fixtures/stream-client.ts';
import { startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';

async function startPaired(origin = CHROMIUM_ORIGIN) {
  const running = await startTestCompanion();
  const { port } = running.companion;
  const pairing = await pairWith(port, running.companion.newPairing().code, { origin });
  return { ...running, port, pairing };
}

/** A guess at the pairing code. @returns the code of the error it is answered with */
async function guess({ companion }: TestCompanion, code: string): Promise<string> {
  const outcome = await pairWith(companion.port, code).then(
    () => 'paired',
    (error: Error) => error.message,
  );
  return outcome;
}

test.each(Object.entries(SOCKET_ATTACKS))('attack: %s', async (_, attack) => {
  const running = await startTestCompanion();
  const { companion, pipeline } = running;
  const { port } = companion;
  await attack({
    port,
    headers: {},
    audience: `127.0.0.1:${port}`,
    foreignHosts: [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.nip.io:${port}`,
      `LOCALHOST:${port}`,
    ],
    pair: (origin = CHROMIUM_ORIGIN) => pairWith(port, companion.newPairing().code, { origin }),
    judged: () => pipeline.requests.length,
  });
});

describe('attack: the hello', () => {
  test('have it refused under another name of this computer', async () => {
    const { port, pairing } = await startPaired();
    for (const host of [`localhost:${port}`, `[::1]:${port}`]) {
      await expect(enter(port, pairing, { headers: { host } })).resolves.toBeDefined();
    }
  });

  test('come in by relaying a hello from another port', async () => {
    const { port, pairing, pipeline } = await startPaired();
    // Passes bytes on as they are, but for the Host, which has to be the companion's to get through at all.
    const relay = createServer((incoming) => {
      const outgoing = connectTcp(port, '127.0.0.1');
      incoming.on('data', (chunk) => {
        outgoing.write(Buffer.from(chunk.toString('latin1').replace(`:${relayPort}`, `:${port}`), 'latin1'));
      });
      outgoing.pipe(incoming);
      for (const socket of [incoming, outgoing]) socket.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void relay.close());
    const address = relay.address();
    const relayPort = typeof address === 'object' && address ? address.port : 0;
    const client = await connect(relayPort);
    client.send(await helloFor(pairing, await challengeOf(client), `127.0.0.1:${relayPort}`));
    expect(await client.closed).toBe(CLOSE_CODES.notPaired);
    expect(pipeline.requests).toEqual([]);
  });

  test('forge the word that a side is too old, which the companion proves', async () => {
    const { port, pairing } = await startPaired();
    const newer = { min: COMPANION_PROTOCOL.max + 1, max: COMPANION_PROTOCOL.max + 1 };
    const client = await connect(port);
    const challenge = await challengeOf(client);
    const hello = await helloFor(pairing, challenge, `127.0.0.1:${port}`, newer);
    client.send(hello);
    const { error, proof } = await client.next('refused');
    expect(error.code).toBe('companion-too-old');
    const transcript: Transcript = {
      purpose: 'hello',
      audience: `127.0.0.1:${port}`,
      browserId: pairing.browserId,
      clientNonce: hello.clientNonce,
      serverNonce: challenge.serverNonce,
      versions: { client: newer, server: COMPANION_PROTOCOL },
    };
    expect(await verifyProof(pairing.secret, 'server', { ...transcript, refusal: error.code }, proof)).toBe(true);
    expect(await verifyProof(pairing.secret, 'server', transcript, proof)).toBe(false);
    expect(await client.closed).toBe(CLOSE_CODES.version);
  });

  test('go on with versions that are spoken no more', async () => {
    const { port, pairing } = await startPaired();
    const older = { min: COMPANION_PROTOCOL.min - 1, max: COMPANION_PROTOCOL.min - 1 };
    const client = await connect(port);
    client.send(await helloFor(pairing, await challengeOf(client), `127.0.0.1:${port}`, older));
    expect(await client.next('error')).toMatchObject({ error: { code: 'extension-too-old' } });
    expect(await client.closed).toBe(CLOSE_CODES.version);
  });

  test('learn which versions are spoken, without the secret', async () => {
    const { port, pairing } = await startPaired();
    const client = await connect(port);
    const stranger = { ...pairing, secret: newNonce() };
    client.send(await helloFor(stranger, await challengeOf(client), `127.0.0.1:${port}`, { min: 9, max: 9 }));
    expect((await client.next('error')).error.code).toBe('not-paired');
  });

  test('have an extension of version 1 that paired before locked out', async () => {
    const { port, pairing } = await startPaired();
    const client = await connect(port);
    client.send(await helloFor(pairing, await challengeOf(client), `127.0.0.1:${port}`, { min: 1, max: 1 }));
    expect((await client.next('welcome')).protocol).toBe(1);
  });

  test('talk the browser down by changing the challenge on the way', async () => {
    const { port, pairing } = await startPaired();
    const client = await connect(port);
    const challenge = { ...(await challengeOf(client)), protocol: { min: 1, max: 1 } };
    client.send(await helloFor(pairing, challenge, `127.0.0.1:${port}`));
    expect((await client.next('error')).error.code).toBe('not-paired');
  });
});

describe('attack: the first message', () => {
  test('hold the place for longer than five seconds by dripping', async () => {
    const { companion } = await startTestCompanion();
    // Before the companion begins to count.
    const start = performance.now();
    const client = await connect(companion.port);
    const timer = setInterval(() => {
      if (client.socket.readyState === 1) client.socket.send(Uint8Array.of(0x85), { fin: false });
    }, 200);
    onTestFinished(() => clearInterval(timer));
    expect(await client.closed).toBe(CLOSE_CODES.helloDeadline);
    const waited = performance.now() - start;
    expect(waited).toBeGreaterThan(4_500);
  }, 300_000);
});

describe('attack: pairing', () => {
  test('pair a second time with a code that was used', async () => {
    const running = await startTestCompanion();
    const { code } = running.companion.newPairing();
    expect(await guess(running, code)).toBe('paired');
    expect(await guess(running, code)).toBe('pairing-code-wrong');
  });

  test('use up a person\u2019s code by guessing at it', async () => {
    const running = await startTestCompanion();
    const { code } = running.companion.newPairing();
    for (let attempt = 0; attempt < 30; attempt += 1) {
      expect(await guess(running, 'AAAA-AAAA-AAAA-AAAA')).toBe('pairing-code-wrong');
    }
    expect(await guess(running, code)).toBe('paired');
  });

  test('pair twice by presenting a code at the same moment', async () => {
    const running = await startTestCompanion();
    const { code } = running.companion.newPairing();
    const outcomes = await Promise.all([guess(running, code), guess(running, code)]);
    expect(outcomes.sort()).toEqual(['paired', 'pairing-code-wrong']);
  });

  test('pair by relaying a proof that was made for another port', async () => {
    const { companion } = await startTestCompanion();
    const { code } = companion.newPairing();
    const client = await connect(companion.port);
    const { serverNonce, protocol } = await challengeOf(client);
    const clientNonce = newNonce();
    const audience = `127.0.0.1:${companion.port + 1}`;
    const proof = await prove(await pairingKey(code), 'client', {
      purpose: 'pair',
      audience,
      browserId: '',
      clientNonce,
      serverNonce,
      versions: { client: EXTENSION_PROTOCOL, server: protocol },
    });
    client.send({ type: 'pair', protocol: EXTENSION_PROTOCOL, agent: AGENT, clientNonce, proof });
    expect((await client.next('error')).error.code).toBe('pairing-code-wrong');
  });
});

import { connect as connectTcp, createServer } from 'node:net';
import {
  CLOSE_CODES,
  COMPANION_PROTOCOL,
  EXTENSION_PROTOCOL,
  encodeMessage,
  type FirstMessage,
  newNonce,
  pairingKey,
  prove,
  type Transcript,
  verifyProof,
} from '@touchstone/shared';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  AGENT,
  CHROMIUM_ORIGIN,
  captureOf,
  challengeOf,
  connect,
  enter,
  FIREFOX_ORIGIN,
  helloFor,
  pairWith,
} from '../fixtures/stream-client.ts';
import { startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import { FIRST_MESSAGE_BYTES } from './first-message.ts';

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

describe('attack: the upgrade', () => {
  test.each([
    ['a page', 'https://news.example'],
    ['a local page', 'http://127.0.0.1:8080'],
    ['the companion’s own page', 'http://127.0.0.1'],
    ['a sandboxed frame or file', 'null'],
    ['a program without Origin', ''],
    ['a page with a misleading name', 'https://chrome-extension.example'],
    ['a malformed extension id', 'chrome-extension://short'],
    ['an Origin with a path', `${CHROMIUM_ORIGIN}/`],
  ])('open the socket as %s', async (_, origin) => {
    const { companion } = await startTestCompanion();
    await expect(connect(companion.port, { origin })).rejects.toThrow('403');
  });

  test.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1.nip.io:PORT',
    'LOCALHOST:PORT',
  ])('open the socket under the Host %s of a rebound name', async (host) => {
    const { companion } = await startTestCompanion();
    const headers = { host: host.replace('PORT', String(companion.port)) };
    await expect(connect(companion.port, { headers })).rejects.toThrow('421');
  });

  test('find a socket on another path', async () => {
    const { companion } = await startTestCompanion();
    await expect(connect(companion.port, { path: '/v1/stream/' })).rejects.toThrow('404');
    await expect(connect(companion.port, { path: '/' })).rejects.toThrow('404');
  });
});

describe('attack: the hello', () => {
  test('have a paired browser of either kind refused with the rest', async () => {
    for (const origin of [CHROMIUM_ORIGIN, FIREFOX_ORIGIN]) {
      const { port, pairing } = await startPaired(origin);
      const client = await enter(port, pairing, { origin });
      client.send(captureOf(1));
      expect((await client.next('result')).record.source.url).toBe('https://cdn.example/1.jpg');
    }
  });

  test('have it refused under another name of this computer', async () => {
    const { port, pairing } = await startPaired();
    for (const host of [`localhost:${port}`, `[::1]:${port}`]) {
      await expect(enter(port, pairing, { headers: { host } })).resolves.toBeDefined();
    }
  });

  test('use a stolen secret from another extension than the one that paired', async () => {
    const { port, pairing, pipeline } = await startPaired();
    const client = await connect(port, { origin: FIREFOX_ORIGIN });
    client.send(await helloFor(pairing, await challengeOf(client), `127.0.0.1:${port}`));
    expect((await client.next('error')).error.code).toBe('not-paired');
    expect(await client.closed).toBe(CLOSE_CODES.notPaired);
    expect(pipeline.requests).toEqual([]);
  });

  test('come in with a wrong secret, or as a browser that nobody knows', async () => {
    const { port, pairing } = await startPaired();
    for (const wrong of [
      { ...pairing, secret: newNonce() },
      { ...pairing, browserId: 'unknown-browser' },
    ]) {
      const client = await connect(port);
      client.send(await helloFor(wrong, await challengeOf(client), `127.0.0.1:${port}`));
      expect(await client.closed).toBe(CLOSE_CODES.notPaired);
    }
  });

  test('come in by replaying a recorded hello', async () => {
    const { port, pairing } = await startPaired();
    const first = await connect(port);
    const hello = await helloFor(pairing, await challengeOf(first), `127.0.0.1:${port}`);
    first.send(hello);
    await first.next('welcome');
    const second = await connect(port);
    await challengeOf(second);
    second.send(hello);
    expect(await second.closed).toBe(CLOSE_CODES.notPaired);
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

  test.each<[string, (hello: FirstMessage) => FirstMessage]>([
    ['to version 1', (hello) => ({ ...hello, protocol: { min: 1, max: 1 } })],
    ['to a range that begins earlier', (hello) => ({ ...hello, protocol: { min: 1, max: 2 } })],
  ])('talk the companion down by changing the hello on the way %s', async (_, change) => {
    const { port, pairing } = await startPaired();
    const client = await connect(port);
    client.send(change(await helloFor(pairing, await challengeOf(client), `127.0.0.1:${port}`)));
    expect((await client.next('error')).error.code).toBe('not-paired');
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
  test('have a picture checked, or noise read, before any proof', async () => {
    const { port, pairing, pipeline } = await startPaired();
    const honest = await connect(port);
    const hello = await helloFor(pairing, await challengeOf(honest), `127.0.0.1:${port}`);
    const noise = [
      encodeMessage(captureOf(1)),
      encodeMessage({ type: 'hello' }),
      encodeMessage({ ...hello, proof: new Uint8Array(5) }),
      encodeMessage([]),
      Uint8Array.of(0xc1, 0xff, 0x00),
      new Uint8Array(0),
    ];
    for (const bytes of noise) {
      const client = await connect(port);
      client.sendBytes(bytes);
      expect((await client.next('error')).error.code).toBe('bad-message');
      expect(await client.closed).toBe(CLOSE_CODES.badMessage);
    }
    const talker = await connect(port);
    talker.sendBytes(JSON.stringify({ type: 'hello' }));
    expect(await talker.closed).toBe(CLOSE_CODES.badMessage);
    expect(pipeline.requests).toEqual([]);
  });

  test('slip a capture in behind a hello, before the welcome', async () => {
    const { port, pairing, pipeline } = await startPaired();
    const client = await connect(port);
    client.send({ ...(await helloFor(pairing, await challengeOf(client), `127.0.0.1:${port}`)) });
    client.send(captureOf(1));
    await client.closed;
    expect(client.received.map((message) => message.type)).not.toContain('result');
    expect(pipeline.requests).toEqual([]);
  });

  test('have a large one stored', async () => {
    const { port, pipeline } = await startPaired();
    const client = await connect(port);
    client.sendBytes(new Uint8Array(FIRST_MESSAGE_BYTES + 1));
    expect(await client.closed).toBe(CLOSE_CODES.badMessage);
    expect(pipeline.requests).toEqual([]);
  });

  test('have one stored that never ends', async () => {
    const { port } = await startPaired();
    const client = await connect(port);
    let sent = 0;
    const timer = setInterval(() => {
      if (client.socket.readyState !== 1) return;
      sent += 1024;
      client.socket.send(new Uint8Array(1024), { fin: false });
    }, 5);
    onTestFinished(() => clearInterval(timer));
    expect(await client.closed).toBe(CLOSE_CODES.badMessage);
    expect(sent).toBeLessThan(64 * 1024);
  });

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

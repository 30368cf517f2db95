import {
  CLOSE_CODES,
  COMPANION_PROTOCOL,
  ERROR_CODES,
  encodeMessage,
  errorReport,
  MAX_UNPROVEN_BYTES,
  newNonce,
  newPairingCode,
  type ServerMessage,
} from '@touchstone/shared';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keptIdentity } from '../pairing/fixtures/kept-identity.ts';
import type { Identity, IdentityStore } from '../pairing/identity-store.ts';
import { pairWith } from '../pairing/pair.ts';
import { type Companion, createCompanion } from './companion.ts';
import { FakeSocket, serveFake } from './fixtures/fake-companion.ts';

vi.mock('wxt/browser', () => ({
  browser: { runtime: { getManifest: () => ({ version: '0.1.0' }), getPlatformInfo: async () => ({}) } },
}));

const secret = newNonce();
const identity: Identity = { browserId: 'browser-1', secret, port: 47615 };
const challenge = {
  type: 'challenge',
  protocol: COMPANION_PROTOCOL,
  version: '0.1.0',
  serverNonce: newNonce(),
} as const;

let stop: AbortController;
let clear: () => Promise<void>;
let opened: FakeSocket[];

beforeEach(() => {
  stop = new AbortController();
  clear = vi.fn(async () => undefined);
  opened = [];
});
afterEach(() => stop.abort());

function openerOf(squat: (socket: FakeSocket) => void) {
  return () => {
    const socket = new FakeSocket();
    opened.push(socket);
    squat(socket);
    // Only the members that the channel uses exist here.
    return socket as unknown as WebSocket;
  };
}

function start(squat: (socket: FakeSocket) => void): Companion {
  const identities: IdentityStore = { ...keptIdentity(identity), clear };
  return createCompanion({ identities, openSocket: openerOf(squat), changed: () => undefined }, stop.signal);
}

/** A program that holds the port, speaks the protocol, and does not know the secret. */
function squatter(answer: (socket: FakeSocket) => void, greeting: object | undefined = challenge) {
  return (socket: FakeSocket) => {
    socket.onSent = () => answer(socket);
    queueMicrotask(() => {
      socket.open();
      if (greeting) socket.deliver(greeting);
      else answer(socket);
    });
  };
}

/** The state that a person sees once the first attempt is over. */
async function shownFor(squat: (socket: FakeSocket) => void) {
  const companion = start(squat);
  await vi.waitFor(() => expect(companion.state.phase).not.toBe('connecting'), { timeout: 300_000 });
  expect(clear).not.toHaveBeenCalled();
  const { phase, error } = companion.state;
  return { phase, code: error?.code };
}

const notGenuine = { phase: 'refused', code: 'companion-not-genuine' };

describe('attack: what a program on the port says without a proof', () => {
  test.each(ERROR_CODES)('have the popup say %s, or the pairing dropped', async (code) => {
    const said = squatter((socket) => {
      socket.deliver({ type: 'error', error: errorReport(code) });
      socket.close(CLOSE_CODES.notPaired);
    });
    expect(await shownFor(said)).toEqual(notGenuine);
  });

  test('say it before the challenge', async () => {
    const said = squatter((socket) => socket.deliver({ type: 'error', error: errorReport('not-paired') }), undefined);
    expect(await shownFor(said)).toEqual(notGenuine);
  });

  test.each([CLOSE_CODES.notPaired, CLOSE_CODES.version, CLOSE_CODES.badMessage])(
    'say it by closing with %i, before or after the challenge',
    async (code) => {
      expect(await shownFor(squatter((socket) => socket.close(code)))).toEqual(notGenuine);
      stop.abort();
      stop = new AbortController();
      expect(await shownFor(squatter((socket) => socket.close(code), undefined))).toEqual(notGenuine);
    },
  );

  test('say that it is about to shut down, and keep captures waiting for a proof', async () => {
    const shown = await shownFor(squatter((socket) => socket.close(CLOSE_CODES.shuttingDown)));
    expect(shown).toEqual({ phase: 'not-running', code: 'companion-unreachable' });
  });

  test('refuse with a proof that proves nothing', async () => {
    const refused = { type: 'refused', error: errorReport('not-paired'), proof: newNonce() } satisfies ServerMessage;
    expect(await shownFor(squatter((socket) => socket.deliver(refused)))).toEqual(notGenuine);
  });

  test.each([
    { min: 0, max: 0 },
    { min: 1, max: 1 },
    { min: 9, max: 9 },
  ])('have the popup blame a version by naming %o', async (protocol) => {
    const said = squatter((socket) => socket.close(CLOSE_CODES.version), { ...challenge, protocol });
    expect(await shownFor(said)).toEqual(notGenuine);
  });
});

describe('attack: the companion\u2019s words, changed on the way', () => {
  test('turn its welcome into a refusal, or one refusal into another', async () => {
    const changed = (socket: FakeSocket) => {
      const deliver = socket.deliver.bind(socket);
      socket.deliver = (message: Partial<ServerMessage>) => {
        const proof = 'proof' in message ? message.proof : undefined;
        deliver(proof ? { type: 'refused', error: errorReport('not-paired'), proof } : message);
      };
    };
    const welcoming = (socket: FakeSocket) => {
      changed(socket);
      serveFake(socket, { secret, port: 47615 });
    };
    expect(await shownFor(welcoming)).toEqual(notGenuine);
    stop.abort();
    stop = new AbortController();
    const refusing = (socket: FakeSocket) => {
      changed(socket);
      serveFake(socket, { secret, port: 47615, refusal: 'extension-too-old' });
    };
    expect(await shownFor(refusing)).toEqual(notGenuine);
  });

  test('talk the browser into an older version than both speak', async () => {
    const older = (socket: FakeSocket) => {
      const deliver = socket.deliver.bind(socket);
      socket.deliver = (message: Partial<ServerMessage>) =>
        deliver(message.type === 'challenge' ? { ...message, protocol: { min: 1, max: 1 } } : message);
      serveFake(socket, { secret, port: 47615 });
    };
    expect(await shownFor(older)).toEqual(notGenuine);
  });

  test('have it go on with another version than was agreed', async () => {
    const other = (socket: FakeSocket) => {
      const deliver = socket.deliver.bind(socket);
      socket.deliver = (message: Partial<ServerMessage>) =>
        deliver(message.type === 'welcome' ? { ...message, protocol: 1 } : message);
      serveFake(socket, { secret, port: 47615 });
    };
    expect(await shownFor(other)).toEqual(notGenuine);
  });
});

describe('attack: the extension\u2019s memory', () => {
  test.each<[string, Uint8Array]>([
    ['one message of more than 64 kB', encodeMessage({ type: 'error', padding: new Uint8Array(MAX_UNPROVEN_BYTES) })],
    ['thirty million arrays inside one another', new Uint8Array(30_000_000).fill(0x91)],
    ['a map of four billion entries', Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff)],
  ])('take it before the proof by %s', async (_, bytes) => {
    const said = squatter((socket) => {
      socket.dispatchEvent(new MessageEvent('message', { data: bytes.slice().buffer }));
    });
    expect(await shownFor(said)).toEqual(notGenuine);
    expect(opened[0]?.closed).toBe(true);
  });

  test('take it by many small messages that each pass', async () => {
    const said = squatter((socket) => {
      for (let count = 0; count < 10_000 && !socket.closed; count += 1) socket.deliver(challenge);
      expect(socket.closed).toBe(true);
    }, undefined);
    expect((await shownFor(said)).phase).not.toBe('connected');
  });
});

describe('attack: a program that answers while a person pairs', () => {
  test.each(['not-paired', 'extension-too-old', 'companion-too-old'] as const)('claim %s', async (code) => {
    const said = squatter((socket) => socket.deliver({ type: 'error', error: errorReport(code) }));
    const pairing = pairWith(47615, newPairingCode(), openerOf(said));
    await expect(pairing).rejects.toMatchObject({ code: 'companion-not-genuine' });
  });

  test('have the browser pair in a version that both sides did not name', async () => {
    const code = newPairingCode();
    const older = (socket: FakeSocket) => {
      const deliver = socket.deliver.bind(socket);
      socket.deliver = (message: Partial<ServerMessage>) =>
        deliver(message.type === 'challenge' ? { ...message, protocol: { min: 1, max: 1 } } : message);
      serveFake(socket, { secret, port: 47615, code });
    };
    // The real companion does not recognise the proof, and so does not answer at all.
    const pairing = pairWith(47615, code, openerOf(older));
    await expect(pairing).rejects.toMatchObject({ code: 'companion-unreachable' });
  });
});

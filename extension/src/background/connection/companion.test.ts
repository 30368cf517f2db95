import {
  CLOSE_CODES,
  type ClientMessage,
  ClientMessage as ClientMessageSchema,
  decodeMessage,
  newNonce,
  newPairingCode,
} from '@touchstone/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptIdentity } from '../pairing/fixtures/kept-identity.ts';
import type { Identity, IdentityStore } from '../pairing/identity-store.ts';
import { pairWith } from '../pairing/pair.ts';
import type { CaptureRequest } from './capture-queue.ts';
import { type Companion, createCompanion } from './companion.ts';
import { FakeSocket, serveFake } from './fixtures/fake-companion.ts';

vi.mock('wxt/browser', () => ({
  browser: { runtime: { getManifest: () => ({ version: '0.1.0' }), getPlatformInfo: async () => ({}) } },
}));

const secret = newNonce();
const identity: Identity = { browserId: 'browser-1', secret, port: 47615 };
let stop: AbortController;
let sockets: FakeSocket[];
let companion: Companion | undefined;

beforeEach(() => {
  stop = new AbortController();
  sockets = [];
});
afterEach(() => stop.abort());

/** A limit only for what never comes: how late the rest is, the machine decides. */
const SOONER_OR_LATER = { timeout: 300_000 };

const storeOf = (stored: Identity | undefined): IdentityStore => keptIdentity(stored);

type Serve = (socket: FakeSocket) => void;

function opener(serve: Serve) {
  return () => {
    const socket = new FakeSocket();
    sockets.push(socket);
    serve(socket);
    // Only the members that the channel uses exist here.
    return socket as unknown as WebSocket;
  };
}

function start(serve: Serve, identities: IdentityStore = storeOf(identity)): Companion {
  companion = createCompanion({ identities, openSocket: opener(serve), changed: () => undefined }, stop.signal);
  return companion;
}

const dead: Serve = (socket) => socket.close(1006);
const real: Serve = (socket) => serveFake(socket, { secret, port: 47615 });
const phase = (expected: string) => vi.waitFor(() => expect(companion?.state.phase).toBe(expected), SOONER_OR_LATER);

function capture(change: Partial<CaptureRequest> = {}): CaptureRequest {
  return {
    lane: 'asked',
    source: { kind: 'image', path: 'original-bytes', private: false },
    bytes: new Uint8Array([1, 2, 3]),
    fresh: false,
    signal: new AbortController().signal,
    onStage: () => undefined,
    ...change,
  };
}

function messages(socket: FakeSocket | undefined): ClientMessage[] {
  // The first message is the hello.
  return (socket?.sent ?? []).slice(1).map((bytes) => decodeMessage(ClientMessageSchema, bytes));
}

describe('connection to the companion', () => {
  it('connects when both sides prove themselves', async () => {
    start(real);
    await phase('connected');
    expect(companion?.state).toMatchObject({ port: 47615, status: { provider: 'cpu' } });
  });

  it('looks at one moment which machine is used and what this browser is there', async () => {
    const twice = () => Promise.reject(new Error('another machine may have been chosen between two looks'));
    start(real, { ...storeOf(identity), read: twice, places: twice });
    await phase('connected');
    expect(companion?.state).toMatchObject({ port: 47615 });
  });

  it('opens no socket before it is paired', async () => {
    start(real, storeOf(undefined));
    await phase('not-paired');
    expect(sockets).toHaveLength(0);
    await expect(companion?.check(capture())).rejects.toMatchObject({ code: 'not-paired' });
  });

  it('sends nothing to a program that holds the port but not the secret', async () => {
    start((socket) => serveFake(socket, { secret: newNonce(), port: 47615 }));
    await phase('refused');
    expect(companion?.state.error?.code).toBe('companion-not-genuine');
    await expect(companion?.check(capture())).rejects.toMatchObject({ code: 'companion-not-genuine' });
    for (const socket of sockets) expect(messages(socket)).toEqual([]);
  });

  it('refuses a program that speaks something else', async () => {
    start((socket) => {
      queueMicrotask(() => {
        socket.open();
        socket.deliver({ type: 'hello there' });
      });
    });
    await phase('refused');
    expect(companion?.state.error?.code).toBe('companion-not-genuine');
  });

  it.each([
    [{ min: 1, max: 1 }, 'companion-too-old'],
    [{ min: 9, max: 9 }, 'extension-too-old'],
  ] as const)('says which side to update once it is proven (companion speaks %o)', async (protocol, code) => {
    start((socket) => serveFake(socket, { secret, port: 47615, protocol, refusal: code }));
    await phase('refused');
    expect(companion?.state.error?.code).toBe(code);
  });

  it('forgets a pairing that the proven companion has ended', async () => {
    const store = storeOf(identity);
    store.clear = vi.fn(async () => undefined);
    start(real, store);
    await phase('connected');
    sockets[0]?.close(CLOSE_CODES.notPaired);
    await phase('not-paired');
    expect(store.clear).toHaveBeenCalledOnce();
  });

  it('tries again by itself, and at once when asked to', async () => {
    let serve = dead;
    start((socket) => serve(socket));
    await phase('not-running');
    serve = real;
    companion?.reconnect();
    await phase('connected');
  });

  it('keeps a person’s capture while the companion is away, says so, and sends it later', async () => {
    let serve = dead;
    start((socket) => serve(socket));
    await phase('not-running');
    const onStage = vi.fn();
    void companion?.check(capture({ onStage }));
    expect(onStage).toHaveBeenCalledWith('waiting');
    expect(companion?.waiting).toBe(1);
    await expect(companion?.check(capture({ lane: 'bulk' }))).rejects.toMatchObject({ code: 'companion-unreachable' });
    serve = real;
    companion?.reconnect();
    await vi.waitFor(
      () => expect(messages(sockets.at(-1))).toMatchObject([{ type: 'capture', lane: 'asked' }]),
      SOONER_OR_LATER,
    );
  });

  it('sends no more than the window and goes on when one is answered', async () => {
    start(real);
    await phase('connected');
    const checks = [1, 2, 3].map((byte) => companion?.check(capture({ bytes: new Uint8Array([byte]) })));
    const [socket] = sockets;
    expect(messages(socket)).toHaveLength(2);
    socket?.deliver({
      type: 'error',
      id: 1,
      error: { code: 'broken-picture', message: '', retryable: false, nextStep: '' },
    });
    await expect(checks[0]).rejects.toMatchObject({ code: 'broken-picture' });
    expect(messages(socket)).toHaveLength(3);
  });

  it('sends what was unanswered once more when the connection broke', async () => {
    start(real);
    await phase('connected');
    void companion?.check(capture());
    expect(messages(sockets[0])).toHaveLength(1);
    sockets[0]?.close(1006);
    await vi.waitFor(() => expect(messages(sockets[1])).toMatchObject([{ type: 'capture' }]), SOONER_OR_LATER);
  });

  it('takes back what was cancelled before it was sent, and tells the companion after', async () => {
    start(real);
    await phase('connected');
    const leaving = new AbortController();
    void companion?.check(capture()).catch(() => undefined);
    void companion?.check(capture({ signal: leaving.signal })).catch(() => undefined);
    const third = companion?.check(capture({ signal: leaving.signal }));
    leaving.abort();
    await expect(third).rejects.toMatchObject({ code: 'cancelled' });
    expect(messages(sockets[0]).map(({ type }) => type)).toEqual(['capture', 'capture', 'cancel']);
  });
});

describe('pairing', () => {
  it('gives both sides the same secret without sending it', async () => {
    const code = newPairingCode();
    const paired = await pairWith(
      47615,
      code.toLowerCase(),
      opener((socket) => serveFake(socket, { secret, port: 47615, code })),
    );
    expect(paired).toMatchObject({ browserId: 'browser-made-by-test', port: 47615 });
    expect(paired.secret).toHaveLength(32);
    const wire = sockets[0]?.sent.map((bytes) => new TextDecoder('latin1').decode(bytes)).join('') ?? '';
    expect(wire).not.toContain(code);
  });

  it('refuses a companion that does not know the code either', async () => {
    const impostor: Serve = (socket) => {
      serveFake(socket, { secret, port: 47615 });
      socket.onSent = () => socket.deliver({ type: 'paired', browserId: 'x'.repeat(12), proof: newNonce() });
    };
    await expect(pairWith(47615, newPairingCode(), opener(impostor))).rejects.toMatchObject({
      code: 'companion-not-genuine',
    });
  });

  it('says when nothing listens', async () => {
    await expect(pairWith(47615, newPairingCode(), opener(dead))).rejects.toMatchObject({
      code: 'companion-unreachable',
    });
  });
});

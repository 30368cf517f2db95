import {
  CLOSE_CODES,
  COMPANION_PROTOCOL,
  decodeMessage,
  type ErrorCode,
  errorReport,
  FirstMessage,
  joinMaterial,
  keptSecretOf,
  newNonce,
  newPairingCode,
  pairingKey,
  prove,
  type Transcript,
  verifyForKeeper,
  verifyProof,
} from '@touchstone/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptIdentity } from '../pairing/fixtures/kept-identity.ts';
import type { TeamIdentity } from '../pairing/identity-store.ts';
import { joinTeam } from '../pairing/join-team.ts';
import { type Companion, createCompanion } from './companion.ts';
import { FakeSocket, statusForTests } from './fixtures/fake-companion.ts';

vi.mock('wxt/browser', () => ({
  browser: { runtime: { getManifest: () => ({ version: '0.1.0' }), getPlatformInfo: async () => ({}) } },
}));
vi.mock('../checks/fetch-rules.ts', () => ({ withLocalAddress: (_: URL, work: () => Promise<unknown>) => work() }));

const ADDRESS = 'https://desk.example:8443';
const secret = newNonce();
const identity: TeamIdentity = { browserId: 'browser-1', secret, address: ADDRESS };
const SOONER_OR_LATER = { timeout: 300_000 };

let stop: AbortController;
let opened: string[];
let sockets: FakeSocket[];
let companion: Companion;

beforeEach(() => {
  stop = new AbortController();
  opened = [];
  sockets = [];
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
});
afterEach(() => {
  stop.abort();
  vi.unstubAllGlobals();
});

type Greet = (first: FirstMessage, transcript: Transcript, socket: FakeSocket) => Promise<void>;

/** A team's server at the other end of a socket that is none. */
function opener(greet: Greet) {
  return (url: string) => {
    opened.push(url);
    const socket = new FakeSocket();
    sockets.push(socket);
    const serverNonce = newNonce();
    socket.onSent = (bytes) => {
      socket.onSent = () => undefined;
      const first = decodeMessage(FirstMessage, bytes);
      const versions = { client: first.protocol, server: COMPANION_PROTOCOL };
      const browserId = first.type === 'hello' ? first.browserId : '';
      const { clientNonce, type: purpose } = first;
      void greet(
        first,
        { purpose, audience: 'desk.example:8443', browserId, clientNonce, serverNonce, versions },
        socket,
      );
    };
    queueMicrotask(() => {
      socket.open();
      socket.deliver({ type: 'challenge', protocol: COMPANION_PROTOCOL, version: '0.1.0', serverNonce });
    });
    // Only the members that the channel uses exist here.
    return socket as unknown as WebSocket;
  };
}

/** Knows of a secret what a server keeps. */
const knows =
  (own: Uint8Array, refusal?: ErrorCode): Greet =>
  async (first, transcript, socket) => {
    const kept = await keptSecretOf(own);
    if (!(await verifyForKeeper(kept, transcript, first.proof))) return;
    const proof = await prove(kept.server, 'server', { ...transcript, ...(refusal && { refusal }) });
    if (refusal) socket.deliver({ type: 'refused', error: errorReport(refusal), proof });
    else socket.deliver({ type: 'welcome', protocol: 2, proof, window: 2, windowBytes: 1e6, status: statusForTests });
  };
const says =
  (code: ErrorCode): Greet =>
  async (_first, _transcript, socket) =>
    socket.deliver({ type: 'error', error: errorReport(code) });

function start(greet: Greet | 'dead', identities = keptIdentity(identity)) {
  const dead = () => {
    const socket = new FakeSocket();
    socket.close(1006);
    return socket as unknown as WebSocket;
  };
  const openSocket = greet === 'dead' ? dead : opener(greet);
  companion = createCompanion({ identities, openSocket, changed: () => undefined }, stop.signal);
  return identities;
}
const comesTo = (phase: string, code?: string) =>
  vi.waitFor(
    () => expect([companion.state.phase, companion.state.error?.code]).toEqual([phase, code]),
    SOONER_OR_LATER,
  );

describe('the connection to a team’s server', () => {
  it('is over TLS alone, and both sides prove themselves', async () => {
    start(knows(secret));
    await comesTo('connected');
    expect(opened).toEqual(['wss://desk.example:8443/v1/stream']);
    expect(companion.state).toMatchObject({ team: ADDRESS });
    expect(companion.state.port).toBeUndefined();
  });

  it('says in words that the server lets this browser in no more, and keeps the key until that is proven', async () => {
    const identities = start(says('not-paired'));
    await comesTo('not-paired', 'team-not-let-in');
    expect(await identities.read()).toEqual(identity);
    await expect(companion.check(question())).rejects.toMatchObject({ code: 'team-not-let-in' });
  });

  it('forgets the key once a server that proved itself ends it, and keeps the address', async () => {
    const identities = start(knows(secret));
    await comesTo('connected');
    sockets[0]?.close(CLOSE_CODES.notPaired);
    await comesTo('not-paired', 'team-not-let-in');
    expect(await identities.read()).toBeUndefined();
    expect(await identities.places()).toMatchObject({ machine: 'team', team: ADDRESS });
  });

  it('sends nothing to a server that cannot prove itself', async () => {
    start(async (_first, transcript, socket) => {
      const proof = await prove(secret, 'server', transcript);
      socket.deliver({ type: 'welcome', protocol: 2, proof, window: 2, windowBytes: 1e6, status: statusForTests });
    });
    await comesTo('refused', 'team-not-there');
    await expect(companion.check(question())).rejects.toMatchObject({ code: 'team-not-there' });
    for (const socket of sockets) expect(socket.sent.slice(1)).toEqual([]);
  });

  it('says which side is too old', async () => {
    start(knows(secret, 'companion-too-old'));
    await comesTo('refused', 'team-too-old');
  });

  it('says that it is away, and lets only a person’s question wait', async () => {
    start('dead');
    await comesTo('not-running', 'team-unreachable');
    await expect(companion.check({ ...question(), lane: 'bulk' })).rejects.toMatchObject({
      code: 'companion-unreachable',
    });
    const giveUp = new AbortController();
    const stages: string[] = [];
    const waiting = companion.check({ ...question(), signal: giveUp.signal, onStage: (stage) => stages.push(stage) });
    expect(stages).toEqual(['waiting']);
    giveUp.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('is left for this computer and come back to by one choice, and both pairings stay', async () => {
    const identities = start(knows(secret));
    await comesTo('connected');
    await identities.use('computer');
    companion.reconnect(true);
    await comesTo('not-paired', 'not-paired');
    expect(companion.state.team).toBeUndefined();
    await identities.use('team');
    companion.reconnect(true);
    expect((await companion.session()).open).toBe(true);
    expect(companion.state.team).toBe(ADDRESS);
  });
});

function question(): Parameters<Companion['check']>[0] {
  return {
    lane: 'asked',
    source: { kind: 'image', path: 'original-bytes', private: false },
    bytes: new Uint8Array([1]),
    fresh: false,
    signal: new AbortController().signal,
    onStage: () => undefined,
  };
}

describe('being let in', () => {
  const code = newPairingCode();
  const verifier = newNonce();
  /** A server that gave this code for this verifier. */
  const gave =
    (theirs: string): Greet =>
    async (first, transcript, socket) => {
      if (first.type !== 'join') return;
      const key = await pairingKey(joinMaterial(theirs, first.verifier));
      if (!(await verifyProof(key, 'client', transcript, first.proof)))
        return says('pairing-code-wrong')(first, transcript, socket);
      const browserId = 'browser-made-by-test';
      socket.deliver({ type: 'paired', browserId, proof: await prove(key, 'server', { ...transcript, browserId }) });
    };
  const join = (greet: Greet) => joinTeam({ address: ADDRESS, code, verifier }, opener(greet));

  it('gives a key that nobody sent', async () => {
    const { address, browserId, secret: made } = await join(gave(code));
    expect([address, browserId, made.length]).toEqual([ADDRESS, 'browser-made-by-test', 32]);
    expect(opened).toEqual(['wss://desk.example:8443/v1/stream']);
    const sent = sockets.flatMap((socket) => socket.sent.map((bytes) => Buffer.from(bytes).toString('hex')));
    for (const bytes of sent) expect(bytes).not.toContain(Buffer.from(made).toString('hex'));
  });

  it('does not happen with another code, nor with a server that cannot prove that it gave it', async () => {
    await expect(join(gave(newPairingCode()))).rejects.toMatchObject({ code: 'pairing-code-wrong' });
    const pretends: Greet = async (_first, _transcript, socket) =>
      socket.deliver({ type: 'paired', browserId: 'browser-of-theirs', proof: newNonce() });
    await expect(join(pretends)).rejects.toMatchObject({ code: 'team-not-there' });
  });
});

it('an attempt to reach one machine ends when another is chosen, and nothing goes there any more', async () => {
  const slow = Promise.withResolvers<void>();
  const identities = start(async (...given) => {
    await slow.promise;
    await knows(secret)(...given);
  });
  await vi.waitFor(() => expect(opened).toEqual(['wss://desk.example:8443/v1/stream']), SOONER_OR_LATER);
  await identities.write({ browserId: 'browser-2', secret, port: 47615 });
  companion.reconnect(true);
  await vi.waitFor(() => expect(opened[1]).toMatch(/^ws:\/\/127\.0\.0\.1:47615\//), SOONER_OR_LATER);
  slow.resolve();
  expect(companion.state.team).toBeUndefined();
  expect(companion.state.phase).not.toBe('connected');
});

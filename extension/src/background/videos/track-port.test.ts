import { type ClientMessage, ClientMessage as ClientMessageSchema, decodeMessage, newNonce } from '@touchstone/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import { sampleRecord } from '../../overlay/card/sample-record.ts';
import { type Companion, createCompanion } from '../connection/companion.ts';
import { FakeSocket, serveFake } from '../connection/fixtures/fake-companion.ts';
import { keptIdentity } from '../pairing/fixtures/kept-identity.ts';
import type { Identity } from '../pairing/identity-store.ts';
import { createTrackPlaces } from './track-places.ts';
import { serveTracks, type TrackPort, type TrackPortOptions } from './track-port.ts';

/** What is waited for comes; how late, the machine decides. */
const SOONER_OR_LATER = { timeout: 300_000 };

vi.mock('wxt/browser', () => ({
  browser: {
    runtime: { getManifest: () => ({ version: '0.1.0' }), getPlatformInfo: async () => ({}) },
    tabs: { get: async () => ({ url: 'https://site.test/watch', title: 'Watch' }) },
  },
}));

const identity: Identity = { browserId: 'browser-1', secret: newNonce(), port: 47615 };
const TRACK = 'track-000000';

let stop: AbortController;
let sockets: FakeSocket[];
let companion: Companion;
let posted: BackgroundMessage[];
let port: TrackPort;
let options: TrackPortOptions;

beforeEach(async () => {
  stop = new AbortController();
  sockets = [];
  posted = [];
  companion = createCompanion(
    {
      identities: keptIdentity(identity),
      openSocket() {
        const socket = new FakeSocket();
        sockets.push(socket);
        serveFake(socket, { secret: identity.secret, port: identity.port, tracks: true });
        // Only the members that the channel uses exist here.
        return socket as unknown as WebSocket;
      },
      changed: () => undefined,
    },
    stop.signal,
  );
  await vi.waitFor(() => expect(companion.state.phase).toBe('connected'), SOONER_OR_LATER);
  options = {
    companion,
    asker: { tabId: 1, frameId: 0, frameUrl: 'https://site.test/watch', incognito: false },
    places: createTrackPlaces(2),
    mayCheckPrivate: async () => false,
    shoot: async (_, taken) => {
      taken();
      return { bytes: new Uint8Array([9]), likeness: new Uint8Array([200]) };
    },
    answered: vi.fn(),
    showVerdict: vi.fn(),
  };
  connect();
});
afterEach(() => stop.abort());

function connect(change: Partial<TrackPortOptions> = {}): void {
  port = serveTracks({ ...options, ...change }, (message) => posted.push(message));
}

function sent(): ClientMessage[] {
  // The first message of each socket is the hello.
  return sockets.flatMap((socket) => socket.sent.slice(1).map((bytes) => decodeMessage(ClientMessageSchema, bytes)));
}

const open = (id = 1, track = TRACK) =>
  port.receive({
    type: 'track-open',
    id,
    track,
    asked: true,
    url: 'https://cdn.test/a.mp4',
    pageTitle: 'Watch',
    duration: 10,
    screenshots: false,
    resume: [],
  });
const frame = (id: number, mediaTime: number, track = TRACK) =>
  port.receive({ type: 'track-frame', id, track, mediaTime, bytes: new Uint8Array([1, 2]).buffer });
const answered = (id: number) =>
  vi.waitFor(() => {
    const answer = posted.find((message) => 'id' in message && message.id === id && message.type !== 'track-shot');
    expect(answer).toBeDefined();
    return answer;
  }, SOONER_OR_LATER);

describe('tracks of a frame', () => {
  it('go to the companion with where they come from, and its answers come back', async () => {
    open();
    await answered(1);
    frame(2, 0.5);
    expect(await answered(2)).toMatchObject({
      type: 'track-update',
      update: { framesAnalyzed: 1, moment: { time: 0.5 } },
    });
    expect(sent()).toMatchObject([
      {
        type: 'track-open',
        track: TRACK,
        duration: 10,
        source: { kind: 'video', path: 'canvas', url: 'https://cdn.test/a.mp4', pageUrl: 'https://site.test/watch' },
      },
      { type: 'track-frame', track: TRACK, mediaTime: 0.5, path: 'canvas' },
    ]);
  });

  it('give the popup their record when they are closed', async () => {
    open();
    await answered(1);
    port.receive({ type: 'track-close', id: 2, track: TRACK });
    await answered(2);
    expect(options.answered).toHaveBeenCalledWith(true, 'https://cdn.test/a.mp4', {
      kind: 'verdict',
      record: expect.objectContaining({ id: sampleRecord().id }),
    });
  });

  it('are closed when their frame goes away', async () => {
    open();
    await answered(1);
    port.end();
    await vi.waitFor(
      () => expect(sent().map(({ type }) => type)).toEqual(['track-open', 'track-close']),
      SOONER_OR_LATER,
    );
  });

  it('never have more than the window unanswered', async () => {
    open();
    await answered(1);
    const [socket] = sockets;
    if (socket) socket.onSent = () => undefined;
    for (let id = 2; id < 6; id += 1) frame(id, id);
    expect(await answered(4)).toMatchObject({ type: 'track-error', error: { code: 'busy' } });
    expect(sent().filter(({ type }) => type === 'track-frame')).toHaveLength(2);
  });

  it('are refused beyond the places of the browser, which become free again', async () => {
    open(1);
    open(2, 'track-000002');
    await answered(2);
    open(3, 'track-000003');
    expect(await answered(3)).toMatchObject({ type: 'track-error', error: { code: 'too-many-videos' } });
    port.receive({ type: 'track-close', id: 4, track: TRACK });
    await answered(4);
    open(5, 'track-000003');
    expect(await answered(5)).toMatchObject({ type: 'track-update' });
  });

  it('make way for what a person asks about, with a record of what was seen', async () => {
    open(1);
    await answered(1);
    port.receive({
      type: 'track-open',
      id: 2,
      track: 'track-000002',
      asked: false,
      pageTitle: '',
      duration: null,
      screenshots: false,
      resume: [],
    });
    await answered(2);
    open(3, 'track-000003');
    expect(await answered(3)).toMatchObject({ type: 'track-update' });
    expect(sent().map(({ type }) => type)).toEqual(['track-open', 'track-open', 'track-close', 'track-open']);
    frame(4, 1, 'track-000002');
    expect(await answered(4)).toMatchObject({ type: 'track-error', error: { code: 'track-unknown' } });
  });

  it('are unknown after the connection was lost, so that the page opens them again', async () => {
    open();
    await answered(1);
    sockets[0]?.close(1006);
    await vi.waitFor(() => expect(sockets).toHaveLength(2), SOONER_OR_LATER);
    await vi.waitFor(() => expect(companion.state.phase).toBe('connected'), SOONER_OR_LATER);
    frame(2, 1);
    expect(await answered(2)).toMatchObject({ type: 'track-error', error: { code: 'track-unknown' } });
    expect(sent().filter(({ type }) => type === 'track-frame')).toEqual([]);
  });

  it('of private windows go nowhere until they may', async () => {
    connect({ asker: { ...options.asker, incognito: true } });
    open();
    expect(await answered(1)).toMatchObject({ type: 'track-error', error: { code: 'private-window' } });
    connect({ asker: { ...options.asker, incognito: true }, mayCheckPrivate: async () => true });
    open(2);
    await answered(2);
    expect(sent()).toMatchObject([{ type: 'track-open', source: { private: true } }]);
  });

  it('take their frames from the screen where the page has none, and repeat no frame', async () => {
    open();
    await answered(1);
    const rect = { x: 0, y: 0, width: 100, height: 50, devicePixelRatio: 1 };
    port.receive({ type: 'track-frame', id: 2, track: TRACK, mediaTime: 1, rect });
    expect(await answered(2)).toMatchObject({ type: 'track-update', update: { moment: { time: 1 } } });
    expect(posted).toContainEqual({ type: 'track-shot', id: 2 });
    port.receive({ type: 'track-frame', id: 3, track: TRACK, mediaTime: 2, rect });
    expect(await answered(3)).toEqual({ type: 'track-update', id: 3 });
    expect(sent().filter(({ type }) => type === 'track-frame')).toMatchObject([{ path: 'screenshot' }]);
  });

  it('speak on the toolbar while nothing can be drawn over them', async () => {
    port.onToolbar(TRACK, true);
    open();
    await answered(1);
    expect(options.showVerdict).toHaveBeenLastCalledWith(expect.objectContaining({ value: 'fake' }));
    port.onToolbar(TRACK, false);
    expect(options.showVerdict).toHaveBeenLastCalledWith(undefined);
  });
});

import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CaptureRequest,
  CLIENT_MESSAGE_TYPES,
  CLOSE_CODES,
  ClientMessage,
  decodeOpenMessage,
  errorReport,
  MAX_OPEN_TRACKS,
  TouchstoneError,
  TRACK_WINDOW,
  throwIfCancelled,
  toErrorReport,
} from '@touchstone/shared';
import type { RawData } from 'ws';
import { createLiveTracks, type LiveTracks } from '../../live/live-tracks.ts';
import type { GatewayContext } from '../context.ts';
import { answerExplain } from './answer-explain.ts';
import { type Connection, closeSocket, refuse } from './connection.ts';
import { binaryMessage } from './first-message.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import type { KnownBrowser } from './socket-door.ts';

/** Small requests of one connection that are under way at most, before nothing more is read of it. */
const MOST_ERRANDS = 32;

/** Messages about videos that wait to be looked up: every frame that a browser may send, and the beginnings and ends. */
const MOST_EARLY = MAX_OPEN_TRACKS * (TRACK_WINDOW + 2);

/** Errors after which the client cannot be talked to any more. */
const FATAL = new Set(['bad-message', 'window-exceeded', 'not-paired']);

type TrackMessage = Parameters<LiveTracks['answer']>[0];
type Answering = Exclude<ClientMessage, TrackMessage | { type: 'capture' } | { type: 'explain' } | { type: 'cancel' }>;

function isTrackMessage(message: ClientMessage): message is TrackMessage {
  return message.type === 'track-open' || message.type === 'track-frame' || message.type === 'track-close';
}

/** Tells a client that what it asked for failed. */
function tellError({ send }: Connection['outbox'], { meters }: GatewayContext, id: number, thrown: unknown): void {
  const error = toErrorReport(thrown);
  meters.failed(error.code, 'socket');
  send({ type: 'error', id, error });
}

async function check(
  { outbox }: Connection,
  context: GatewayContext,
  { inFlight, browser }: { readonly inFlight: InFlight; readonly browser: KnownBrowser },
  { id, source, lane, bytes, fresh }: CaptureRequest,
): Promise<void> {
  const signal = inFlight.begin(id, bytes.byteLength);
  let giveBack: (() => void) | undefined;
  try {
    giveBack = context.door.takeRoom(browser, bytes.byteLength);
    await context.door.admit(browser, { type: 'capture' });
    if (context.draining()) throw new TouchstoneError('shutting-down');
    const record = await context.pipeline.check({
      source,
      lane,
      bytes,
      fresh,
      client: browser.id,
      signal,
      onProgress: (stage) => outbox.offer({ type: 'progress', id, stage }),
    });
    outbox.send({ type: 'result', id, record });
  } catch (error) {
    if (!(error instanceof TouchstoneError)) context.logger.error({ err: error }, 'a check failed unexpectedly');
    if (error instanceof TouchstoneError && error.code === 'not-paired') throw error;
    tellError(outbox, context, id, error);
  } finally {
    giveBack?.();
    inFlight.end(id);
  }
}

async function answer({ outbox }: Connection, context: GatewayContext, message: Answering): Promise<void> {
  const { id } = message;
  switch (message.type) {
    case 'ping':
      return outbox.send({ type: 'pong', id });
    case 'status':
      return outbox.send({ type: 'status', id, status: context.status() });
    case 'settings':
      await context.settings.update(message.patch);
      return outbox.send({ type: 'status', id, status: context.status() });
    case 'label':
      if (!(await context.log.setLabel(message.recordId, message.label))) throw new TouchstoneError('not-found');
      return outbox.send({ type: 'labelled', id });
    case 'open-history':
      return outbox.send({ type: 'history-link', id, url: context.newHistoryLink(message.recordId) });
  }
}

/** Tells the status where it is another than the one told last. */
function createStatusTeller({ outbox }: Connection, context: GatewayContext): () => void {
  let told = JSON.stringify(context.status());
  return () => {
    const status = context.status();
    const text = JSON.stringify(status);
    if (text === told) return;
    told = text;
    outbox.offer({ type: 'status', status });
  };
}

/**
 * Serves a browser that proved itself until its socket closes. Nothing else leads from a socket to the pipeline. Whatever comes is
 * done in the name in which this was called, whoever brings it.
 */
export function serveClient(connection: Connection, context: GatewayContext, browser: KnownBrowser): void {
  const { socket, outbox } = connection;
  const { door } = context;
  const inFlight = createInFlight();
  const questions = createInFlight();
  const early = createInFlight(MOST_EARLY);
  let errands = 0;
  const tracks = createLiveTracks({
    ...context,
    client: browser.id,
    owner: browser.owner,
    takePlace: () => door.takeTrack(browser),
  });
  const over = new AbortController();
  const leave = context.connections.join({
    browserId: browser.id,
    owner: browser.owner,
    tellStatus: AsyncLocalStorage.bind(createStatusTeller(connection, context)),
    close: AsyncLocalStorage.bind((code: number) => {
      // From here on not one more message of this client is looked at.
      socket.removeAllListeners('message');
      if (code === CLOSE_CODES.notPaired) {
        cancelAll();
        tracks.endAll();
      }
      // A newer connection of the same browser goes on with them.
      tracks.leaveAll();
      return closeSocket(socket, code);
    }),
  });

  function cancelAll(): void {
    for (const one of [inFlight, questions, early]) one.cancelAll();
  }

  /** Small things, each of which may ask a database: nothing more is read while many are under way. */
  async function runErrand(message: Answering): Promise<void> {
    errands += 1;
    if (errands >= MOST_ERRANDS) socket.pause();
    try {
      await door.admit(browser, message);
      await answer(connection, context, message);
    } finally {
      errands -= 1;
      if (errands < MOST_ERRANDS) outbox.goOn();
    }
  }

  /** What is being looked up for the message about a video that came last: the next one waits for it, and keeps its place. */
  let lookedUp: Promise<unknown> = Promise.resolve();

  /** Whoever asks may have lost their right to it since their video began. */
  function mayFollow(message: TrackMessage): Promise<void> {
    const asking = lookedUp.then(() => door.admit(browser, message));
    lookedUp = asking.catch(() => undefined);
    return asking;
  }

  async function follow(message: TrackMessage): Promise<void> {
    const signal = early.begin(message.id, message.type === 'track-frame' ? message.bytes.byteLength : 0);
    try {
      await mayFollow(message);
      // Whoever has gone meanwhile opens nothing any more that nobody would close.
      throwIfCancelled(signal);
      if (message.type === 'track-open' && context.draining()) throw new TouchstoneError('shutting-down');
    } finally {
      early.end(message.id);
    }
    outbox.send(await tracks.answer(message));
  }

  async function handle(data: RawData, isBinary: boolean): Promise<void> {
    const message = decodeOpenMessage(ClientMessage, CLIENT_MESSAGE_TYPES, binaryMessage(data, isBinary));
    if (message.type === 'unknown') {
      // A newer extension asks for what this companion cannot do: that request alone fails.
      const error = errorReport('companion-too-old');
      return message.id === undefined ? undefined : outbox.send({ type: 'error', id: message.id, error });
    }
    if (message.type === 'cancel') {
      inFlight.cancel(message.id);
      early.cancel(message.id);
      tracks.cancel(message.id);
      return questions.cancel(message.id);
    }
    try {
      if (message.type === 'capture') await check(connection, context, { inFlight, browser }, message);
      else if (message.type === 'explain') {
        await answerExplain(connection, context, { inFlight: questions, browser }, message);
      } else if (isTrackMessage(message)) await follow(message);
      else await runErrand(message);
    } catch (error) {
      if (error instanceof TouchstoneError && FATAL.has(error.code)) {
        context.meters.failed(error.code, 'socket');
        refuse(connection, error, message.id);
      } else tellError(outbox, context, message.id, error);
    }
  }

  const receive = (data: RawData, isBinary: boolean): void => {
    if (socket.readyState !== socket.OPEN) return;
    handle(data, isBinary).catch((error: unknown) => {
      context.logger.warn({ err: error, browser: browser.id }, 'unreadable message');
      context.meters.failed(toErrorReport(error).code, 'socket');
      refuse(connection, error);
    });
  };
  socket.on('message', AsyncLocalStorage.bind(receive));
  socket.once(
    'close',
    AsyncLocalStorage.bind(() => {
      over.abort();
      leave();
      cancelAll();
      tracks.leaveAll();
    }),
  );
  const gone = (): void => context.connections.disconnect(browser.id, CLOSE_CODES.notPaired);
  door.watch(browser, gone, over.signal);
}

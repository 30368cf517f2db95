import {
  type CaptureRequest,
  CLIENT_MESSAGE_TYPES,
  CLOSE_CODES,
  ClientMessage,
  decodeOpenMessage,
  errorReport,
  TouchstoneError,
  toErrorReport,
} from '@touchstone/shared';
import type { RawData } from 'ws';
import { createLiveTracks, type LiveTracks } from '../../live/live-tracks.ts';
import type { StoredBrowser } from '../../settings/browser-store.ts';
import type { GatewayContext } from '../context.ts';
import { answerExplain } from './answer-explain.ts';
import { type Connection, closeSocket, refuse } from './connection.ts';
import { binaryMessage } from './first-message.ts';
import { createInFlight, type InFlight } from './in-flight.ts';

/** Errors after which the client cannot be talked to any more. */
const FATAL = new Set(['bad-message', 'window-exceeded']);

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
  { inFlight, client }: { readonly inFlight: InFlight; readonly client: string },
  { id, source, lane, bytes, fresh }: CaptureRequest,
): Promise<void> {
  const signal = inFlight.begin(id, bytes.byteLength);
  try {
    if (context.draining()) throw new TouchstoneError('shutting-down');
    const record = await context.pipeline.check({
      source,
      lane,
      bytes,
      fresh,
      client,
      signal,
      onProgress: (stage) => outbox.offer({ type: 'progress', id, stage }),
    });
    outbox.send({ type: 'result', id, record });
  } catch (error) {
    if (!(error instanceof TouchstoneError)) context.logger.error({ err: error }, 'a check failed unexpectedly');
    tellError(outbox, context, id, error);
  } finally {
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

/** Serves a browser that proved itself until its socket closes. Nothing else leads from a socket to the pipeline. */
export function serveClient(connection: Connection, context: GatewayContext, browser: StoredBrowser): void {
  const { socket, outbox } = connection;
  const inFlight = createInFlight();
  const questions = createInFlight();
  const tracks = createLiveTracks({ ...context, client: browser.id });
  const leave = context.connections.join({
    browserId: browser.id,
    offer: (message) => outbox.offer(message),
    close(code) {
      // From here on not one more message of this client is looked at.
      socket.removeAllListeners('message');
      if (code === CLOSE_CODES.notPaired) {
        cancelAll();
        tracks.endAll();
      }
      // A newer connection of the same browser goes on with them.
      tracks.leaveAll();
      return closeSocket(socket, code);
    },
  });

  function cancelAll(): void {
    inFlight.cancelAll();
    questions.cancelAll();
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
      tracks.cancel(message.id);
      return questions.cancel(message.id);
    }
    try {
      if (message.type === 'capture') await check(connection, context, { inFlight, client: browser.id }, message);
      else if (message.type === 'explain') {
        await answerExplain(connection, context, { inFlight: questions, client: browser.id }, message);
      } else if (isTrackMessage(message)) {
        if (message.type === 'track-open' && context.draining()) throw new TouchstoneError('shutting-down');
        outbox.send(await tracks.answer(message));
      } else await answer(connection, context, message);
    } catch (error) {
      if (error instanceof TouchstoneError && FATAL.has(error.code)) {
        context.meters.failed(error.code, 'socket');
        refuse(connection, error, message.id);
      } else tellError(outbox, context, message.id, error);
    }
  }

  socket.on('message', (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    handle(data, isBinary).catch((error: unknown) => {
      context.logger.warn({ err: error, browser: browser.id }, 'unreadable message');
      context.meters.failed(toErrorReport(error).code, 'socket');
      refuse(connection, error);
    });
  });
  socket.once('close', () => {
    leave();
    cancelAll();
    tracks.leaveAll();
  });
  void context.browsers.seen(browser.id, Date.now()).catch((error: unknown) => {
    context.logger.warn({ err: error }, 'browsers.json could not be written');
  });
}

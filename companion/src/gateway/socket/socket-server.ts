import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, MAX_MESSAGE_BYTES } from '@touchstone/shared';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GatewayContext } from '../context.ts';
import { isExtensionOrigin } from '../extension-origin.ts';
import { refuseRaw } from '../raw-refusal.ts';
import { type HostCheck, refusalOfForm } from '../request-listener.ts';
import { authenticate } from './authenticate.ts';
import type { Place } from './connections.ts';
import { createOutbox } from './outbox.ts';
import { serveClient } from './serve-client.ts';

export const STREAM_PATH = '/v1/stream';

/** No login opens the stream to what is no extension. */
const FORBIDDEN = 403;

/** A socket that answers none of two pings in a row is dead. */
const HEARTBEAT_MS = 30_000;

interface Caller {
  readonly host: string;
  readonly origin: string;
  readonly place: Place;
}

/** Who asks for an upgrade, or why it is refused. Only to extensions is it told what addresses there are. */
function readUpgrade(
  request: IncomingMessage,
  stream: Duplex,
  context: GatewayContext,
  isOwnHost: HostCheck,
  isCovered: (request: IncomingMessage) => boolean,
): Caller | ErrorCode {
  const malformed = isCovered(request) ? refusalOfForm(request, isOwnHost) : 'bad-request';
  if (malformed !== undefined) return malformed;
  const { host = '', origin } = request.headers;
  if (!isExtensionOrigin(origin)) return 'unauthorized';
  if (request.url !== STREAM_PATH) return 'unknown-address';
  if (context.draining()) return 'shutting-down';
  return { host, origin, place: context.connections.admit(() => stream.destroy()) };
}

/** Pings until the socket closes, and cuts it off when nothing comes back. */
function keepHeartbeat(socket: WebSocket): void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (alive) socket.ping();
    else socket.terminate();
    alive = false;
  }, HEARTBEAT_MS);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}

/**
 * Takes upgrades to the stream on the given servers: own Host, extension Origin, then challenge and proof.
 * @param isCovered whether a request came over TLS where nothing else is taken
 */
export function serveSockets(
  servers: readonly Server[],
  context: GatewayContext,
  isOwnHost: HostCheck,
  isCovered: (request: IncomingMessage) => boolean = () => true,
): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    autoPong: false,
    clientTracking: false,
  });
  // What is missing of a WebSocket's own headers is refused in the words and with the headers of every refusal.
  sockets.on('wsClientError', (error, stream) => {
    context.logger.debug({ err: error }, 'malformed upgrade');
    refuseRaw(stream, 'bad-request');
  });

  async function serve(socket: WebSocket, stream: Duplex, { origin, host, place }: Caller): Promise<void> {
    socket.once('message', place.spoke);
    const connection = { socket, stream, outbox: createOutbox(socket), origin, audience: host };
    const browser = await authenticate(connection, context);
    if (!browser) return;
    context.places.prove(stream);
    await context.door.within(browser, async () => serveClient(connection, context, browser));
  }

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => stream.destroy());
    const caller = readUpgrade(request, stream, context, isOwnHost, isCovered);
    if (typeof caller === 'string') {
      refuseRaw(stream, caller, caller === 'unauthorized' ? FORBIDDEN : undefined);
      return;
    }
    const { leave } = caller.place;
    stream.once('close', leave);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', (error) => context.logger.debug({ err: error }, 'socket error'));
      keepHeartbeat(socket);
      serve(socket, stream, caller)
        .catch((error: unknown) => {
          context.logger.error({ err: error }, 'a connection failed unexpectedly');
          socket.terminate();
        })
        .finally(leave);
    });
  }

  for (const server of servers) server.on('upgrade', onUpgrade);
}

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { MAX_MESSAGE_BYTES } from '@touchstone/shared';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GatewayContext } from '../context.ts';
import { isExtensionOrigin } from '../extension-origin.ts';
import { isOwnHost } from '../own-address.ts';
import { authenticate } from './authenticate.ts';
import { createOutbox } from './outbox.ts';
import { serveClient } from './serve-client.ts';

export const STREAM_PATH = '/v1/stream';

/** A socket that answers none of two pings in a row is dead. */
const HEARTBEAT_MS = 30_000;

const STATUS_LINES = {
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
  503: 'Service Unavailable',
} as const;

function decline(stream: Duplex, status: Refusal): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_LINES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

type Refusal = keyof typeof STATUS_LINES;

interface Caller {
  readonly host: string;
  readonly origin: string;
  /** Gives back the place among the unauthenticated. */
  readonly release: () => void;
}

/** Who asks for an upgrade, or the status to refuse with. */
function readUpgrade({ headers, url }: IncomingMessage, stream: Duplex, context: GatewayContext): Caller | Refusal {
  const { host, origin } = headers;
  if (!isOwnHost(host, context.boundPort())) return 421;
  if (url !== STREAM_PATH) return 404;
  if (!isExtensionOrigin(origin)) return 403;
  const release = context.draining() ? undefined : context.connections.admit(() => stream.destroy());
  return release ? { host, origin, release } : 503;
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

/** Takes upgrades to the stream on the given servers: own Host, extension Origin, then challenge and proof. */
export function serveSockets(servers: readonly Server[], context: GatewayContext): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });

  async function serve(socket: WebSocket, stream: Duplex, origin: string, audience: string): Promise<void> {
    const connection = { socket, stream, outbox: createOutbox(socket), origin, audience };
    const browser = await authenticate(connection, context);
    if (browser) serveClient(connection, context, browser);
  }

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => stream.destroy());
    const caller = readUpgrade(request, stream, context);
    if (typeof caller === 'number') {
      decline(stream, caller);
      return;
    }
    const { release, origin, host } = caller;
    stream.once('close', release);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', (error) => context.logger.debug({ err: error }, 'socket error'));
      keepHeartbeat(socket);
      serve(socket, stream, origin, host)
        .catch((error: unknown) => {
          context.logger.error({ err: error }, 'a connection failed unexpectedly');
          socket.terminate();
        })
        .finally(release);
    });
  }

  for (const server of servers) server.on('upgrade', onUpgrade);
}

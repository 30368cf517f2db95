import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { createServer } from '../workers/node-http.ts';
import { refuseRaw } from './raw-refusal.ts';
import { createRequestListener, type HostCheck } from './request-listener.ts';

/** Longest request line and headers together, in bytes; Node's own default. */
export const MAX_HEADER_BYTES = 16 * 1024;

/** Against connections that say little, slowly. */
const LIMITS: ServerOptions = {
  headersTimeout: 5_000,
  // The longest video over a slow disk. What is sent slowly on purpose ends long before, by its pace.
  requestTimeout: 30 * 60_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: MAX_HEADER_BYTES,
  // A missing Host is refused like a wrong one, with the same words and headers.
  requireHostHeader: false,
  insecureHTTPParser: false,
};

/** What Node's parser or its clock found wrong, by status; everything else is malformed. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Refuses what is not HTTP, unless an answer is already on its way: nothing may be written into the middle of one. */
function refuseMalformed(error: NodeJS.ErrnoException, stream: Duplex, answering: ServerResponse | undefined): void {
  if (answering?.headersSent && !answering.writableFinished) stream.destroy();
  else refuseRaw(stream, 'bad-request', STATUS_BY_CODE[error.code ?? ''] ?? 400);
}

/** Certificate with its chain, and key, as PEM. */
export interface TlsKeys {
  readonly cert: string;
  readonly key: string;
}

/**
 * A server that serves the routes of `app`, not yet listening. It takes no upgrade unless somebody listens for them.
 * @param tls with it, nothing is spoken in the clear
 */
export function createHttpServer(app: Pick<FastifyInstance, 'routing'>, isOwnHost: HostCheck, tls?: TlsKeys): Server {
  const listener = createRequestListener(app, isOwnHost);
  const answers = new WeakMap<Duplex, ServerResponse>();
  const server: Server = tls ? createTlsServer({ ...LIMITS, ...tls, minVersion: 'TLSv1.2' }) : createServer(LIMITS);

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    answers.set(request.socket, response);
    listener(request, response);
  }

  server.on('request', onRequest);
  // Without a listener Node says "continue" to anybody; here a route asks for the body once the caller is known.
  server.on('checkContinue', onRequest);
  server.on('checkExpectation', (request: IncomingMessage) => refuseRaw(request.socket, 'bad-request', 417));
  server.on('connect', (_request: IncomingMessage, stream: Duplex) => refuseRaw(stream, 'bad-request'));
  server.on('clientError', (error: NodeJS.ErrnoException, stream: Duplex) =>
    refuseMalformed(error, stream, answers.get(stream)),
  );
  return server;
}

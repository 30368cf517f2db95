import type { IncomingMessage, RequestListener } from 'node:http';
import type { ErrorCode } from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import { httpStatusOf } from './http-status.ts';
import { refusalOf } from './raw-refusal.ts';
import { STRICTEST_HEADERS } from './security-headers.ts';

/** Whether a Host header names the listener that a request came in by. */
export type HostCheck = (host: string | undefined) => boolean;

/** Headers that decide about a request. Given twice, two readers could each see another one. */
const ONCE_ONLY = new Set([
  'host',
  'origin',
  'authorization',
  'cookie',
  'content-length',
  'content-type',
  'transfer-encoding',
  'sec-fetch-site',
]);

function repeatsOneOf({ rawHeaders }: IncomingMessage): boolean {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (!ONCE_ONLY.has(name)) continue;
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}

/**
 * Looks at the request line and the Host of a request or an upgrade, before anything is routed.
 * @returns why it is refused
 */
export function refusalOfForm(request: IncomingMessage, isOwnHost: HostCheck): ErrorCode | undefined {
  // Absolute, authority and asterisk form are for proxies and servers as a whole (RFC 9112, 3.2).
  if (!request.url?.startsWith('/') || repeatsOneOf(request)) return 'bad-request';
  return isOwnHost(request.headers.host) ? undefined : 'wrong-host';
}

/**
 * What a server that listens does with a request: strictest headers, then its form and its Host, then the routes. It stands
 * before the router, so that nothing the router or Node answers by itself is without them.
 * @param isOwnHost differs by where the server listens
 */
export function createRequestListener(app: Pick<FastifyInstance, 'routing'>, isOwnHost: HostCheck): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(STRICTEST_HEADERS)) response.setHeader(name, value);
    const code = refusalOfForm(request, isOwnHost);
    if (code === undefined) {
      app.routing(request, response);
      return;
    }
    const { body, headers } = refusalOf(code, { target: request.url });
    response.writeHead(httpStatusOf(code), headers).end(body);
  };
}

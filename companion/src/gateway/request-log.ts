import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayContext } from './context.ts';

/** HTTP statuses of a caller who is not let in (RFC 9110, 15.5.2 and 15.5.4). */
const REFUSED: readonly number[] = [401, 403];

/** Who asked, by kind: no name, no token, no address. */
function callerOf(request: FastifyRequest, status: number): string {
  if (request.token) return 'program';
  if (request.session) return 'page';
  return request.headers.authorization !== undefined && !REFUSED.includes(status) ? 'command line' : 'nobody';
}

/**
 * Tells each request at `debug`: method, route as it was declared, status, milliseconds, kind of caller. Never its address, which
 * may name a site, a record or words that a person searched for; nor a file's name, a header or a body.
 */
export function addRequestLog(app: FastifyInstance, { logger }: GatewayContext): void {
  if (!logger.isLevelEnabled('debug')) return;
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode: status } = reply;
    logger.debug(
      {
        method: request.method,
        route: request.is404 ? null : (request.routeOptions.url ?? null),
        status,
        ms: Math.round(reply.elapsedTime),
        caller: callerOf(request, status),
      },
      'request',
    );
  });
}

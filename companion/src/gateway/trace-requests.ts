import type { FastifyInstance } from 'fastify';
import type { TracedRequest } from '../tracing/tracing.ts';
import type { GatewayContext } from './context.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined where nothing is traced, and for what is refused. */
    traced: TracedRequest | undefined;
  }
}

/** The header of W3C Trace Context, as Node spells it. */
const TRACE_PARENT_HEADER = 'traceparent';

/** Follows every request whose sender may be here, where a person asked for traces; else a request says nothing. */
export function traceRequests(app: FastifyInstance, { tracing }: GatewayContext): void {
  app.decorateRequest('traced', undefined);
  if (!tracing) return;
  app.addHook('onRequest', async (request) => {
    const given = request.headers[TRACE_PARENT_HEADER];
    const traceParent = typeof given === 'string' ? given : undefined;
    request.traced = tracing.request(request.method, request.routeOptions.url, traceParent);
  });
  app.addHook('onResponse', async ({ traced }, { statusCode }) => traced?.end(statusCode));
}

import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { diskOf } from '../../metrics/disk-space.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';

/** HTTP status of a companion that takes no work now (RFC 9110, 15.6.4). */
const UNAVAILABLE = 503;

/** Whether it lives, whether it works, and what it is made of. */
export async function systemRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const handle = handlerOf(app);
  const { metrics, readiness } = context;

  handle(api.v1System.health, async () => ({ status: 'ok' }) as const);
  handle(api.v1System.ready, async ({ reply }) => {
    const state = await readiness();
    if (!state.ready) reply.code(UNAVAILABLE);
    return state;
  });
  handle(api.v1System.system, async () => ({
    ...(await readiness()),
    status: context.status(),
    memoryBytes: process.memoryUsage.rss(),
    disk: await diskOf(context.dataFolder),
  }));
  handle(api.v1System.metrics, async ({ reply }) => reply.type(metrics.contentType).send(await metrics.text()));
  handle(api.system.figures, async () => metrics.figures());
}

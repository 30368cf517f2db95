import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';

/** Packs that are installed and removed while the companion runs. */
export async function packRoutes(app: FastifyInstance, { pipeline, logger }: GatewayContext): Promise<void> {
  const handle = handlerOf(app);

  handle(api.packs.refresh, async () => {
    await pipeline.packs.refresh();
    return { packs: pipeline.status().packs };
  });
  handle(api.packs.remove, async ({ body }) => {
    const pack = await pipeline.packs.remove(body.pack);
    logger.info({ pack }, 'model pack removed');
    return { pack };
  });
}

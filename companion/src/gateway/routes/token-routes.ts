import { TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';

/** Tokens of programs, for the command line. */
export async function tokenRoutes(app: FastifyInstance, { tokens, logger }: GatewayContext): Promise<void> {
  const handle = handlerOf(app);

  handle(api.tokens.list, async () => [...tokens.list()]);
  handle(api.tokens.create, async ({ body }) => {
    const created = await tokens.create(body);
    logger.info({ token: created.id, scopes: created.scopes }, 'token made');
    return created;
  });
  handle(api.tokens.revoke, async ({ params: { id } }) => {
    if (!(await tokens.revoke(id))) throw new TouchstoneError('not-found');
    logger.info({ token: id }, 'token revoked');
  });
}

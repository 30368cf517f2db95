import { CLOSE_CODES, type PairedBrowser, TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import type { StoredBrowser } from '../../settings/browser-store.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';

function shown({ secret: _, ...browser }: StoredBrowser, connected: boolean): PairedBrowser {
  return { ...browser, connected };
}

/** The browsers that are paired with this computer. */
export async function browserRoutes(
  app: FastifyInstance,
  { browsers, connections, logger }: GatewayContext,
): Promise<void> {
  const handle = handlerOf(app);

  handle(api.browsers.list, async () =>
    browsers.list().map((browser) => shown(browser, connections.isConnected(browser.id))),
  );
  handle(api.browsers.revoke, async ({ params: { id } }) => {
    const removal = browsers.remove(id);
    // Not after the file is written: the secret is dead already.
    connections.disconnect(id, CLOSE_CODES.notPaired);
    if (!(await removal)) throw new TouchstoneError('not-found');
    logger.info({ browser: id }, 'browser revoked');
  });
}

import {
  CLOSE_CODES,
  GivenId,
  HistoryLinkRequest,
  type PairedBrowser,
  SettingsPatch,
  TouchstoneError,
} from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { StoredBrowser } from '../../settings/browser-store.ts';
import { CONTROL, EITHER } from '../access.ts';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';

const BrowserParams = v.object({ id: GivenId });

function shown({ secret: _, ...browser }: StoredBrowser, connected: boolean): PairedBrowser {
  return { ...browser, connected };
}

/** Status, settings, paired browsers, and what only the command line may ask for. */
export async function companionRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { browsers, connections, settings } = context;

  app.get('/api/status', EITHER, async () => context.status());

  app.get('/api/settings', EITHER, async () => settings.current());
  app.patch('/api/settings', EITHER, async (request) => settings.update(parseRequest(SettingsPatch, request.body)));

  app.get('/api/browsers', EITHER, async () =>
    browsers.list().map((browser) => shown(browser, connections.isConnected(browser.id))),
  );
  app.delete('/api/browsers/:id', EITHER, async (request, reply) => {
    const { id } = parseRequest(BrowserParams, request.params);
    const removal = browsers.remove(id);
    // Not after the file is written: the secret is dead already.
    connections.disconnect(id, CLOSE_CODES.notPaired);
    if (!(await removal)) throw new TouchstoneError('not-found');
    context.logger.info({ browser: id }, 'browser revoked');
    return reply.code(204).send();
  });

  app.post('/api/pairing', CONTROL, async () => context.newPairing());
  app.post('/api/history-link', CONTROL, async (request) => {
    const { recordId } = parseRequest(HistoryLinkRequest, request.body ?? {});
    return { url: context.newHistoryLink(recordId) };
  });
  app.post('/api/shutdown', CONTROL, async (_request, reply) => {
    context.onShutdown();
    return reply.code(202).send({ stopping: true });
  });
}

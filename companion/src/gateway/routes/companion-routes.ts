import {
  CLOSE_CODES,
  HistoryLinkRequest,
  type PairedBrowser,
  SettingsPatch,
  TouchstoneError,
} from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { StoredBrowser } from '../../settings/browser-store.ts';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';

const BrowserParams = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });

function shown({ secret: _, ...browser }: StoredBrowser, connected: boolean): PairedBrowser {
  return { ...browser, connected };
}

/** Status, settings, paired browsers, and what only the command line may ask for. */
export async function companionRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { browsers, connections, settings } = context;

  app.get('/api/status', async () => context.status());

  app.get('/api/settings', async () => settings.current());
  app.patch('/api/settings', async (request) => settings.update(parseRequest(SettingsPatch, request.body)));

  app.get('/api/browsers', async () =>
    browsers.list().map((browser) => shown(browser, connections.isConnected(browser.id))),
  );
  app.delete('/api/browsers/:id', async (request, reply) => {
    const { id } = parseRequest(BrowserParams, request.params);
    const removal = browsers.remove(id);
    // Not after the file is written: the secret is dead already.
    connections.disconnect(id, CLOSE_CODES.notPaired);
    if (!(await removal)) throw new TouchstoneError('not-found');
    context.logger.info({ browser: id }, 'browser revoked');
    return reply.code(204).send();
  });

  const control = { config: { access: 'control' } } as const;
  app.post('/api/pairing', control, async () => context.newPairing());
  app.post('/api/history-link', control, async (request) => {
    const { recordId } = parseRequest(HistoryLinkRequest, request.body ?? {});
    return { url: context.newHistoryLink(recordId) };
  });
  app.post('/api/shutdown', control, async (_request, reply) => {
    context.onShutdown();
    return reply.code(202).send({ stopping: true });
  });
}

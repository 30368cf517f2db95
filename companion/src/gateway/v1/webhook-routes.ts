import { TouchstoneError } from '@touchstone/shared';
import { addressOf, api, type Webhook } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { readTarget } from '../../webhooks/local-target.ts';
import type { StoredWebhook } from '../../webhooks/webhook-store.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { clientOf } from './client-of.ts';

/** A listener as programs see it: never its key. */
function shown({ id, url, createdAt }: StoredWebhook, waiting: number, givenUp: number): Webhook {
  return { id, url, createdAt, waiting, givenUp };
}

/** Listeners on this computer that are told of the ends of checks. */
export async function webhookRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { webhooks, logger } = context;
  const handle = handlerOf(app);

  handle(api.v1Webhooks.list, async ({ request }) =>
    webhooks.list(clientOf(request)).map((webhook) => shown(webhook, webhook.waiting, webhook.givenUp)),
  );
  handle(api.v1Webhooks.create, async ({ body: { url }, request }) => {
    const read = readTarget(url, context.boundPort());
    if ('refusal' in read) throw new TouchstoneError('bad-request', read.refusal);
    const webhook = webhooks.create(clientOf(request), url, Date.now());
    logger.info({ webhook: webhook.id }, 'listener named');
    return { ...shown(webhook, 0, 0), secret: webhook.secret };
  });
  handle(api.v1Webhooks.delete, async ({ params: { id }, request }) => {
    if (!webhooks.delete(clientOf(request), id)) throw new TouchstoneError('not-found');
  });
  handle(api.v1Webhooks.messages, async ({ params: { id }, request }) => {
    const messages = webhooks.messages(clientOf(request), id);
    if (!messages) throw new TouchstoneError('not-found');
    return messages.map(({ jobId, dueAt, ...message }) => ({
      ...message,
      checkUrl: addressOf(api.v1Checks.get, { params: { id: jobId } }),
      nextAttemptAt: message.state === 'waiting' ? dueAt : null,
    }));
  });
}

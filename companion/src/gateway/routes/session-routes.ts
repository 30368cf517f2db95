import { TouchstoneError } from '@touchstone/shared';
import { api, SESSION_COOKIE } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayContext } from '../context.ts';
import { type Handler, handlerOf } from '../handle.ts';

/** A one-time token for a session, and the session's CSRF token for another tab. */
export async function sessionRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  async function requireOwnPage(request: FastifyRequest): Promise<void> {
    if (!context.admission.isFromOwnPage(request)) throw new TouchstoneError('unauthorized');
  }

  const handle = handlerOf(app);

  const open: Handler<typeof api.session.open> = async ({ body, reply }) => {
    if (!context.links.redeem(body.token)) throw new TouchstoneError('unauthorized');
    const session = context.sessions.open();
    reply.setCookie(SESSION_COOKIE, session.id, { path: '/api', httpOnly: true, sameSite: 'strict' });
    return { csrf: session.csrf };
  };
  handle(api.session.open, open, { onRequest: requireOwnPage });

  handle(api.session.current, async ({ request: { session } }) => {
    if (!session) throw new TouchstoneError('unauthorized');
    return { csrf: session.csrf, ...(context.isOfTeam ? { team: true as const } : {}) };
  });
}

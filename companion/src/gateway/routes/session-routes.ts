import { SESSION_COOKIE, type SessionAnswer, SessionRequest, TouchstoneError } from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import { isFromOwnPage } from '../access.ts';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';

/** POST and GET /api/session: a one-time token for a session, and the session's CSRF token for another tab. */
export async function sessionRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  app.post('/api/session', { config: { access: 'public' } }, async (request, reply): Promise<SessionAnswer> => {
    const { token } = parseRequest(SessionRequest, request.body);
    if (!isFromOwnPage(request, context) || !context.links.redeem(token)) throw new TouchstoneError('unauthorized');
    const session = context.sessions.open();
    reply.setCookie(SESSION_COOKIE, session.id, { path: '/api', httpOnly: true, sameSite: 'strict' });
    return { csrf: session.csrf };
  });

  app.get('/api/session', async (request): Promise<SessionAnswer> => {
    if (!request.session) throw new TouchstoneError('unauthorized');
    return { csrf: request.session.csrf };
  });
}

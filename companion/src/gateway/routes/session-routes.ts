import { SESSION_COOKIE, type SessionAnswer, SessionRequest, TouchstoneError } from '@touchstone/shared';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EITHER, isFromOwnPage } from '../access.ts';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';

/** Longest body with a one-time token, in bytes. */
const SESSION_BODY_BYTES = 1024;

/** POST and GET /api/session: a one-time token for a session, and the session's CSRF token for another tab. */
export async function sessionRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  async function requireOwnPage(request: FastifyRequest): Promise<void> {
    if (!isFromOwnPage(request, context)) throw new TouchstoneError('unauthorized');
  }

  // The only body that is read of a stranger: it is the key.
  const first = { config: { access: 'public' }, bodyLimit: SESSION_BODY_BYTES } as const;
  app.post('/api/session', { ...first, onRequest: requireOwnPage }, async (request, reply): Promise<SessionAnswer> => {
    const { token } = parseRequest(SessionRequest, request.body);
    if (!context.links.redeem(token)) throw new TouchstoneError('unauthorized');
    const session = context.sessions.open();
    reply.setCookie(SESSION_COOKIE, session.id, { path: '/api', httpOnly: true, sameSite: 'strict' });
    return { csrf: session.csrf };
  });

  app.get('/api/session', EITHER, async (request): Promise<SessionAnswer> => {
    if (!request.session) throw new TouchstoneError('unauthorized');
    return { csrf: request.session.csrf };
  });
}

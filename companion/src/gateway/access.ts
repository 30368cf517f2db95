import { CSRF_HEADER, SESSION_COOKIE, TouchstoneError } from '@touchstone/shared';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sameSecret } from '../session/same-secret.ts';
import { isCsrfOf, type Session } from '../session/sessions.ts';
import type { GatewayContext } from './context.ts';
import { isOwnHost, isOwnOrigin } from './own-address.ts';

/** Who may call a route: the command line, that or the history page, or anybody on this computer. */
export type Access = 'control' | 'either' | 'public';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    session: Session | undefined;
  }
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** The control token is for programs: whatever looks like a browser's request is refused even with the right token. */
function hasControlToken(request: FastifyRequest, context: GatewayContext): boolean {
  const [, token] = /^Bearer ([\w-]+)$/.exec(header(request, 'authorization') ?? '') ?? [];
  if (token === undefined || !sameSecret(token, context.controlToken)) return false;
  return header(request, 'origin') === undefined && (header(request, 'sec-fetch-site') ?? 'none') === 'none';
}

/** Whether a browser says that a page of the companion itself, or the person, made this request. */
export function isFromOwnPage(request: FastifyRequest, context: GatewayContext): boolean {
  const origin = header(request, 'origin');
  if (origin !== undefined && !isOwnOrigin(origin, context.boundPort())) return false;
  return ['same-origin', 'none', undefined].includes(header(request, 'sec-fetch-site'));
}

function sessionOf(request: FastifyRequest, context: GatewayContext): Session | undefined {
  if (!isFromOwnPage(request, context)) return undefined;
  const session = context.sessions.find(request.cookies[SESSION_COOKIE]);
  if (!session || request.method === 'GET' || request.method === 'HEAD') return session;
  return isCsrfOf(session, header(request, CSRF_HEADER)) ? session : undefined;
}

/** Only for the words of a refusal: a page needs a session, a program the token. */
function isFromBrowser(request: FastifyRequest): boolean {
  return ['origin', 'sec-fetch-site', 'cookie'].some((name) => header(request, name) !== undefined);
}

function authorize(request: FastifyRequest, context: GatewayContext): void {
  const access = request.routeOptions.config.access ?? 'either';
  if (access === 'public') return;
  // A request that shows a token is judged by it alone.
  if (request.headers.authorization !== undefined || access === 'control') {
    if (hasControlToken(request, context)) return;
    throw new TouchstoneError('token-wrong');
  }
  request.session = sessionOf(request, context);
  if (!request.session) throw new TouchstoneError(isFromBrowser(request) ? 'unauthorized' : 'token-wrong');
}

/** Checks the Host of every request, and who is asking on every route of the API (`either` unless the route says so). */
export function addAccessChecks(app: FastifyInstance, context: GatewayContext): void {
  app.decorateRequest('session', undefined);
  app.addHook('onRequest', async (request) => {
    if (!isOwnHost(request.headers.host, context.boundPort())) throw new TouchstoneError('wrong-host');
    if (request.url.startsWith('/api/') || request.routeOptions.config.access) authorize(request, context);
  });
}

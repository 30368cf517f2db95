import { TouchstoneError } from '@touchstone/shared';
import { type Access, CSRF_HEADER, SESSION_COOKIE } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sameSecret } from '../session/same-secret.ts';
import { isCsrfOf, type Session } from '../session/sessions.ts';
import { watchBodyPace } from './body-pace.ts';
import type { GatewayContext } from './context.ts';
import { isOwnOrigin } from './own-address.ts';
import { refusalOf } from './raw-refusal.ts';

/** HTTP status for a body that comes too slowly (RFC 9110, 15.5.9). */
const REQUEST_TIMEOUT = 408;

/** A route as it was registered, and who may call it. */
export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyInstance {
    /** Every route there is, in the order of registration. */
    declaredRoutes: DeclaredRoute[];
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

/** @throws TouchstoneError `token-wrong` or `unauthorized`: the words tell what is missing, never what is at the address */
function authorize(request: FastifyRequest, context: GatewayContext, access: Access): void {
  if (access === 'public') return;
  if (request.headers.authorization !== undefined) {
    // A request that shows a token is judged by it alone.
    if (hasControlToken(request, context)) return;
    throw new TouchstoneError('token-wrong');
  }
  if (access === 'either') request.session = sessionOf(request, context);
  if (!request.session) throw new TouchstoneError(isFromBrowser(request) ? 'unauthorized' : 'token-wrong');
}

/** Makes every route say who may call it: one that does not cannot be registered. */
function requireDeclaredAccess(app: FastifyInstance): void {
  app.decorate('declaredRoutes', []);
  app.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access;
    if (access === undefined) throw new Error(`The route ${method} ${url} does not say who may call it.`);
    for (const one of [method].flat()) app.declaredRoutes.push({ method: one, url, access });
  });
}

/**
 * Refuses by default. Who may call is decided by the route that the router matched, never by how its address was written; what no
 * route matches, another method among it, is for those only who may use the API, so that a refusal tells nobody what exists.
 */
export function addAccessChecks(app: FastifyInstance, context: GatewayContext): void {
  requireDeclaredAccess(app);
  app.decorateRequest('session', undefined);
  app.addHook('onRequest', async (request) => {
    const { access = 'either' } = request.routeOptions.config;
    authorize(request, context, access);
    if (access !== 'public') context.places.prove(request.raw.socket);
  });
  // After every scope had its say, and before a byte of the body is read.
  app.addHook('preParsing', async (request, reply) => {
    if (request.headers.expect !== undefined) reply.raw.writeContinue();
    watchBodyPace(request.raw, () => {
      if (reply.raw.headersSent) {
        request.raw.socket.destroy();
        return;
      }
      const { body, headers } = refusalOf('bad-request');
      reply.hijack();
      reply.raw.writeHead(REQUEST_TIMEOUT, headers).end(body);
    });
  });
}

/** What is not there: told to those who may use the API, and to nobody else, also where a public route found nothing. */
export function refuseUnknownAddress(request: FastifyRequest, context: GatewayContext): never {
  authorize(request, context, 'either');
  throw new TouchstoneError('unknown-address');
}

import { TouchstoneError } from '@touchstone/shared';
import { type Access, CSRF_HEADER, SCOPES, type Scope, SESSION_COOKIE, type TokenInfo } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sameSecret } from '../session/same-secret.ts';
import { isCsrfOf, type Session } from '../session/sessions.ts';
import { createQuota, quotaHeaders } from '../tokens/quota.ts';
import { watchBodyThroughput } from './body-throughput.ts';
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

/** What the admission of this computer goes by. */
type LocalDoor = Pick<GatewayContext, 'boundPort' | 'controlToken' | 'sessions' | 'tokens'>;

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
    /** Of the program that asks; undefined for the command line and pages. */
    token: TokenInfo | undefined;
    /** Whose records and jobs the request is about; undefined where nobody else is known than the one person of this computer. */
    owner: string | undefined;
  }
}

/** Decides who may make a request: the one person of this computer, or the people of a team. */
export interface Admission {
  /**
   * @param access of the route that matched; undefined where none did: for whoever may use anything
   * @throws TouchstoneError `token-wrong`, `unauthorized`..., whose words never tell what is at the address
   */
  admit(request: FastifyRequest, access: Access | undefined): void | Promise<void>;
  /** Whether a browser says that a page of the server itself, or the person, made this request. */
  isFromOwnPage(request: FastifyRequest): boolean;
  /** Does what a request asks for in the name of its owner; absent where there is one owner alone. */
  enter?(request: FastifyRequest, reply: FastifyReply, proceed: () => void): Promise<void>;
}

export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

export function bearerOf(request: FastifyRequest): string | undefined {
  const [, token] = /^Bearer ([\w-]+)$/.exec(header(request, 'authorization') ?? '') ?? [];
  return token;
}

/** Tokens are for programs: whatever looks like a browser's request is refused even with the right one. */
export function isFromProgram(request: FastifyRequest): boolean {
  return header(request, 'origin') === undefined && (header(request, 'sec-fetch-site') ?? 'none') === 'none';
}

export const isScope = (access: Access | undefined): access is Scope => SCOPES.some((scope) => scope === access);

/**
 * A request that shows a token is judged by it alone. The control token opens everything; one that a person made opens what
 * it has a scope for, and of what is not there the words that say so.
 * @throws TouchstoneError `token-wrong`, `scope-missing`
 */
function authorizeProgram(request: FastifyRequest, context: LocalDoor, access: Access | undefined): void {
  const text = bearerOf(request);
  if (text === undefined || !isFromProgram(request)) throw new TouchstoneError('token-wrong');
  if (sameSecret(text, context.controlToken)) return;
  const token = access === undefined || isScope(access) ? context.tokens.use(text) : undefined;
  if (!token) throw new TouchstoneError('token-wrong');
  if (access !== undefined && !token.scopes.some((scope) => scope === access))
    throw new TouchstoneError('scope-missing');
  request.token = token;
}

/** Whether a request comes from a page of an origin, or from no page. */
export function isFromPageOf(request: FastifyRequest, isOwn: (origin: string) => boolean): boolean {
  const origin = header(request, 'origin');
  if (origin !== undefined && !isOwn(origin)) return false;
  return ['same-origin', 'none', undefined].includes(header(request, 'sec-fetch-site'));
}

const isFromOwnPage = (request: FastifyRequest, context: LocalDoor): boolean =>
  isFromPageOf(request, (origin) => isOwnOrigin(origin, context.boundPort()));

function sessionOf(request: FastifyRequest, context: LocalDoor): Session | undefined {
  if (!isFromOwnPage(request, context)) return undefined;
  const session = context.sessions.find(request.cookies[SESSION_COOKIE]);
  if (!session || request.method === 'GET' || request.method === 'HEAD') return session;
  return isCsrfOf(session, header(request, CSRF_HEADER)) ? session : undefined;
}

/** Only for the words of a refusal: a page needs a session, a program the token. */
export function isFromBrowser(request: FastifyRequest): boolean {
  return ['origin', 'sec-fetch-site', 'cookie'].some((name) => header(request, name) !== undefined);
}

/**
 * @param access undefined where no route matched: for whoever may use anything
 * @throws TouchstoneError `token-wrong` or `unauthorized`: the words tell what is missing, never what is at the address; `scope-missing`
 */
function authorize(request: FastifyRequest, context: LocalDoor, access: Access | undefined): void {
  if (access === 'public') return;
  if (request.headers.authorization !== undefined) {
    authorizeProgram(request, context, access);
    return;
  }
  if (access === 'either' || access === undefined) request.session = sessionOf(request, context);
  request.owner = request.session?.owner;
  if (request.session) return;
  throw new TouchstoneError(isFromBrowser(request) && !isScope(access) ? 'unauthorized' : 'token-wrong');
}

/** Lets in the one person of this computer: by the session of a page, the control token, or a token of a program. */
export function createLocalAdmission(context: LocalDoor): Admission {
  return {
    admit: (request, access) => authorize(request, context, access),
    isFromOwnPage: (request) => isFromOwnPage(request, context),
  };
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

/** Holds a token to its share, and says what is left of it. @throws TouchstoneError `rate-limited` */
function createTokenLimit() {
  const quota = createQuota();
  return ({ token }: FastifyRequest, reply: FastifyReply): void => {
    if (!token) return;
    const allowance = quota.take(token.id);
    reply.headers(quotaHeaders(allowance));
    if (!allowance.exceeded) return;
    reply.header('retry-after', allowance.resetSeconds);
    throw new TouchstoneError('rate-limited');
  };
}

/**
 * Refuses by default. Who may call is decided by the route that the router matched, never by how its address was written; what no
 * route matches, another method among it, is for those only who may use the API, so that a refusal tells nobody what exists.
 */
export function addAccessChecks(app: FastifyInstance, context: GatewayContext): void {
  requireDeclaredAccess(app);
  const limitToken = createTokenLimit();
  app.decorateRequest('session', undefined);
  app.decorateRequest('token', undefined);
  app.decorateRequest('owner', undefined);
  app.addHook('onRequest', async (request, reply) => {
    const { access } = request.routeOptions.config;
    await context.admission.admit(request, access);
    if (access === 'public') return;
    context.places.prove(request.raw.socket);
    limitToken(request, reply);
  });
  const { admission } = context;
  if (admission.enter) {
    app.addHook('preHandler', (request, reply, done) => {
      admission.enter?.(request, reply, done)?.catch(done);
    });
  }
  // After every scope had its say, and before a byte of the body is read.
  app.addHook('preParsing', async (request, reply) => {
    if (request.headers.expect !== undefined) reply.raw.writeContinue();
    watchBodyThroughput(request.raw, () => {
      if (reply.raw.headersSent) {
        request.raw.socket.destroy();
        return;
      }
      const { body, headers } = refusalOf('bad-request', { status: REQUEST_TIMEOUT, target: request.url });
      reply.hijack();
      reply.raw.writeHead(REQUEST_TIMEOUT, headers).end(body);
    });
  });
}

/** What is not there: told to those who may use the API, and to nobody else, also where a public route found nothing. */
export async function refuseUnknownAddress(
  request: FastifyRequest,
  { admission }: Pick<GatewayContext, 'admission'>,
): Promise<never> {
  await admission.admit(request, undefined);
  throw new TouchstoneError('unknown-address');
}

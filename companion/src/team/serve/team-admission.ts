import { TouchstoneError } from '@touchstone/shared';
import { type Access, CSRF_HEADER, type Person, roleAllows } from '@touchstone/shared/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type Admission,
  bearerOf,
  header,
  isFromBrowser,
  isFromPageOf,
  isFromProgram,
  isScope,
} from '../../gateway/access.ts';
import { sameSecret } from '../../session/same-secret.ts';
import type { TeamPeople } from '../people/open-people.ts';
import { csrfOf } from '../people/secrets.ts';
import type { OwnerScope } from '../records/owner-scope.ts';
import { isAudited, teamAccessOf } from './route-roles.ts';

/** `__Host-`: browsers take it over TLS alone, for this very host and all of its paths. */
export const TEAM_SESSION_COOKIE = '__Host-touchstone_session';

/** How often it is looked whether somebody who is being told of events may still be here, in milliseconds. */
export const STILL_HERE_MS = 10_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, on a team's server. */
    person: Person | undefined;
  }
}

export interface TeamDoor extends Pick<TeamPeople, 'sessions' | 'tokens' | 'audit'> {
  readonly owners: OwnerScope;
  /** `https://host[:port]` of the server. */
  readonly origin: string;
}

/** Path of the route that matched. */
const pathOf = (request: FastifyRequest): string | undefined => (request.is404 ? undefined : request.routeOptions.url);

/**
 * Lets in the people of a team, each where their role allows it: by the session of a page, or a token of a program. What has no line in
 * the table of roles is there for nobody.
 */
export function createTeamAdmission({ sessions, tokens, audit, owners, origin }: TeamDoor): Admission {
  const isFromOwnPage = (request: FastifyRequest): boolean => isFromPageOf(request, (given) => given === origin);

  /** What changes something must come from a page that says so, and that knows what only such a page can read. */
  function mayChange(request: FastifyRequest, secret: string): boolean {
    if (request.method === 'GET' || request.method === 'HEAD') return true;
    const csrf = header(request, CSRF_HEADER);
    return header(request, 'origin') === origin && csrf !== undefined && sameSecret(csrf, csrfOf(secret));
  }

  async function personOfPage(request: FastifyRequest): Promise<Person | undefined> {
    const secret = request.cookies[TEAM_SESSION_COOKIE];
    if (secret === undefined || !isFromOwnPage(request)) return undefined;
    const signedIn = await sessions.find(secret);
    if (!signedIn || !mayChange(request, secret)) return undefined;
    const { person, session } = signedIn;
    request.session = { id: session, csrf: csrfOf(secret), owner: person.id };
    return person;
  }

  /** @throws TouchstoneError `token-wrong`, `scope-missing` */
  async function personOfProgram(request: FastifyRequest, access: Access | undefined): Promise<Person> {
    const text = bearerOf(request);
    const mayUse = isFromProgram(request) && (access === undefined || isScope(access));
    const known = text !== undefined && mayUse ? await tokens.use(text) : undefined;
    if (!known) throw new TouchstoneError('token-wrong');
    if (access !== undefined && !known.token.scopes.some((scope) => scope === access))
      throw new TouchstoneError('scope-missing');
    request.token = known.token;
    return known.person;
  }

  /** @throws TouchstoneError `token-wrong`, `unauthorized`, `scope-missing` */
  async function identify(request: FastifyRequest, access: Access | undefined): Promise<Person> {
    if (request.headers.authorization !== undefined) return personOfProgram(request, access);
    const person = isScope(access) ? undefined : await personOfPage(request);
    if (person) return person;
    throw new TouchstoneError(isFromBrowser(request) && !isScope(access) ? 'unauthorized' : 'token-wrong');
  }

  const isStillHere = async (request: FastifyRequest): Promise<boolean> => {
    const [secret, text] = [request.cookies[TEAM_SESSION_COOKIE], bearerOf(request)];
    if (request.token) return text !== undefined && (await tokens.use(text)) !== undefined;
    return secret !== undefined && (await sessions.find(secret)) !== undefined;
  };

  /** Ends what goes on for long once whoever asked may not be here any more. */
  function watch(request: FastifyRequest, { raw: answer }: FastifyReply): void {
    // Whoever asked went away while the audit log was written.
    if (answer.destroyed) return;
    const timer = setInterval(() => {
      isStillHere(request).then(
        (here) => {
          if (!here) answer.destroy();
        },
        () => undefined,
      );
    }, STILL_HERE_MS);
    timer.unref();
    // The request itself is closed once its body was read.
    answer.once('close', () => clearInterval(timer));
  }

  return {
    isFromOwnPage,
    async admit(request, access) {
      const needed = access === undefined ? undefined : teamAccessOf(request.method, pathOf(request));
      if (needed === 'public') return;
      // What is not there, or has no line, is told to those who are here, and to nobody else.
      const person = await identify(request, needed === undefined || needed === 'absent' ? undefined : access);
      if (access !== undefined && (needed === undefined || needed === 'absent'))
        throw new TouchstoneError('unknown-address');
      if (needed !== undefined && needed !== 'absent' && !roleAllows(person.role, needed))
        throw new TouchstoneError('role-missing');
      request.person = person;
      request.owner = person.id;
    },
    async enter(request, reply, proceed) {
      const { owner, person, method } = request;
      if (owner === undefined || !person) return proceed();
      const path = pathOf(request);
      if (isAudited(method, path)) {
        const target = Object.values(Object(request.params)).join(' ');
        await audit.note({ person: person.id, action: `${method} ${path}`, target });
      }
      watch(request, reply);
      await owners.within(owner, async () => proceed());
    },
  };
}

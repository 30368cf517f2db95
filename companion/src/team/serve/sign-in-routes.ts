import { TouchstoneError, toErrorReport } from '@touchstone/shared';
import { teamApi } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Admission, header } from '../../gateway/access.ts';
import { handlerOf } from '../../gateway/handle.ts';
import { CEREMONY_MS } from '../people/ceremonies.ts';
import type { TeamPeople } from '../people/open-people.ts';
import { csrfOf } from '../people/secrets.ts';
import { SESSION_MS } from '../people/sessions.ts';
import type { SignIn } from '../people/sign-in.ts';
import { TEAM_SESSION_COOKIE } from './team-admission.ts';

/** Comes back with the browser that was sent to the provider. */
const CEREMONY_COOKIE = '__Host-touchstone_ceremony';

/** See other: the way back is left behind (RFC 9110, 15.4.4). */
const SEE_OTHER = 303;

const COOKIE = { path: '/', httpOnly: true, secure: true } as const;

export interface SignInDoor extends Pick<TeamPeople, 'sessions' | 'audit'> {
  readonly signIn: SignIn;
  readonly admission: Admission;
  readonly origin: string;
  readonly logger: Logger;
}

const clientNameOf = (request: FastifyRequest): string => header(request, 'user-agent') ?? '';

/** The ways into a team, and out. Nothing of it is done for a page of another origin. */
export async function signInRoutes(app: FastifyInstance, door: SignInDoor): Promise<void> {
  const { signIn, admission, sessions, audit, origin, logger } = door;
  const handle = handlerOf(app);

  /** A page that another site had made ask would sign its person in as somebody else. */
  const ownPage = {
    async onRequest(request: FastifyRequest) {
      if (!admission.isFromOwnPage(request) || header(request, 'origin') !== origin)
        throw new TouchstoneError('unauthorized');
    },
  };

  function enter(reply: FastifyReply, secret: string): { csrf: string; team: true } {
    reply.setCookie(TEAM_SESSION_COOKIE, secret, { ...COOKIE, sameSite: 'strict', maxAge: SESSION_MS / 1000 });
    return { csrf: csrfOf(secret), team: true };
  }

  handle(teamApi.signIn.methods, async () => signIn.methods());
  handle(teamApi.signIn.passkeyOptions, async () => signIn.passkeyOptions(), ownPage);
  handle(
    teamApi.signIn.passkey,
    async ({ body, request, reply }) => enter(reply, await signIn.passkey(body, clientNameOf(request))),
    ownPage,
  );
  handle(teamApi.signIn.invitation, async ({ body }) => signIn.invitation(body.invitation), ownPage);
  handle(teamApi.signIn.joinOptions, async ({ body }) => signIn.joinOptions(body.invitation, body.name), ownPage);
  handle(
    teamApi.signIn.join,
    async ({ body, request, reply }) => enter(reply, await signIn.join(body, clientNameOf(request))),
    ownPage,
  );
  handle(
    teamApi.signIn.provider,
    async ({ body, reply }) => {
      const { url, ceremony } = await signIn.provider(body.invitation);
      // Lax: the provider sends the browser back from its own site.
      reply.setCookie(CEREMONY_COOKIE, ceremony, { ...COOKIE, sameSite: 'lax', maxAge: CEREMONY_MS / 1000 });
      return { url };
    },
    ownPage,
  );
  handle(teamApi.signIn.callback, async ({ request, reply }) => {
    const ceremony = request.cookies[CEREMONY_COOKIE];
    reply.clearCookie(CEREMONY_COOKIE, COOKIE);
    try {
      if (ceremony === undefined)
        throw new TouchstoneError('sign-in-failed', 'a way back that this browser did not begin');
      const secret = await signIn.callback(new URL(request.url, origin), ceremony, clientNameOf(request));
      enter(reply, secret);
      return reply.redirect('/', SEE_OTHER);
    } catch (error) {
      logger.warn({ err: error }, 'the provider let nobody in');
      return reply.redirect(`/#failed=${toErrorReport(error).code}`, SEE_OTHER);
    }
  });
  handle(teamApi.signIn.out, async ({ request, reply }) => {
    const { session, person } = request;
    if (session && person) {
      await sessions.end(person.id, session.id);
      await audit.note({ person: person.id, action: 'signed-out' });
    }
    reply.clearCookie(TEAM_SESSION_COOKIE, COOKIE);
  });
}

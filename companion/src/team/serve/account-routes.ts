import { CLOSE_CODES, TouchstoneError } from '@touchstone/shared';
import { api, scopesOf, teamApi } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { handlerOf } from '../../gateway/handle.ts';
import type { Connections } from '../../gateway/socket/connections.ts';
import type { TeamPeople } from '../people/open-people.ts';
import type { OwnPasskeys } from '../people/own-passkeys.ts';
import { whoAsks } from './who-asks.ts';

/** What somebody looks after themselves: where and how they are signed in, browsers whose extension works for them, and tokens of programs. */
export async function accountRoutes(
  app: FastifyInstance,
  team: TeamPeople,
  passkeys: OwnPasskeys,
  connections: Connections,
): Promise<void> {
  const { people, sessions, browsers, tokens, audit } = team;
  const handle = handlerOf(app);

  handle(teamApi.people.me, async ({ request }) => whoAsks(request));
  handle(teamApi.account.change, async ({ body: { name }, request }) => {
    const named = await people.rename(whoAsks(request).id, name);
    if (!named) throw new TouchstoneError('not-found');
    return named;
  });
  handle(teamApi.people.sessions, async ({ request }) => {
    const open = await sessions.list(whoAsks(request).id);
    return { sessions: open.map((session) => ({ ...session, own: session.id === request.session?.id })) };
  });
  handle(teamApi.people.endSession, async ({ params: { id }, request }) => {
    const person = whoAsks(request);
    if (!(await sessions.end(person.id, id))) throw new TouchstoneError('not-found');
    await audit.note({ person: person.id, action: 'session-ended', target: id });
  });

  handle(teamApi.account.waysIn, async ({ request }) => passkeys.list(whoAsks(request).id));
  handle(teamApi.account.passkeyOptions, async ({ request }) => passkeys.options(whoAsks(request)));
  handle(teamApi.account.addPasskey, async ({ body, request }) => passkeys.add(whoAsks(request).id, body));
  handle(teamApi.account.namePasskey, async ({ params: { id }, body, request }) => {
    const named = await passkeys.rename(whoAsks(request).id, id, body.name);
    if (!named) throw new TouchstoneError('not-found');
    return named;
  });
  handle(teamApi.account.removePasskey, async ({ params: { id }, request }) => {
    if (!(await passkeys.remove(whoAsks(request).id, id))) throw new TouchstoneError('not-found');
  });

  handle(teamApi.people.letIn, async ({ body, request }) => browsers.letIn(whoAsks(request).id, body.verifierHash));
  handle(api.browsers.list, async ({ request }) => {
    const own = await browsers.list(whoAsks(request).id);
    return own.map((browser) => ({ ...browser, connected: connections.isConnected(browser.id) }));
  });
  handle(api.browsers.revoke, async ({ params: { id }, request }) => {
    if (!(await browsers.remove(whoAsks(request).id, id))) throw new TouchstoneError('not-found');
    connections.disconnect(id, CLOSE_CODES.notPaired);
  });

  handle(api.tokens.list, async ({ request }) => [...(await tokens.list(whoAsks(request).id))]);
  handle(api.tokens.create, async ({ body, request }) => {
    const { id, role } = whoAsks(request);
    const allowed = scopesOf(role);
    if (!body.scopes.every((scope) => allowed.includes(scope))) throw new TouchstoneError('role-missing');
    return tokens.create(id, body);
  });
  handle(api.tokens.revoke, async ({ params: { id }, request }) => {
    if (!(await tokens.revoke(whoAsks(request).id, id))) throw new TouchstoneError('not-found');
  });
}

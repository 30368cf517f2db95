import { CLOSE_CODES, TouchstoneError } from '@touchstone/shared';
import { api, type Person, teamApi } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { handlerOf } from '../../gateway/handle.ts';
import type { Connections } from '../../gateway/socket/connections.ts';
import { joinLink } from '../addresses.ts';
import type { TeamPeople } from '../people/open-people.ts';

/** @throws TouchstoneError `unauthorized` where nobody is signed in: the door lets nobody as far as here then */
function whoAsks({ person }: FastifyRequest): Person {
  if (!person) throw new TouchstoneError('unauthorized');
  return person;
}

/** People, their sessions, browsers and tokens, and the audit log. @param address of the server */
export async function peopleRoutes(
  app: FastifyInstance,
  team: TeamPeople,
  address: URL,
  connections: Connections,
): Promise<void> {
  const { people, invitations, sessions, browsers, tokens, audit } = team;
  const handle = handlerOf(app);

  handle(teamApi.people.me, async ({ request }) => whoAsks(request));
  handle(teamApi.people.sessions, async ({ request }) => {
    const open = await sessions.list(whoAsks(request).id);
    return { sessions: open.map((session) => ({ ...session, own: session.id === request.session?.id })) };
  });
  handle(teamApi.people.endSession, async ({ params: { id }, request }) => {
    const person = whoAsks(request);
    if (!(await sessions.end(person.id, id))) throw new TouchstoneError('not-found');
    await audit.note({ person: person.id, action: 'session-ended', target: id });
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

  handle(teamApi.people.list, async () => ({ people: [...(await people.list())] }));
  handle(teamApi.people.change, async ({ params: { id }, body, request }) => {
    const changed = await people.change(id, body, whoAsks(request).id);
    if (!changed) throw new TouchstoneError('not-found');
    return changed;
  });
  handle(teamApi.people.invite, async ({ body, request }) => {
    const { secret, expiresAt } = await invitations.issue(body, whoAsks(request).id);
    return { url: joinLink(address, secret), expiresAt };
  });
  handle(teamApi.people.audit, async ({ query: { before, limit } }) => {
    const found = await audit.list(limit + 1, before);
    const entries = found.slice(0, limit);
    return { entries, next: found.length > limit ? (entries.at(-1)?.number ?? null) : null };
  });

  handle(api.tokens.list, async ({ request }) => [...(await tokens.list(whoAsks(request).id))]);
  handle(api.tokens.create, async ({ body, request }) => tokens.create(whoAsks(request).id, body));
  handle(api.tokens.revoke, async ({ params: { id }, request }) => {
    if (!(await tokens.revoke(whoAsks(request).id, id))) throw new TouchstoneError('not-found');
  });
}

import { TouchstoneError } from '@touchstone/shared';
import { teamApi } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { handlerOf } from '../../gateway/handle.ts';
import { joinLink } from '../addresses.ts';
import type { TeamPeople } from '../people/open-people.ts';
import { whoAsks } from './who-asks.ts';

/** The people of a team, and who is invited. @param address of the server */
export async function peopleRoutes(app: FastifyInstance, team: TeamPeople, address: URL): Promise<void> {
  const { people, colleagues, invitations } = team;
  const handle = handlerOf(app);

  handle(teamApi.people.list, async () => ({ people: [...(await colleagues.list())] }));
  handle(teamApi.people.change, async ({ params: { id }, body, request }) => {
    const changed = await people.change(id, body, whoAsks(request).id);
    if (!changed) throw new TouchstoneError('not-found');
    return changed;
  });
  handle(teamApi.people.invite, async ({ body, request }) => {
    const { secret, expiresAt } = await invitations.issue(body, whoAsks(request).id);
    return { url: joinLink(address, secret), expiresAt };
  });
  handle(teamApi.people.invitations, async () => ({ invitations: [...(await invitations.list())] }));
  handle(teamApi.people.withdraw, async ({ params: { id }, request }) => {
    if (!(await invitations.withdraw(id, whoAsks(request).id))) throw new TouchstoneError('not-found');
  });
}

import { TouchstoneError } from '@touchstone/shared';
import { teamApi } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { handlerOf } from '../../gateway/handle.ts';
import type { CaseSharings } from '../records/case-sharing.ts';

/** With whom cases are shared: the people of a team alone, on the history page. */
export async function sharingRoutes(app: FastifyInstance, sharings: CaseSharings): Promise<void> {
  const handle = handlerOf(app);

  handle(teamApi.sharing.get, async ({ params: { id } }) => {
    const found = await sharings.get(id);
    if (!found) throw new TouchstoneError('not-found');
    return found;
  });
  handle(teamApi.sharing.change, async ({ params: { id }, body }) => {
    const changed = await sharings.change(id, body);
    if (!changed) throw new TouchstoneError('not-found');
    return changed;
  });
  handle(teamApi.sharing.colleagues, async () => ({ people: [...(await sharings.colleagues())] }));
}

import { TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';

/** What is there, or the words that it is not. @throws TouchstoneError `not-found` */
function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new TouchstoneError('not-found');
  return thing;
}

/** Cases: for programs, and for the history page. What is called how is told to nobody's log. */
export async function caseRoutes(app: FastifyInstance, { cases }: GatewayContext): Promise<void> {
  const handle = handlerOf(app);

  for (const routes of [api.v1Cases, api.cases]) {
    handle(routes.list, async () => ({ cases: [...(await cases.list())] }));
    handle(routes.create, async ({ body }) => cases.create(body));
    handle(routes.get, async ({ params: { id } }) => found(await cases.get(id)));
    handle(routes.change, async ({ params: { id }, body }) => found(await cases.change(id, body)));
    handle(routes.delete, async ({ params: { id } }) => {
      if (!(await cases.delete(id))) throw new TouchstoneError('not-found');
    });
    handle(routes.add, async ({ params: { id }, body }) => found(await cases.add(id, body)));
    handle(routes.take, async ({ params: { id, record } }) => {
      if (!(await cases.take(id, { ids: [record] }))?.taken) throw new TouchstoneError('not-found');
    });
    handle(routes.takeAll, async ({ params: { id }, body }) => found(await cases.take(id, body)));
  }
}

import { TouchstoneError, UNDO_DELETION_MS } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { prune } from '../../store/prune.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { changeRecord } from '../v1/change-record.ts';
import { sendPicture } from './send-picture.ts';

/** Pages, records, pictures, labels and deletions of the history. */
export async function historyRoutes(app: FastifyInstance, { log, cases, signal }: GatewayContext): Promise<void> {
  const handle = handlerOf(app);

  handle(api.history.query, async ({ body }) => log.query(body));
  handle(api.history.facets, async () => log.facets());
  handle(api.history.delete, async ({ body }) => {
    if (body.undoable) {
      const { deleted, held } = await log.holdBack(body, Date.now() + UNDO_DELETION_MS);
      return { deleted, ...(held && { undo: { deletion: held.id, until: held.dueAt } }) };
    }
    return { deleted: await ('ids' in body ? log.deleteIds(body.ids) : log.deleteFilter(body.filter)) };
  });
  handle(api.history.deletions, async () => {
    const waiting = await log.heldBack();
    return { deletions: waiting.map(({ id, dueAt, count }) => ({ deletion: id, until: dueAt, count })) };
  });
  handle(api.history.undoDelete, async ({ body: { deletion } }) => {
    const restored = await log.restore(deletion);
    if (restored === 0) throw new TouchstoneError('undo-too-late');
    return { restored };
  });

  handle(api.history.prune, async ({ body }) => ({ deleted: await prune(log, body, signal) }));

  handle(api.records.get, async ({ params }) => {
    const record = await log.get(params.id);
    if (!record) throw new TouchstoneError('not-found');
    return record;
  });
  handle(api.records.thumbnail, async ({ params, reply }) => sendPicture(reply, await log.thumbnail(params.id)));
  handle(api.records.original, async ({ params, reply }) => sendPicture(reply, await log.original(params.id)));
  handle(api.records.peak, async ({ params: { id, place }, reply }) =>
    sendPicture(reply, await log.peak(id, Number(place))),
  );
  handle(api.records.change, async ({ params: { id }, body }) => changeRecord({ log, cases }, id, body));
  handle(api.records.label, async ({ params: { id }, body: { label } }) => {
    if (!(await log.setLabel(id, label))) throw new TouchstoneError('not-found');
    return { id, label };
  });
}

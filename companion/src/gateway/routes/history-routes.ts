import { DeleteRequest, HistoryPageRequest, LabelRequest, TouchstoneError } from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { EITHER } from '../access.ts';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';
import { RecordParams } from './record-params.ts';
import { sendPicture } from './send-picture.ts';

const PeakParams = v.object({ ...RecordParams.entries, place: v.pipe(v.string(), v.digits(), v.maxLength(2)) });

/** Pages, records, pictures, labels and deletions of the history. */
export async function historyRoutes(app: FastifyInstance, { log }: GatewayContext): Promise<void> {
  app.post('/api/history/query', EITHER, async (request) =>
    log.query(parseRequest(HistoryPageRequest, request.body ?? {})),
  );

  app.get('/api/history/facets', EITHER, async () => log.facets());

  app.get('/api/history/records/:id', EITHER, async (request) => {
    const record = log.get(parseRequest(RecordParams, request.params).id);
    if (!record) throw new TouchstoneError('not-found');
    return record;
  });

  app.get('/api/history/records/:id/thumbnail', EITHER, async (request, reply) =>
    sendPicture(reply, log.thumbnail(parseRequest(RecordParams, request.params).id)),
  );

  app.get('/api/history/records/:id/original', EITHER, async (request, reply) =>
    sendPicture(reply, await log.original(parseRequest(RecordParams, request.params).id)),
  );

  app.get('/api/history/records/:id/peaks/:place', EITHER, async (request, reply) => {
    const { id, place } = parseRequest(PeakParams, request.params);
    return sendPicture(reply, log.peak(id, Number(place)));
  });

  app.put('/api/history/records/:id/label', EITHER, async (request) => {
    const { id } = parseRequest(RecordParams, request.params);
    const { label } = parseRequest(LabelRequest, request.body);
    if (!log.setLabel(id, label)) throw new TouchstoneError('not-found');
    return { id, label };
  });

  app.post('/api/history/delete', EITHER, async (request) => {
    const wanted = parseRequest(DeleteRequest, request.body);
    return { deleted: await ('ids' in wanted ? log.deleteIds(wanted.ids) : log.deleteFilter(wanted.filter)) };
  });
}

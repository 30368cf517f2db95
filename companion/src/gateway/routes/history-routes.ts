import { DeleteRequest, HistoryPageRequest, LabelRequest, TouchstoneError } from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';
import { sendPicture } from './send-picture.ts';

const RecordParams = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
const PeakParams = v.object({ ...RecordParams.entries, place: v.pipe(v.string(), v.digits(), v.maxLength(2)) });

/** Pages, records, pictures, labels and deletions of the history. */
export async function historyRoutes(app: FastifyInstance, { log }: GatewayContext): Promise<void> {
  app.post('/api/history/query', async (request) => log.query(parseRequest(HistoryPageRequest, request.body ?? {})));

  app.get('/api/history/facets', async () => log.facets());

  app.get('/api/history/records/:id', async (request) => {
    const record = log.get(parseRequest(RecordParams, request.params).id);
    if (!record) throw new TouchstoneError('not-found');
    return record;
  });

  app.get('/api/history/records/:id/thumbnail', async (request, reply) =>
    sendPicture(reply, log.thumbnail(parseRequest(RecordParams, request.params).id)),
  );

  app.get('/api/history/records/:id/original', async (request, reply) =>
    sendPicture(reply, log.original(parseRequest(RecordParams, request.params).id)),
  );

  app.get('/api/history/records/:id/peaks/:place', async (request, reply) => {
    const { id, place } = parseRequest(PeakParams, request.params);
    return sendPicture(reply, log.peak(id, Number(place)));
  });

  app.put('/api/history/records/:id/label', async (request) => {
    const { id } = parseRequest(RecordParams, request.params);
    const { label } = parseRequest(LabelRequest, request.body);
    if (!log.setLabel(id, label)) throw new TouchstoneError('not-found');
    return { id, label };
  });

  app.post('/api/history/delete', async (request) => {
    const wanted = parseRequest(DeleteRequest, request.body);
    return { deleted: 'ids' in wanted ? log.deleteIds(wanted.ids) : log.deleteFilter(wanted.filter) };
  });
}

import { FiniteNumber, ForensicView, RecheckRequest, TouchstoneError, VerifyRequest } from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { findPicture } from '../../pipeline/find-picture.ts';
import { createViewRenderer } from '../../views/render-view.ts';
import { EITHER } from '../access.ts';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';
import { goneSignal } from './gone-signal.ts';
import { RecordParams } from './record-params.ts';
import { sendPicture } from './send-picture.ts';

const ViewParams = v.object({ ...RecordParams.entries, view: ForensicView });

const number = (minimum: number, maximum: number) =>
  v.pipe(v.string(), v.transform(Number), FiniteNumber, v.minValue(minimum), v.maxValue(maximum));

/** Where the magnifier stands; the middle, four times enlarged, unless the request says. */
const ViewQuery = v.object({
  x: v.optional(number(0, 1), '0.5'),
  y: v.optional(number(0, 1), '0.5'),
  zoom: v.optional(number(2, 16), '4'),
});

/** What a person may ask about one record, and about the log as a whole. */
export async function evidenceRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { log, recent, pipeline } = context;
  const renderView = createViewRenderer(pipeline.decoder);

  app.post('/api/history/records/:id/explain', EITHER, async (request, reply) => {
    const picture = await findPicture(log, recent, parseRequest(RecordParams, request.params).id);
    return pipeline.explain({ ...picture, signal: goneSignal(reply) });
  });

  app.get('/api/history/records/:id/views/:view', EITHER, async (request, reply) => {
    const { id, view } = parseRequest(ViewParams, request.params);
    const place = parseRequest(ViewQuery, request.query);
    const { bytes } = await findPicture(log, recent, id);
    return sendPicture(reply, await renderView({ view, bytes, place, signal: goneSignal(reply) }));
  });

  app.post('/api/history/records/:id/recheck', EITHER, async (request, reply) => {
    if (context.draining()) throw new TouchstoneError('shutting-down');
    const { id } = parseRequest(RecordParams, request.params);
    const { pack } = parseRequest(RecheckRequest, request.body ?? {});
    const { record, bytes } = await findPicture(log, recent, id);
    return pipeline.check({
      source: record.source,
      lane: 'asked',
      bytes,
      fresh: true,
      recheckOf: id,
      ...(pack === undefined ? {} : { pack }),
      signal: goneSignal(reply),
    });
  });

  app.post('/api/history/verify', EITHER, async (request, reply) => {
    const { head } = parseRequest(VerifyRequest, request.body ?? {});
    return log.verify({ notedHead: head, signal: goneSignal(reply) });
  });
}

import { type CaptureSource, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { findPicture } from '../../pipeline/find-picture.ts';
import { createViewRenderer } from '../../views/render-view.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { goneSignal } from './gone-signal.ts';
import { sendPicture } from './send-picture.ts';

/** Where a shared picture came from stays in its owner's record: a check of one's own is still there when sharing has ended. */
function sourceOfRecheck({ source, shared }: ResultRecord): CaptureSource {
  if (!shared) return source;
  const { kind, path, private: isPrivate } = source;
  return { kind, path, private: isPrivate };
}

/** What a person may ask about one record, and about the log as a whole. */
export async function evidenceRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { log, recent, pipeline } = context;
  const renderView = createViewRenderer(pipeline.decoder);

  const handle = handlerOf(app);

  handle(api.records.explain, async ({ params, reply }) => {
    const picture = await findPicture(log, recent, params.id);
    return pipeline.explain({ ...picture, signal: goneSignal(reply) });
  });

  handle(api.records.view, async ({ params: { id, view }, query: place, reply }) => {
    const { bytes } = await findPicture(log, recent, id);
    return sendPicture(reply, await renderView({ view, bytes, place, signal: goneSignal(reply) }));
  });

  handle(api.records.recheck, async ({ params: { id }, body: { pack }, reply }) => {
    if (context.draining()) throw new TouchstoneError('shutting-down');
    const { record, bytes } = await findPicture(log, recent, id);
    return pipeline.check({
      source: sourceOfRecheck(record),
      lane: 'asked',
      bytes,
      fresh: true,
      recheckOf: id,
      ...(pack === undefined ? {} : { pack }),
      signal: goneSignal(reply),
    });
  });

  handle(api.history.verify, async ({ body: { head }, reply }) =>
    log.verify({ notedHead: head, signal: goneSignal(reply) }),
  );
}

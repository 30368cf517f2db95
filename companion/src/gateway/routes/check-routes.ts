import { hash } from 'node:crypto';
import { TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { boundedRequests, sharesOf } from './bounded-requests.ts';
import { goneSignal } from './gone-signal.ts';

/** Pictures in memory on their way in; each may have MAX_CAPTURE_BYTES. */
export const CHECKS_AT_ONCE = 16;

/** Of one person in a team, whose server takes those of a few people at once. */
const CHECKS_OF_ONE_PERSON = 8;

/** The bytes of one picture in, its record out. */
export async function checkRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const takePlace = boundedRequests(sharesOf(context, CHECKS_AT_ONCE, CHECKS_OF_ONE_PERSON));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  // After the access check (an onRequest hook of the parent) and before a single byte of the body is read.
  app.addHook('onRequest', async (request, reply) => {
    if (context.draining()) throw new TouchstoneError('shutting-down');
    takePlace(request, reply);
  });

  handlerOf(app)(api.checks.picture, async ({ query: { fileName, pack, recheckOf }, request, reply }) => {
    const earlier = recheckOf === undefined ? undefined : await context.log.get(recheckOf);
    if (recheckOf !== undefined && !earlier) throw new TouchstoneError('not-found');
    const bytes = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array(0);
    const file = {
      kind: 'image',
      path: 'file',
      private: false,
      ...(fileName === undefined ? {} : { fileName }),
    } as const;
    const same = earlier?.picture.sha256 === hash('sha256', bytes) ? earlier : undefined;
    return context.pipeline.check({
      // Where another person found what they share stays theirs.
      source: same && !same.shared ? same.source : file,
      ...(same && { recheckOf: same.id, fresh: true }),
      lane: 'asked',
      bytes,
      ...(pack === undefined ? {} : { pack }),
      signal: goneSignal(reply),
      trace: request.traced?.trace,
    });
  });
}

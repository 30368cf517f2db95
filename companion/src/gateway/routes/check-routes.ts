import { MAX_CAPTURE_BYTES, MAX_TITLE_LENGTH, TouchstoneError } from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { EITHER } from '../access.ts';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';
import { boundedRequests } from './bounded-requests.ts';

/** Pictures in memory on their way in; each may have MAX_CAPTURE_BYTES. */
export const CHECKS_AT_ONCE = 16;

const CheckQuery = v.object({
  fileName: v.optional(v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH))),
  pack: v.optional(v.pipe(v.string(), v.maxLength(100))),
});

/** POST /api/check: the bytes of one picture in, its record out. Any content type: the bytes say what they are. */
export async function checkRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const takePlace = boundedRequests(CHECKS_AT_ONCE);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  // After the access check (an onRequest hook of the parent) and before a single byte of the body is read.
  app.addHook('onRequest', async (_request, reply) => {
    if (context.draining()) throw new TouchstoneError('shutting-down');
    takePlace(reply);
  });

  app.post('/api/check', { ...EITHER, bodyLimit: MAX_CAPTURE_BYTES }, async (request, reply) => {
    const { fileName, pack } = parseRequest(CheckQuery, request.query);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return context.pipeline.check({
      source: { kind: 'image', path: 'file', private: false, ...(fileName === undefined ? {} : { fileName }) },
      lane: 'asked',
      bytes: Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array(0),
      ...(pack === undefined ? {} : { pack }),
      signal: gone.signal,
    });
  });
}

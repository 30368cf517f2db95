import { Readable } from 'node:stream';
import {
  type CheckVideoLine,
  GivenId,
  MAX_TITLE_LENGTH,
  MAX_VIDEO_BYTES,
  TouchstoneError,
  toErrorReport,
} from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { createSpool } from '../../video-file/spool.ts';
import { EITHER } from '../access.ts';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';
import { boundedRequests } from './bounded-requests.ts';
import { goneSignal } from './gone-signal.ts';

/** Videos on their way in at the same time: each may take MAX_VIDEO_BYTES of the disk. */
export const VIDEO_UPLOADS_AT_ONCE = 4;
/** Lines of progress are not sent more often than this. Milliseconds. */
const PROGRESS_EVERY_MS = 100;

const VideoQuery = v.object({
  fileName: v.optional(v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH))),
  pack: v.optional(v.pipe(v.string(), v.maxLength(100))),
  recheckOf: v.optional(GivenId),
});

/** POST /api/check-video: a video streams in, lines of CheckVideoLine stream out. */
export async function checkVideoRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const spool = createSpool(context.spoolFolder);
  const takePlace = boundedRequests(VIDEO_UPLOADS_AT_ONCE);
  app.removeAllContentTypeParsers();
  // The body stays a stream.
  app.addContentTypeParser('*', (_request, _body, done) => done(null));

  app.addHook('onRequest', async (request, reply) => {
    // A parser that leaves the body a stream does not look at its length.
    if (Number(request.headers['content-length'] ?? 0) > MAX_VIDEO_BYTES) throw new TouchstoneError('too-large');
    if (context.draining()) throw new TouchstoneError('shutting-down');
    takePlace(reply);
  });

  app.post('/api/check-video', { ...EITHER, bodyLimit: MAX_VIDEO_BYTES }, async (request, reply) => {
    const { fileName, pack, recheckOf } = parseRequest(VideoQuery, request.query);
    if (recheckOf !== undefined && !context.log.get(recheckOf)) throw new TouchstoneError('not-found');
    const signal = goneSignal(reply);
    const file = await spool.receive(request.raw, signal);
    const lines = new Readable({ read() {} });
    const write = (line: CheckVideoLine): boolean => lines.push(`${JSON.stringify(line)}\n`);
    let lastAt = Number.NEGATIVE_INFINITY;
    const checking = context.videos
      .check({
        path: file.path,
        fileName,
        pack,
        recheckOf,
        sha256: file.sha256,
        signal,
        onProgress(progress) {
          const now = performance.now();
          if (now - lastAt < PROGRESS_EVERY_MS) return;
          lastAt = now;
          write(progress);
        },
      })
      .then(
        (record) => write({ type: 'result', record }),
        (error: unknown) => write({ type: 'error', error: toErrorReport(error) }),
      )
      .finally(() => {
        lines.push(null);
        return file.remove();
      });
    checking.catch((error: unknown) => context.logger.error({ err: error }, 'a spooled video could not be removed'));
    return reply.type('application/x-ndjson').send(lines);
  });
}

import { Readable } from 'node:stream';
import { TouchstoneError, toErrorReport } from '@touchstone/shared';
import { api, type CheckVideoLine } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { createSpool } from '../../video-file/spool.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { boundedRequests, sharesOf } from './bounded-requests.ts';
import { goneSignal } from './gone-signal.ts';

/** Videos on their way in at the same time: each may take `maxBytes` of the route on the disk. */
export const VIDEO_UPLOADS_AT_ONCE = 4;
/** Of one person in a team, whose server takes those of a few people at once. */
const VIDEO_UPLOADS_OF_ONE_PERSON = 2;
/** Lines of progress are not sent more often than this. Milliseconds. */
const PROGRESS_EVERY_MS = 100;

/** A video streams in, lines of CheckVideoLine stream out. */
export async function checkVideoRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const spool = createSpool(context.spoolFolder);
  const takePlace = boundedRequests(sharesOf(context, VIDEO_UPLOADS_AT_ONCE, VIDEO_UPLOADS_OF_ONE_PERSON));
  app.removeAllContentTypeParsers();
  // The body stays a stream.
  app.addContentTypeParser('*', (_request, _body, done) => done(null));

  app.addHook('onRequest', async (request, reply) => {
    // A parser that leaves the body a stream does not look at its length.
    if (Number(request.headers['content-length'] ?? 0) > api.checks.video.body.maxBytes) {
      throw new TouchstoneError('too-large');
    }
    if (context.draining()) throw new TouchstoneError('shutting-down');
    takePlace(request, reply);
  });

  handlerOf(app)(api.checks.video, async ({ query: { fileName, pack, recheckOf }, request, reply }) => {
    if (recheckOf !== undefined && !(await context.log.get(recheckOf))) throw new TouchstoneError('not-found');
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
        trace: request.traced?.trace,
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
    return lines;
  });
}

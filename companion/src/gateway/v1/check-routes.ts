import fastifyMultipart from '@fastify/multipart';
import { TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { aliasUploads } from '../aliases/alias-uploads.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { boundedRequests, sharesOf } from '../routes/bounded-requests.ts';
import { createCheckAcceptance } from './accept-checks.ts';
import { preferredWait } from './wait-for-jobs.ts';

/** Calls whose bytes are on their way in; each goes to the disk piece by piece. */
const UPLOADS_AT_ONCE = 16;

/** Accepts checks: their bytes first, then the promise that each will end. */
export async function newCheckRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { settings } = context;
  const takePlace = boundedRequests(sharesOf(context, UPLOADS_AT_ONCE));
  const acceptChecks = createCheckAcceptance(context);
  app.removeAllContentTypeParsers();
  // The body stays a stream; a form is read part by part, by the handler, once its sender is known.
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  await app.register(fastifyMultipart);

  app.addHook('onRequest', async (request, reply) => {
    if (Number(request.headers['content-length'] ?? 0) > api.v1Checks.create.body.maxBytes) {
      throw new TouchstoneError('too-large');
    }
    if (context.draining()) throw new TouchstoneError('shutting-down');
    if (settings.current().recordingPaused) throw new TouchstoneError('recording-paused');
    takePlace(request, reply);
  });

  handlerOf(app)(api.v1Checks.create, async ({ query, request, reply }) => {
    if (query.pack !== undefined && query.packs !== undefined) {
      throw new TouchstoneError('bad-request', 'packs: either pack or packs');
    }
    const preferred = preferredWait(request.headers.prefer);
    const waitSeconds = query.wait ?? preferred ?? 0;
    const checks = await acceptChecks({ request, reply, wanted: query, waitSeconds });
    if (query.wait === undefined && preferred !== undefined) reply.header('preference-applied', `wait=${waitSeconds}`);
    return { checks: [...checks] };
  });

  aliasUploads(handlerOf(app), context, acceptChecks);
}

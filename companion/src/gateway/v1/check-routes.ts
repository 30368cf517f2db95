import fastifyMultipart from '@fastify/multipart';
import { TouchstoneError } from '@touchstone/shared';
import { addressOf, api, type NewCheckQuery } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasEnded, type Job, type JobWork, LOCAL_OWNER } from '../../jobs/job.ts';
import type { Acceptance } from '../../jobs/job-ledger.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { boundedRequests } from '../routes/bounded-requests.ts';
import { goneSignal } from '../routes/gone-signal.ts';
import { checkView } from './check-view.ts';
import { createKeysInFlight, fingerprintOf, idempotencyKeyOf } from './idempotency.ts';
import { type ReceivedFile, receiveFiles } from './receive-files.ts';
import { preferredWait, waitForJobs } from './wait-for-jobs.ts';

/** Calls whose bytes are on their way in; each goes to the disk piece by piece. */
const UPLOADS_AT_ONCE = 16;

/** Accepted, not yet done (RFC 9110, 15.3.3). */
const ACCEPTED = 202;

/** Who sends: clients take turns, and each has keys of its own. */
const clientOf = ({ token }: FastifyRequest): string => (token === undefined ? 'control' : `token:${token.id}`);

/** Accepts checks: their bytes first, then the promise that each will end. */
export async function newCheckRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { ledger, contents, settings, log } = context;
  const takePlace = boundedRequests(UPLOADS_AT_ONCE);
  const once = createKeysInFlight();
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
    takePlace(reply);
  });

  function worksOf(file: ReceivedFile, { fresh, pack, packs }: NewCheckQuery, client: string): JobWork[] {
    const { quickPack, thoroughPack } = settings.current();
    const { kind, sha256, bytes, fileName } = file;
    return (packs ?? [pack]).map((chosen) => ({
      kind,
      content: sha256,
      bytes,
      lane: 'asked',
      source: {
        kind: kind === 'video' ? 'video' : 'image',
        path: 'file',
        private: false,
        ...(fileName === undefined ? {} : { fileName }),
      },
      ...(chosen === undefined ? {} : { pack: chosen }),
      settings: { quickPack, thoroughPack },
      fresh: fresh === 'true',
      owner: LOCAL_OWNER,
      client,
    }));
  }

  async function accept(request: FastifyRequest, query: NewCheckQuery, signal: AbortSignal): Promise<Acceptance> {
    const client = clientOf(request);
    const given = idempotencyKeyOf(request);
    const key = given === undefined ? undefined : `${client} ${given}`;
    return once(key, async () => {
      const received: ReceivedFile[] = [];
      try {
        await receiveFiles(request, contents, { fileName: query.fileName, received, signal });
        const works = received.flatMap((file) => worksOf(file, query, client));
        return await ledger.accept(works, key === undefined ? undefined : { key, fingerprint: fingerprintOf(works) });
      } finally {
        await Promise.all(received.map((file) => file.release()));
      }
    });
  }

  handlerOf(app)(api.v1Checks.create, async ({ query, request, reply }) => {
    if (query.pack !== undefined && query.packs !== undefined) {
      throw new TouchstoneError('bad-request', 'packs: either pack or packs');
    }
    const signal = goneSignal(reply);
    const acceptance = await accept(request, query, signal).catch((error: unknown) => {
      if (error instanceof TouchstoneError && error.code === 'busy') {
        reply.header('retry-after', ledger.retryAfterSeconds());
      }
      throw error;
    });
    if (acceptance.outcome === 'key-reused') throw new TouchstoneError('key-reused');
    if (acceptance.outcome === 'replayed') reply.header('idempotent-replayed', 'true');
    const preferred = preferredWait(request.headers.prefer);
    const wait = query.wait ?? preferred ?? 0;
    if (query.wait === undefined && preferred !== undefined) reply.header('preference-applied', `wait=${wait}`);
    const jobs: readonly Job[] = await waitForJobs(acceptance.jobs, ledger, wait, signal);
    const [first, second] = jobs;
    if (first && !second) reply.header('location', addressOf(api.v1Checks.get, { params: { id: first.id } }));
    if (!jobs.every(hasEnded)) reply.code(ACCEPTED);
    return { checks: await Promise.all(jobs.map((job) => checkView(job, log))) };
  });
}

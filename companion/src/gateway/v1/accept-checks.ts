import { TouchstoneError } from '@touchstone/shared';
import { addressOf, api, type Check, type NewCheckQuery } from '@touchstone/shared/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasEnded, type Job, type JobWork } from '../../jobs/job.ts';
import type { Acceptance } from '../../jobs/job-ledger.ts';
import type { GatewayContext } from '../context.ts';
import { goneSignal } from '../routes/gone-signal.ts';
import { checkView } from './check-view.ts';
import { clientOf, ownerOf } from './client-of.ts';
import { createKeysInFlight, fingerprintOf, idempotencyKeyOf } from './idempotency.ts';
import { type FileLimits, type ReceivedFile, receiveFiles } from './receive-files.ts';
import { waitForJobs } from './wait-for-jobs.ts';

/** Accepted, not yet done (RFC 9110, 15.3.3). */
const ACCEPTED = 202;

/** What a request wants of the files that it brings. */
export interface NewChecks {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly wanted: Pick<NewCheckQuery, 'fresh' | 'fileName' | 'pack' | 'packs'>;
  readonly files?: FileLimits;
  readonly waitSeconds: number;
}

type Sender = Pick<JobWork, 'owner' | 'client'>;

export type AcceptChecks = (asked: NewChecks) => Promise<readonly Check[]>;

/** Sets the status of an answer: 202 while any of the jobs it tells of goes on. */
export function sayIfAccepted(jobs: readonly Job[], reply: FastifyReply): void {
  if (!jobs.every(hasEnded)) reply.code(ACCEPTED);
}

/**
 * Makes what takes the files of a request as durable checks and waits for them: the one way in for every address that takes files.
 * Status and headers of the reply say what became of them.
 */
export function createCheckAcceptance({ ledger, contents, pipeline, log }: GatewayContext): AcceptChecks {
  const once = createKeysInFlight();

  function worksOf(
    file: ReceivedFile,
    { fresh, pack, packs }: NewChecks['wanted'],
    { owner, client }: Sender,
  ): JobWork[] {
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
      ...(chosen === undefined ? {} : { pack: pipeline.packs.labelOf(chosen) }),
      settings: pipeline.packs.pinned(),
      fresh: fresh === 'true',
      owner,
      client,
    }));
  }

  async function accept({ request, wanted, files }: NewChecks, signal: AbortSignal): Promise<Acceptance> {
    const client = clientOf(request);
    const given = idempotencyKeyOf(request);
    const key = given === undefined ? undefined : `${client} ${given}`;
    return once(key, async () => {
      const received: ReceivedFile[] = [];
      try {
        await receiveFiles(request, contents, { fileName: wanted.fileName, limits: files, received, signal });
        const trace = request.traced && { trace: request.traced.trace };
        const works = received
          .flatMap((file) => worksOf(file, wanted, { owner: ownerOf(request), client }))
          .map((work) => ({ ...work, ...trace }));
        return await ledger.accept(works, key === undefined ? undefined : { key, fingerprint: fingerprintOf(works) });
      } finally {
        await Promise.all(received.map((file) => file.release()));
      }
    });
  }

  return async (asked) => {
    const { reply, waitSeconds } = asked;
    const signal = goneSignal(reply);
    const acceptance = await accept(asked, signal).catch((error: unknown) => {
      if (error instanceof TouchstoneError && error.code === 'busy') {
        reply.header('retry-after', ledger.retryAfterSeconds());
      }
      throw error;
    });
    if (acceptance.outcome === 'key-reused') throw new TouchstoneError('key-reused');
    if (acceptance.outcome === 'replayed') reply.header('idempotent-replayed', 'true');
    const jobs = await waitForJobs(acceptance.jobs, ledger, waitSeconds, signal);
    const [first, second] = jobs;
    if (first && !second) reply.header('location', addressOf(api.v1Checks.get, { params: { id: first.id } }));
    sayIfAccepted(jobs, reply);
    return Promise.all(jobs.map((job) => checkView(job, log)));
  };
}

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Lane, PROGRESS_STAGES, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { awaitJob } from '../../jobs/await-job.ts';
import type { Job, JobWork } from '../../jobs/job.ts';
import type { CheckRequest, Pipeline } from '../../pipeline/pipeline.ts';
import type { RecentPictures } from '../../pipeline/recent-pictures.ts';
import type { Contents, HeldContent } from '../../store/contents.ts';
import type { Tracing } from '../../tracing/tracing.ts';
import type { VideoProgress } from '../../video-file/progress-lines.ts';
import type { VideoChecker } from '../../video-file/video-checker.ts';
import type { OwnerScope } from '../records/owner-scope.ts';
import { turnOf } from './models-by-person.ts';
import type { OwnedLedger } from './owned-rooms.ts';

export interface QueueRooms {
  /** Of whoever asks. */
  readonly ledger: OwnedLedger;
  readonly contents: Contents;
  readonly owners: OwnerScope;
  readonly recent: RecentPictures;
  /** This server's own models: what may not be written into the queue is judged by them. */
  readonly local: Pick<Pipeline, 'check' | 'packs' | 'status'>;
  /** Follows checks on their way to a worker, where a person asked for it. */
  readonly tracing?: Pick<Tracing, 'passedOn'> | undefined;
}

type Asked = Pick<JobWork, 'kind' | 'source'> & {
  readonly pack?: string | undefined;
  readonly fresh?: boolean | undefined;
  readonly recheckOf?: string | undefined;
  readonly trace?: string | undefined;
  readonly lane?: Lane;
  readonly onProgress?: CheckRequest['onProgress'];
};

/** Parts that a share is told in. */
const PARTS = 100;

/** Never waits by itself: whoever asks goes away at some time. */
const NEVER = new AbortController().signal;

/** A worker tells how far it is as a share; frames are not told. */
const progressOf = (share: number): VideoProgress => ({
  type: 'progress',
  framesAnalyzed: Math.round(share * PARTS),
  framesPlanned: PARTS,
  mediaTime: 0,
  timeLeft: null,
});

/** As the pipeline says it; what a newer worker says beyond that is left out. */
const stageOf = ({ stage }: Job) => PROGRESS_STAGES.find((known) => known === stage);

/**
 * What people ask goes the way of everything else: to a worker, before the bulk. What would not outlast the moment, or may not be
 * kept, goes to this server's own models and never into the queue.
 */
export function checksByQueue({ ledger, contents, owners, recent, local, tracing }: QueueRooms) {
  const { packs } = local;
  /** Tells how a job gets on, each stage once. */
  function follow(id: string, onProgress: NonNullable<Asked['onProgress']>, signal: AbortSignal): void {
    let told: string | undefined = 'queued';
    onProgress('queued');
    ledger.subscribe((job) => {
      const stage = job.id === id ? stageOf(job) : undefined;
      if (stage === undefined || stage === told) return;
      told = stage;
      onProgress(stage);
    }, signal);
  }

  async function recordOf(job: Job | undefined): Promise<ResultRecord> {
    if (job?.error) throw TouchstoneError.fromReport(job.error);
    const record = job?.recordId ? await owners.history.get(job.recordId) : undefined;
    if (!record) throw new TouchstoneError('cancelled');
    return record;
  }

  /** One trace from whoever asks through the queue to the worker. */
  async function judged(held: HeldContent, asked: Asked, signal: AbortSignal): Promise<ResultRecord> {
    const { kind, lane = 'asked', trace } = asked;
    const passed = tracing?.passedOn({ lane, medium: kind, trace });
    try {
      const record = await byWorker(held, { ...asked, trace: passed?.trace ?? trace }, signal);
      passed?.end();
      return record;
    } catch (error) {
      passed?.end(error);
      throw error;
    }
  }

  async function byWorker(
    held: HeldContent,
    { pack, fresh, recheckOf, trace, lane, onProgress, ...asked }: Asked,
    signal: AbortSignal,
  ): Promise<ResultRecord> {
    const waiter = { id: randomUUID() };
    const job = await ledger.acceptWaited(
      {
        ...asked,
        content: held.sha256,
        bytes: held.bytes,
        lane: lane === 'bulk' ? 'bulk' : 'asked',
        settings: packs.pinned(),
        fresh: fresh ?? false,
        owner: owners.owner(),
        client: turnOf(owners),
        ...(pack === undefined ? {} : { pack: packs.labelOf(pack) }),
        ...(recheckOf === undefined ? {} : { recheckOf }),
        ...(trace === undefined ? {} : { trace }),
      },
      waiter,
    );
    const over = new AbortController();
    if (onProgress) follow(job.id, onProgress, over.signal);
    try {
      return await recordOf(await awaitJob(ledger, job.id, signal));
    } catch (error) {
      // The same question is one job: it ends where nobody waits for it, at this server or another.
      if (signal.aborted) await ledger.leave(job.id, waiter);
      throw error;
    } finally {
      over.abort();
    }
  }

  const check: Pipeline['check'] = async (request) => {
    const { source, bytes, pack, fresh, recheckOf, signal = NEVER, trace, lane, onProgress } = request;
    // Whatever waits in the queue lies in the database until it is done, and the record that ends it is written.
    if (source.private || lane === 'live') {
      if (local.status().inUse.quick !== null) return local.check(request);
      throw new TouchstoneError(source.private ? 'private-not-here' : 'live-not-here');
    }
    const held = await contents.hold(bytes);
    try {
      const record = await judged(
        held,
        { kind: 'picture', source, pack, fresh, recheckOf, trace, lane, ...(onProgress && { onProgress }) },
        signal,
      );
      recent.remember(record, bytes);
      return record;
    } finally {
      await held.release();
    }
  };

  const videos: VideoChecker = {
    async check({ path, fileName, pack, recheckOf, signal = NEVER, onProgress, trace }) {
      const held = await contents.hold(createReadStream(path));
      const told = new AbortController();
      try {
        const source = {
          kind: 'video',
          path: 'file',
          private: false,
          ...(fileName === undefined ? {} : { fileName }),
        } as const;
        ledger.subscribe(({ work, progress }) => {
          if (work.content !== held.sha256 || progress === null) return;
          onProgress?.(progressOf(progress));
        }, told.signal);
        return await judged(held, { kind: 'video', source, pack, recheckOf, trace }, signal);
      } finally {
        told.abort();
        await held.release();
      }
    },
  };
  return { check, videos };
}

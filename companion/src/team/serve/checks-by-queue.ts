import { createReadStream } from 'node:fs';
import { type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { awaitJob } from '../../jobs/await-job.ts';
import type { Job, JobWork } from '../../jobs/job.ts';
import type { JobLedger } from '../../jobs/job-ledger.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { RecentPictures } from '../../pipeline/recent-pictures.ts';
import type { Contents, HeldContent } from '../../store/contents.ts';
import type { VideoProgress } from '../../video-file/progress-lines.ts';
import type { VideoChecker } from '../../video-file/video-checker.ts';
import type { OwnerScope } from '../records/owner-scope.ts';

export interface QueueRooms {
  /** Of whoever asks. */
  readonly ledger: JobLedger;
  readonly contents: Contents;
  readonly owners: OwnerScope;
  readonly recent: RecentPictures;
  readonly packs: Pipeline['packs'];
}

type Asked = Pick<JobWork, 'kind' | 'source'> & {
  readonly pack?: string | undefined;
  readonly fresh?: boolean | undefined;
  readonly recheckOf?: string | undefined;
  readonly trace?: string | undefined;
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

/** What people ask on the page goes the way of everything else: to a worker, before the bulk. */
export function checksByQueue({ ledger, contents, owners, recent, packs }: QueueRooms) {
  async function recordOf(job: Job | undefined): Promise<ResultRecord> {
    if (job?.error) throw TouchstoneError.fromReport(job.error);
    const record = job?.recordId ? await owners.history.get(job.recordId) : undefined;
    if (!record) throw new TouchstoneError('cancelled');
    return record;
  }

  async function judged(held: HeldContent, { pack, fresh, recheckOf, trace, ...asked }: Asked, signal: AbortSignal) {
    const acceptance = await ledger.accept([
      {
        ...asked,
        content: held.sha256,
        bytes: held.bytes,
        lane: 'asked',
        settings: packs.pinned(),
        fresh: fresh ?? false,
        owner: owners.owner(),
        client: `person:${owners.owner()}`,
        ...(pack === undefined ? {} : { pack: packs.labelOf(pack) }),
        ...(recheckOf === undefined ? {} : { recheckOf }),
        ...(trace === undefined ? {} : { trace }),
      },
    ]);
    const [job] = 'jobs' in acceptance ? acceptance.jobs : [];
    if (!job) throw new TouchstoneError('internal', 'no job of one check');
    try {
      return await recordOf(await awaitJob(ledger, job.id, signal));
    } catch (error) {
      // Nobody waits for it any more.
      if (signal.aborted) await ledger.cancel(job.id);
      throw error;
    }
  }

  const check: Pipeline['check'] = async ({ source, bytes, pack, fresh, recheckOf, signal = NEVER, trace }) => {
    const held = await contents.hold(bytes);
    try {
      const record = await judged(held, { kind: 'picture', source, pack, fresh, recheckOf, trace }, signal);
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

import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { type CompanionSettings, type ResultRecord, TouchstoneError, toErrorReport } from '@touchstone/shared';
import type { Logger } from 'pino';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Contents } from '../store/contents.ts';
import type { JobClaim } from '../store/job-claim.ts';
import type { VideoChecker } from '../video-file/video-checker.ts';
import { hasEnded, type Job } from './job.ts';
import type { ClaimedJob, JobLedger } from './job-ledger.ts';

/** Names the one worker of this computer: whatever it held when a companion starts, it held when the last one died. */
export const LOCAL_WORKER = 'local';

/** Jobs in work beyond one a core: some wait for the inference thread while others are decoded. */
const EXTRA_IN_WORK = 1;

/** Questions in work beyond that where they can be claimed by themselves: a full worker's next batch has room for them. */
const ASKED_BEYOND = 4;

/** Jobs beyond those in work whose records are being written. */
const UNWRITTEN = 16;

/** Where jobs are claimed ahead: as many as are done in so long, and no more than so many. Milliseconds, jobs. */
const AHEAD_MS = 250;
const MOST_AHEAD = 8;

/** How long a job waits that could not be begun, before anything else is tried. Milliseconds. */
const PAUSE_MS = 1_000;

/** How often a claim is looked at while its job is worked on: a cancelled one is stopped then at the latest. Milliseconds. */
const HEARTBEAT_MS = 5_000;

/** Progress is not written down more often than this. Milliseconds. */
const PROGRESS_EVERY_MS = 500;

/** Errors that say nothing about the job: it waits, and so does everything else for a moment. */
const NOT_THE_JOB: readonly string[] = [
  'busy',
  'shutting-down',
  'disk-full',
  'log-failed',
  'log-locked',
  'log-read-only',
  'log-damaged',
];

export interface JobRooms {
  readonly ledger: JobLedger;
  readonly contents: Contents;
  readonly pipeline: Pick<Pipeline, 'check'>;
  readonly videos: VideoChecker;
  readonly settings: () => CompanionSettings;
  readonly logger: Logger;
  /** Jobs in work at a time. */
  readonly concurrency?: number;
  /** Name of this worker among those of its ledger. */
  readonly worker?: string;
  /** Claims at most so many questions, for a worker that has its hands full of bulk; absent: they wait until something ends. */
  readonly claimAsked?: (worker: string, count: number) => Promise<readonly ClaimedJob[]>;
  /** Whether to claim some jobs before there is room for them: where a claim costs more than what it takes. */
  readonly claimsAhead?: boolean;
  /** Does the work of a job in its owner's name; absent where there is one owner. */
  readonly within?: <Result>(job: Job, work: () => Promise<Result>) => Promise<Result>;
}

export interface JobRunner {
  /** Takes no new job; resolves when what was begun has ended or was given back. */
  close(): Promise<void>;
}

/**
 * Takes accepted jobs through the pipeline, from those that a companion that died had in its hands, until `signal` aborts.
 */
export async function runJobs(rooms: JobRooms, signal: AbortSignal): Promise<JobRunner> {
  const { ledger, logger, settings, claimAsked } = rooms;
  const { concurrency = availableParallelism() + EXTRA_IN_WORK, worker = LOCAL_WORKER } = rooms;
  const { again, setAside } = await ledger.recover(worker);
  if (again.length > 0) logger.info({ jobs: again.length }, 'checks that were interrupted wait again');
  for (const id of setAside) logger.error({ id }, 'a check ended the companion again and again and was set aside');

  const running = new Set<Promise<void>>();
  /** Of those in work whose pictures are not judged yet. */
  let working = 0;
  /** Claimed, and not begun. */
  const ahead: ClaimedJob[] = [];
  const pace = createPace();
  let wake = Promise.withResolvers<void>();
  const look = (): void => wake.resolve();
  const mostInWork = concurrency + (claimAsked ? ASKED_BEYOND : 0);
  let askedWaits = false;

  function start(claimed: ClaimedJob): void {
    working += 1;
    let hasPlace = true;
    const place: JobPlace = {
      leave() {
        if (hasPlace) working -= 1;
        hasPlace = false;
        look();
      },
      takeAgain() {
        if (!hasPlace) working += 1;
        hasPlace = true;
      },
    };
    const work = runJob(claimed, rooms, signal, place)
      .catch((error: unknown) => logger.error({ err: error, id: claimed.job.id }, 'a check could not be ended'))
      .finally(() => {
        running.delete(work);
        pace.ended();
        place.leave();
      });
    running.add(work);
  }

  const placesOf = (most: number): number => Math.min(most - working, most + UNWRITTEN - running.size);
  const places = (): number => placesOf(concurrency);
  const askedPlaces = (): number => placesOf(mostInWork);
  const mayStart = (one: ClaimedJob): boolean => places() > 0 || (isAsked(one) && askedPlaces() > 0);

  /** Jobs that are claimed before there is room for them. */
  const wantedAhead = (): number => (rooms.claimsAhead ? Math.min(MOST_AHEAD, pace.within(AHEAD_MS)) : 0);

  /** @returns whether there may be more */
  async function begin(): Promise<boolean> {
    if (settings().recordingPaused) {
      await giveBack();
      return false;
    }
    for (let next = ahead[0]; next && mayStart(next); next = ahead[0]) {
      ahead.shift();
      start(next);
    }
    const wanted = wantedAhead();
    // What is in work has become slow: others may be quicker with what waits here.
    if (wanted === 0 && places() <= 0) await giveBack();
    const claimed =
      places() > 0 || 2 * ahead.length < wanted
        ? await ledger.claimMany(worker, Math.max(1, places() + wanted - ahead.length))
        : await askedAlone();
    for (const one of claimed) {
      if (mayStart(one)) start(one);
      else if (isAsked(one)) ahead.splice(ahead.filter(isAsked).length, 0, one);
      else ahead.push(one);
    }
    return claimed.length > 0;
  }

  async function askedAlone(): Promise<readonly ClaimedJob[]> {
    const most = askedPlaces();
    if (!askedWaits || !claimAsked || most <= 0) return [];
    askedWaits = false;
    return claimAsked(worker, most);
  }

  /** What was claimed and not begun waits again. */
  async function giveBack(): Promise<void> {
    const released = await Promise.allSettled(ahead.splice(0).map(({ claim }) => ledger.release(claim)));
    for (const one of released) {
      if (one.status === 'rejected')
        logger.warn({ err: one.reason }, 'a check that was not begun could not be given back');
    }
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      wake = Promise.withResolvers();
      try {
        while (!signal.aborted && (await begin()));
      } catch (error) {
        logger.error({ err: error }, 'no check could be begun');
      }
      // Also by the clock: a job given back, or a pause of recording that ended, wakes nobody.
      await Promise.race([wake.promise, wait(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined)]);
      // What ended together makes room together.
      await nextTurn();
    }
    await giveBack();
  }

  // Until the last job has ended: what ends while the companion stops needs its content no more either.
  const lifetime = new AbortController();
  ledger.subscribe((job) => {
    if (job.state === 'pending') {
      askedWaits ||= job.work.lane === 'asked';
      look();
    }
    if (hasEnded(job)) {
      const at = ahead.findIndex(({ claim }) => claim.jobId === job.id && claim.attempt === job.attempts);
      if (at >= 0) ahead.splice(at, 1);
      rooms.contents
        .forget([job.work.content])
        .catch((error: unknown) => logger.warn({ err: error }, 'the content of a check could not be removed'));
    }
  }, lifetime.signal);
  const looping = loop();
  return {
    async close() {
      look();
      await looping;
      await Promise.allSettled(running);
      lifetime.abort();
      await rooms.contents.settled();
    },
  };
}

/** Whether somebody waits for it: then it goes before the bulk. */
const isAsked = ({ job }: ClaimedJob): boolean => job.work.lane === 'asked';

/** How many jobs end in how long. */
function createPace() {
  const SECOND_MS = 1_000;
  let ends: number[] = [];
  return {
    ended(): void {
      const now = performance.now();
      ends = [...ends.filter((at) => now - at < SECOND_MS), now];
    },
    /** @returns how many ended in the last second, for so many milliseconds of it */
    within(milliseconds: number): number {
      const now = performance.now();
      return Math.floor((ends.filter((at) => now - at < SECOND_MS).length * milliseconds) / SECOND_MS);
    },
  };
}

/** Where a job is in work. */
interface JobPlace {
  /** Only its record is left to be written. */
  leave(): void;
  /** Nothing else may be begun in its place for now. */
  takeAgain(): void;
}

async function runJob(
  { job, claim }: ClaimedJob,
  rooms: JobRooms,
  signal: AbortSignal,
  place: JobPlace,
): Promise<void> {
  const { ledger } = rooms;
  const over = new AbortController();
  const watch = watchClaim(claim, ledger, over);
  try {
    const work = (): Promise<ResultRecord> => check({ job, claim }, rooms, over.signal, place.leave);
    const record = await (rooms.within ? rooms.within(job, work) : work());
    // A new record has ended its job already; one that was there, or that a pause kept from being written, has not.
    if (record.logged) await ledger.complete(claim, record.id);
    else await ledger.release(claim);
  } catch (error) {
    if (over.signal.aborted) return;
    const report = toErrorReport(error);
    if (signal.aborted || NOT_THE_JOB.includes(report.code)) {
      place.takeAgain();
      await ledger.release(claim);
      await wait(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    } else {
      await ledger.fail(claim, report);
    }
  } finally {
    watch();
  }
}

/** Aborts `over` when the claim is void. @returns ends the watching */
function watchClaim(claim: JobClaim, ledger: JobLedger, over: AbortController): () => void {
  const watching = new AbortController();
  ledger.subscribe((job) => {
    if (job.id === claim.jobId && job.state === 'cancelled') over.abort();
  }, watching.signal);
  const timer = setInterval(() => {
    ledger.heartbeat(claim).then(
      (holds) => holds || watching.signal.aborted || over.abort(),
      () => undefined,
    );
  }, HEARTBEAT_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    watching.abort();
  };
}

/** Does what a job says. @throws TouchstoneError as the pipeline does, `file-unreadable` when its content is gone */
async function check(
  { job, claim }: ClaimedJob,
  rooms: JobRooms,
  signal: AbortSignal,
  onJudged: () => void,
): Promise<ResultRecord> {
  const { work } = job;
  const { contents, pipeline, videos, ledger } = rooms;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (stage: string, progress?: number): void => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = now;
    ledger.heartbeat(claim, { stage, progress }).catch(() => undefined);
  };
  const common = {
    signal,
    job: claim,
    client: work.client,
    ...(work.trace === undefined ? {} : { trace: work.trace }),
    choices: work.settings,
    ...(work.pack === undefined ? {} : { pack: work.pack }),
    ...(work.recheckOf === undefined ? {} : { recheckOf: work.recheckOf }),
  };
  if (work.kind === 'video') {
    const record = await contents.withFile(work.content, (path) =>
      videos.check({
        ...common,
        path,
        sha256: work.content,
        fileName: work.source.fileName,
        onProgress: ({ framesAnalyzed, framesPlanned }) => tell('judging', framesAnalyzed / Math.max(1, framesPlanned)),
      }),
    );
    return record ?? contentGone(work.content);
  }
  const bytes = (await contents.read(work.content)) ?? contentGone(work.content);
  return pipeline.check({
    ...common,
    bytes,
    lane: work.lane,
    source: work.source,
    fresh: work.fresh,
    onProgress: (stage) => tell(stage),
    onJudged,
  });
}

function contentGone(sha256: string): never {
  throw new TouchstoneError('file-unreadable', `content ${sha256} is gone`);
}

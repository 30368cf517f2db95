import { type FileHandle, open } from 'node:fs/promises';
import {
  type CaptureSource,
  type CompanionSettings,
  MAX_VIDEO_BYTES,
  packLabel,
  type ResultRecord,
  TouchstoneError,
} from '@touchstone/shared';
import { monotonicFactory } from 'ulid';
import type { FrameRequest } from '../analysis/frame-judge.ts';
import { encodeThumbnail } from '../fingerprint/miniature.ts';
import { createConcurrencyLimit } from '../lanes/concurrency-limit.ts';
import { type CheckWatch, NO_OBSERVER, type Observer } from '../observe/observer.ts';
import { watchCheck } from '../observe/watch-check.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { seenSimilar } from '../pipeline/seen-before.ts';
import { seenSame } from '../records/seen-before.ts';
import type { JobClaim } from '../store/job-claim.ts';
import type { History } from '../store/record-store.ts';
import { decodeAnimation, openAnimation } from './decode-animation.ts';
import { decodeVideo, type VideoEvent } from './decode-video.ts';
import { fileMetadata } from './file-metadata.ts';
import { judgeFrames, type VideoAnalysis } from './judge-frames.ts';
import { createProgressLines, type VideoProgress } from './progress-lines.ts';
import type { VideoFacts } from './protocol.ts';
import { sha256OfFile } from './sha256-of-file.ts';
import { videoRecord } from './video-record.ts';

/** Videos decoded at the same time; others wait. Each has a process with hundreds of megabytes. */
const VIDEOS_AT_ONCE = 2;

export interface VideoRequest {
  /** Of a regular file on this computer, up to MAX_VIDEO_BYTES: a video, or an animated picture. */
  readonly path: string;
  /** As people know it, without folders. */
  readonly fileName?: string | undefined;
  /** Pack by name instead of the quick tier's choice. */
  readonly pack?: string | undefined;
  /** Packs that the tiers choose from, where they are not those of the settings of this moment. */
  readonly choices?: FrameRequest['choices'];
  /** Id of an earlier record; noted in the new one where both are of the same bytes. */
  readonly recheckOf?: string | undefined;
  /** Lower-case hex, where the bytes were hashed on their way in. */
  readonly sha256?: string | undefined;
  /** Aborting ends the decoder and rejects with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: VideoProgress) => void) | undefined;
  /** Who sends it, in any words: clients of one lane take turns. */
  readonly client?: string | undefined;
  /** The job that this check is: it ends with the record, in the same transaction. */
  readonly job?: JobClaim | undefined;
  /** W3C `traceparent` of whoever asked, where checks are traced. */
  readonly trace?: string | undefined;
}

export interface VideoChecker {
  /**
   * @returns the record, already in the log unless recording is paused
   * @throws TouchstoneError `video-unreadable`, `video-decoder-missing`, `video-protected`, `too-many-pixels`,
   *   `too-large`, `file-unreadable`, `cancelled`, and as `Pipeline.check`
   */
  check(request: VideoRequest): Promise<ResultRecord>;
}

export interface VideoCheckerOptions {
  readonly pipeline: Pick<Pipeline, 'judgeFrame' | 'judgeFace' | 'faces' | 'readProvenance' | 'decoder'>;
  /** Absent: nothing is remembered. */
  readonly log?: History | undefined;
  readonly settings: () => CompanionSettings;
  /** Where binaries lie that a person fetched (binaries/binaries-folder.ts); absent: only those that came along. */
  readonly binaries?: string | undefined;
  /** Is told how each check went; absent: nobody is. */
  readonly observer?: Pick<Observer, 'check'> | undefined;
}

interface Watched {
  /** When it was asked, by `performance.now()`. */
  readonly at: number;
  readonly watch: CheckWatch;
}

export function createVideoChecker({
  pipeline,
  log,
  settings,
  binaries,
  observer = NO_OBSERVER,
}: VideoCheckerOptions): VideoChecker {
  const limit = createConcurrencyLimit(VIDEOS_AT_ONCE);
  const nextId = monotonicFactory();

  async function judge(file: FileHandle, request: VideoRequest): Promise<VideoAnalysis> {
    const { path, signal, pack, choices, client = '', onProgress } = request;
    const lines = createProgressLines();
    const animation = await openAnimation(path, pipeline.decoder, signal);
    const events = animation ? decodeAnimation(animation, signal) : decodeVideo(file, { signal, binaries });
    return judgeFrames(noting(events, lines.opened), {
      pipeline,
      pack,
      choices,
      client,
      signal,
      onProgress: (seen) => onProgress?.(lines.line(seen, performance.now())),
    });
  }

  async function recheckedBy(sha256: string, earlier: string | undefined): Promise<string | undefined> {
    if (earlier === undefined) return undefined;
    return (await log?.get(earlier))?.picture.sha256 === sha256 ? earlier : undefined;
  }

  async function checkOpened(
    file: FileHandle,
    size: number,
    request: VideoRequest,
    { at, watch }: Watched,
  ): Promise<ResultRecord> {
    const { path, fileName, signal } = request;
    const start = performance.now();
    watch.stage('queue', at, start);
    const [analysis, sha256, provenance, metadata] = await allOrNone([
      judge(file, request),
      request.sha256 === undefined ? sha256OfFile(file, signal) : Promise.resolve(request.sha256),
      pipeline.readProvenance(path, signal),
      fileMetadata(file, size, pipeline.decoder, signal),
    ]);
    const { recordingPaused, keepThumbnails } = settings();
    const logged = log !== undefined && !recordingPaused;
    const kept =
      logged && keepThumbnails ? await Promise.all(analysis.peaks.map((peak) => encodeThumbnail(peak.kept))) : [];
    const same = await log?.findExact(sha256, packLabel(analysis.pack.manifest), 'video');
    const seen = same ? seenSame(same) : log && (await seenSimilar(log, analysis.middleHash, sha256));
    const source: CaptureSource = {
      kind: 'video',
      path: 'file',
      private: false,
      ...(fileName !== undefined && { fileName }),
    };
    const record = videoRecord({
      id: nextId(),
      at: Date.now(),
      source,
      bytes: size,
      sha256,
      analysis,
      provenance,
      metadata,
      seen,
      recheckOf: await recheckedBy(sha256, request.recheckOf),
      logged,
      hasThumbnail: kept.length > 0,
      timings: { queue: start - at, total: performance.now() - at },
    });
    const written = performance.now();
    const stored = logged ? await log.append(record, { thumbnail: kept[0], peaks: kept }, request.job) : record;
    watch.stage('record', written, performance.now());
    return stored;
  }

  async function checkFile(request: VideoRequest, watched: Watched): Promise<ResultRecord> {
    const file = await openFile(request.path);
    try {
      const facts = await file.stat();
      if (!facts.isFile()) throw new TouchstoneError('file-unreadable', 'not a file');
      if (facts.size === 0) throw new TouchstoneError('empty-file');
      if (facts.size > MAX_VIDEO_BYTES) throw new TouchstoneError('too-large', `${facts.size} bytes`);
      return await checkOpened(file, facts.size, request, watched);
    } finally {
      await file.close();
    }
  }

  return {
    async check(request) {
      const at = performance.now();
      const watch = observer.check({ lane: 'asked', medium: 'video', trace: request.trace });
      return watchCheck(watch, at, () => limit.run(() => checkFile(request, { at, watch }), request));
    },
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (cause) {
    throw new TouchstoneError('file-unreadable', String(cause), { cause });
  }
}

/** Waits for all, so that nobody still reads a file that is being closed; then throws the first failure. */
async function allOrNone<T extends readonly unknown[]>(works: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(works);
  return Promise.all(works) as Promise<unknown> as Promise<T>;
}

async function* noting(
  events: AsyncIterable<VideoEvent>,
  opened: (facts: VideoFacts) => void,
): AsyncGenerator<VideoEvent> {
  for await (const event of events) {
    if (event.type === 'opened') opened(event.facts);
    yield event;
  }
}

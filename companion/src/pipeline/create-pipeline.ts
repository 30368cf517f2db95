import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { graphOf, type Pack } from '@touchstone/models';
import { type ProviderReason, type ResultRecord, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { providerReasonText } from '@touchstone/shared/words';
import { monotonicFactory } from 'ulid';
import { analysePicture, type PictureAnalysis } from '../analysis/analyse-picture.ts';
import { createExplainer } from '../analysis/explainer.ts';
import { createFaceJudge } from '../analysis/face-judge.ts';
import { createFrameJudge } from '../analysis/frame-judge.ts';
import { type PackPlan, planPacks } from '../analysis/pack-plan.ts';
import { createLooker } from '../analysis/picture-look.ts';
import { createPixelBudget } from '../decode/pixel-budget.ts';
import { createProvenanceReader } from '../evidence/provenance/provenance-reader.ts';
import { createFaceFinder } from '../faces/face-finder.ts';
import { createExecutionProviders } from '../inference/execution-providers.ts';
import { createInferenceEngine } from '../inference/inference-engine.ts';
import { type Intake, inspectCapture } from '../intake/inspect-capture.ts';
import { createLanes } from '../lanes/lanes.ts';
import { type CheckWatch, NO_OBSERVER } from '../observe/observer.ts';
import { watchCheck } from '../observe/watch-check.ts';
import { createInstalledPacks } from '../packs/installed-packs.ts';
import { createPackControl } from '../packs/pack-control.ts';
import { createPictureDecoder } from '../picture-decoder/create-picture-decoder.ts';
import { COMPANION_VERSION } from '../records/companion-version.ts';
import { seenSame } from '../records/seen-before.ts';
import type { KeptMedia } from '../store/record-store.ts';
import { keepEmbeddings, recallEmbeddings } from './kept-embeddings.ts';
import { pictureRecord, type RecordFrame } from './picture-record.ts';
import type { CheckRequest, Pipeline, PipelineOptions } from './pipeline.ts';
import { findKnown, rejudgedRecord } from './rejudge.ts';
import { repeatRecord } from './repeat-record.ts';
import { findSame, seenSimilar } from './seen-before.ts';

/** Captures in work beyond one a core: they keep the cores busy while others wait for the inference thread. */
const EXTRA_IN_WORK = 2;
const DEFAULT_GRACE_MS = 10_000;

type WatchedRequest = CheckRequest & { readonly watch: CheckWatch };

/** What was seen of a picture, and with what its record begins. */
interface Looked {
  readonly frame: RecordFrame;
  readonly found: PictureAnalysis;
}

/**
 * Opens the packs' descriptions, starts the inference thread and loads the quick pack in the background.
 * @throws TouchstoneError `pack-unknown` when no pack is installed
 */
export async function createPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { log, contents, embeddings, recent, settings, logger, observer = NO_OBSERVER } = options;
  const closing = new AbortController();
  const packs = await createInstalledPacks(options.packFolders, settings, logger);
  const providers = createExecutionProviders({ wanted: options.provider, signal: closing.signal, logger });
  const keptOpen = (): Pack | undefined => {
    const quick = packs.quick();
    return quick && graphOf(quick);
  };
  const engine = createInferenceEngine(providers, logger, { observer, staysOpen: (pack) => pack === keptOpen() });
  const lanes = createLanes(availableParallelism() + EXTRA_IN_WORK);
  const budget = createPixelBudget();
  const decoder = createPictureDecoder(logger);
  // The first picture does not wait for its start.
  decoder.warm();
  const credentials = createProvenanceReader({
    logger,
    decoder,
    ...(options.trustFolder !== undefined && { trustFolder: options.trustFolder }),
  });
  const faces = createFaceFinder(logger);
  const judgeFace = createFaceJudge({ packs, engine, lanes });
  const judgeFrame = createFrameJudge({ packs, engine, lanes, budget, decoder });
  const explain = createExplainer({ packs, engine, lanes, budget, decoder });
  const looker = createLooker({ engine, lanes, budget, decoder, credentials });
  const nextId = monotonicFactory();
  const cannotOpen = (error: unknown): void => {
    if (!closing.signal.aborted) logger.error({ error: String(error) }, 'the quick pack cannot be opened');
  };
  const control = createPackControl(packs, engine, cannotOpen);
  const first = packs.begin();
  // A companion without any pack does not start.
  engine.open(first.quick()).catch(cannotOpen);
  first.end();

  function frameOf(request: CheckRequest, startedAt: number, queueMs: number): RecordFrame {
    const now = settings();
    const logged = log !== undefined && !request.source.private && !now.recordingPaused;
    return {
      id: nextId(),
      at: Date.now(),
      logged,
      hasThumbnail: logged && now.keepThumbnails,
      hasOriginal: logged && now.keepOriginals && contents !== undefined,
      queueMs,
      startedAt,
    };
  }

  /** A result that cannot be written down is not delivered. */
  async function keep(request: WatchedRequest, record: ResultRecord, media: KeptMedia): Promise<ResultRecord> {
    const start = performance.now();
    const held = record.hasOriginal ? await contents?.hold(request.bytes) : undefined;
    let kept = record;
    try {
      if (record.logged) kept = (await log?.append(record, { ...media, content: held?.sha256 }, request.job)) ?? record;
    } catch (cause) {
      throw cause instanceof TouchstoneError ? cause : new TouchstoneError('log-failed', String(cause), { cause });
    } finally {
      await held?.release();
    }
    request.watch.stage('record', start, performance.now());
    recent?.remember(kept, request.bytes);
    return kept;
  }

  async function repeat(request: WatchedRequest, earlier: ResultRecord, startedAt: number): Promise<ResultRecord> {
    // What scrolls by or plays is answered with the record there is; only a person's question makes a new one.
    if (request.lane !== 'asked') {
      recent?.remember(earlier, request.bytes);
      return earlier;
    }
    const frame = frameOf(request, startedAt, 0);
    const thumbnail = frame.hasThumbnail ? await log?.thumbnail(earlier.id) : undefined;
    const record = repeatRecord(request, earlier, { ...frame, hasThumbnail: thumbnail !== undefined });
    return keep(request, record, { thumbnail });
  }

  async function look(
    request: WatchedRequest,
    intake: Intake,
    plan: PackPlan,
    startedAt: number,
    queuedAt: number,
  ): Promise<Looked> {
    const begun = performance.now();
    request.watch.stage('queue', queuedAt, begun);
    const frame = frameOf(request, startedAt, begun - queuedAt);
    const found = await analysePicture(request, intake, plan, {
      engine,
      budget,
      decoder,
      credentials,
      faces,
      ...(embeddings &&
        !request.fresh &&
        !request.source.private && {
          recall: async (pack, input) => {
            const found = await recallEmbeddings(embeddings, intake.sha256, pack, input);
            observer.cache('embeddings', found !== undefined);
            return found;
          },
        }),
      wantsThumbnail: frame.hasThumbnail,
    });
    throwIfCancelled(request.signal);
    return { frame, found };
  }

  /** Writes down what was seen. It has left its lane: who waits for the disk keeps no core busy. */
  async function conclude(request: WatchedRequest, intake: Intake, { frame, found }: Looked): Promise<ResultRecord> {
    const remembers = log && !request.source.private ? log : undefined;
    const same = remembers && (await findSame(remembers, request, intake.sha256, packs.all()));
    const seen = same
      ? seenSame(same)
      : remembers && (await seenSimilar(remembers, found.perceptualHash, intake.sha256));
    request.onJudged?.();
    const record = await keep(request, pictureRecord(request, intake, found, seen, frame), {
      thumbnail: found.thumbnail,
    });
    if (record.logged && embeddings) keepEmbeddings(embeddings, intake.sha256, found.opinions);
    return record;
  }

  /** Captures that are accepted and in no lane: not yet, or not any more. */
  const outside = new Set<Promise<unknown>>();
  let ended = false;
  async function outsideLanes<Result>(work: Promise<Result>): Promise<Result> {
    outside.add(work);
    return work.finally(() => outside.delete(work));
  }
  async function allDone(): Promise<void> {
    await Promise.allSettled(outside);
    // They step into their lanes in the turns after their intake ends, and out of them in the same way.
    await setImmediate();
    await lanes.idle();
    await setImmediate();
    await Promise.allSettled(outside);
  }

  async function check(request: WatchedRequest, startedAt: number): Promise<ResultRecord> {
    if (closing.signal.aborted) throw new TouchstoneError('shutting-down');
    throwIfCancelled(request.signal);
    const work = packs.begin(request.choices);
    try {
      return await checkWith(request, planPacks(work, request.lane, request.pack), startedAt);
    } finally {
      work.end();
    }
  }

  /** A picture that the graph of this head's base has seen is not looked at again. @returns undefined for any other */
  async function judgeKnown(request: WatchedRequest, pack: Pack, startedAt: number): Promise<ResultRecord | undefined> {
    if (!log || !embeddings || request.fresh || request.source.private) return undefined;
    const known = await findKnown(log, embeddings, request, pack, packs.all());
    observer.cache('embeddings', known !== undefined);
    if (!known) return undefined;
    throwIfCancelled(request.signal);
    const frame = frameOf(request, startedAt, 0);
    const thumbnail = frame.hasThumbnail ? await log.thumbnail(known.earlier.id) : undefined;
    const record = rejudgedRecord(request, known, pack, { ...frame, hasThumbnail: thumbnail !== undefined });
    return keep(request, record, { thumbnail });
  }

  async function checkWith(request: WatchedRequest, plan: PackPlan, startedAt: number): Promise<ResultRecord> {
    const only = request.pack === undefined ? undefined : plan.settling[0];
    const known = only?.head && (await outsideLanes(judgeKnown(request, only, startedAt)));
    if (known) return known;
    const intake = await outsideLanes(inspectCapture(request.bytes, decoder, request));
    request.watch.stage('receive', startedAt, performance.now());
    if (ended) throw new TouchstoneError('shutting-down');
    throwIfCancelled(request.signal);
    if (log && !request.fresh && !request.source.private) {
      const earlier = await findSame(log, request, intake.sha256, plan.settling);
      // Another version reads files otherwise: what the last one said is not said again.
      const settled = earlier?.companion === COMPANION_VERSION && plan.settles(earlier);
      observer.cache('results', settled);
      if (settled) return repeat(request, earlier, startedAt);
    }
    request.onProgress?.('queued');
    const queuedAt = performance.now();
    const ticket = { lane: request.lane, client: request.client ?? '', signal: request.signal };
    const looked = await lanes.run(ticket, () => look(request, intake, plan, startedAt, queuedAt));
    return outsideLanes(conclude(request, intake, looked));
  }

  return {
    async check(request) {
      const startedAt = performance.now();
      const watch = observer.check({ lane: request.lane, medium: 'picture', trace: request.trace });
      return watchCheck(watch, startedAt, () => check({ ...request, watch }, startedAt));
    },
    async explain(request) {
      if (closing.signal.aborted) throw new TouchstoneError('shutting-down');
      return explain(request);
    },
    looker,
    judgeFace,
    async judgeFrame(frame, request) {
      const startedAt = performance.now();
      const watch = observer.check({ lane: request.lane, medium: 'frame' });
      return watchCheck(watch, startedAt, async () => {
        if (closing.signal.aborted) throw new TouchstoneError('shutting-down');
        return judgeFrame(frame, { ...request, watch });
      });
    },
    faces,
    decoder,
    packs: control,
    readProvenance: (input, signal) => credentials.read(input, signal),
    status() {
      const quick = keptOpen();
      const why: ProviderReason = quick ? providers.reasonFor(quick) : { code: 'no-pack' };
      return {
        provider: quick ? providers.providerFor(quick) : 'none',
        providerReason: providerReasonText(why, 'en'),
        providerWhy: why,
        packs: packs.identities(),
        inUse: packs.inUse(),
        queued: lanes.queued(),
        workerRestarts: engine.restarts(),
      };
    },
    async close(graceMs = DEFAULT_GRACE_MS) {
      closing.abort();
      const grace = AbortSignal.timeout(graceMs);
      await Promise.race([
        allDone(),
        new Promise<void>((resolve) => grace.addEventListener('abort', () => resolve(), { once: true })),
      ]);
      ended = true;
      await Promise.all([engine.close(), credentials.close(), faces.close(), decoder.close()]);
    },
  };
}

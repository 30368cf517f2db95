import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { finishRestore } from '../backup/finish-restore.ts';
import { trustFolder } from '../evidence/provenance/trust-lists.ts';
import { createGateway, type Gateway } from '../gateway/create-gateway.ts';
import { createSqliteLedger } from '../jobs/embedded/sqlite-ledger.ts';
import type { JobLedger } from '../jobs/job-ledger.ts';
import { type JobRunner, runJobs } from '../jobs/run-jobs.ts';
import { type OpenHistoryWithContent, openHistory } from '../log/create-result-log.ts';
import { createMeters, type Meters } from '../metrics/meters.ts';
import { createNotices, type Notices } from '../notices/notices.ts';
import { bothObservers } from '../observe/both-observers.ts';
import { createWorkInHand, type WorkInHand } from '../observe/work-in-hand.ts';
import { missingChoices, requireInstalled } from '../packs/chosen-packs.ts';
import { createPipeline } from '../pipeline/create-pipeline.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { createRecentPictures, type RecentPictures } from '../pipeline/recent-pictures.ts';
import { COMPANION_VERSION } from '../records/companion-version.ts';
import { type BrowserStore, openBrowsers } from '../settings/browser-store.ts';
import { prepareDataFolder } from '../settings/data-folder.ts';
import { folderTrouble, isFolderTrouble } from '../settings/folder-trouble.ts';
import { openSettings, type SettingsStore } from '../settings/settings-store.ts';
import type { CaseStore } from '../store/case-store.ts';
import type { Contents } from '../store/contents.ts';
import type { EmbeddingStore } from '../store/embedding-store.ts';
import { openFolderContentStore } from '../store/folder/folder-content-store.ts';
import type { History } from '../store/record-store.ts';
import { openTokens, type TokenStore } from '../tokens/token-store.ts';
import { loadTracing } from '../tracing/load-tracing.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { createFitThread } from '../training/fit-thread.ts';
import { openTrainings, type Trainings } from '../training/trainings.ts';
import { binariesFolder } from '../video-file/binaries/binaries-folder.ts';
import { emptySpool } from '../video-file/spool.ts';
import { createVideoChecker, type VideoChecker } from '../video-file/video-checker.ts';
import type { Delivery } from '../webhooks/deliver-messages.ts';
import { createWebhookStore, type WebhookStore } from '../webhooks/webhook-store.ts';
import { keepSmall } from '../workers/keep-small.ts';
import { readControlFile, removeControlFile, writeControlFile } from './control-file.ts';
import { controlSocketPath, removeControlSocket } from './control-socket.ts';
import { openDaemonLog } from './daemon-log.ts';
import { type FolderLock, holderOf, lockFolder } from './folder-lock.ts';
import { keepBackups } from './keep-backups.ts';
import { keepHistory } from './keep-history.ts';
import { keepJobs } from './keep-jobs.ts';
import { keepListenersTold } from './keep-listeners-told.ts';
import { removeRedirects, sweepRedirects } from './redirect-files.ts';
import { findRunningCompanion } from './running-companion.ts';
import type { RunningCompanion, StartOptions, StartResult } from './start-contract.ts';
import { sweepTemporary } from './sweep-temporary.ts';
import { tellMissingBases } from './tell-missing-bases.ts';

/** How long accepted captures may still take when the companion stops, in milliseconds. */
const SHUTDOWN_GRACE_MS = 15_000;

/** Where the build puts the history page. */
export const HISTORY_FOLDER = join(import.meta.dirname, '..', '..', 'history', 'dist');

interface Parts {
  readonly logger: Logger;
  readonly closeLogger: () => Promise<void>;
  readonly notices: Notices;
  readonly meters: Meters;
  readonly tracing: Tracing | undefined;
  readonly inHand: WorkInHand;
  readonly history: OpenHistoryWithContent;
  readonly log: History;
  readonly cases: CaseStore;
  readonly contents: Contents;
  readonly embeddings: EmbeddingStore;
  readonly ledger: JobLedger;
  readonly recent: RecentPictures;
  readonly settings: SettingsStore;
  readonly browsers: BrowserStore;
  readonly tokens: TokenStore;
  readonly webhooks: WebhookStore;
  readonly pipeline: Pipeline;
  readonly videos: VideoChecker;
  readonly trainings: Trainings;
}

async function openParts(options: StartOptions, background: AbortSignal): Promise<Parts> {
  let toLog = (_message: string): void => {};
  const onWarning = (message: string): void => {
    toLog(message);
    options.onWarning?.(message);
  };
  const notices = createNotices(onWarning);
  const { logger, close: closeLogger } = await openDaemonLog(logFolderOf(options.home), notices, {
    level: options.logLevel,
  });
  toLog = (message) => logger.warn(message);
  const stored = await openSettings(options.home, onWarning);
  let packs: Pipeline['packs'] | undefined;
  const settings: SettingsStore = {
    ...stored,
    async update(patch) {
      await requireInstalled(patch, options.packFolders);
      const updated = await stored.update(patch);
      // What was installed a moment ago may have been chosen.
      if (patch.quickPack !== undefined || patch.thoroughPack !== undefined) await packs?.refresh();
      return updated;
    },
  };
  const browsers = await openBrowsers(options.home, onWarning);
  const content = await openFolderContentStore(join(options.home, 'content'));
  const history = openHistory(join(options.home, 'history.sqlite'), { onWarning, notices, content });
  const { history: log, cases, contents, embeddings } = history;
  const ledger = createSqliteLedger(history, { limits: options.queueLimits });
  const tokens = await openTokens(options.home, onWarning);
  const webhooks = createWebhookStore(history.store);
  const recent = createRecentPictures(background);
  const meters = createMeters();
  const tracing = await loadTracing(COMPANION_VERSION, onWarning);
  const inHand = createWorkInHand(tracing ? bothObservers(meters.observer, tracing.observer) : meters.observer);
  const { observer } = inHand;
  log.subscribe((event) => {
    if (event.type === 'deleted') recent.forget(event.ids);
  }, background);
  try {
    const pipeline = await (options.createPipeline ?? createPipeline)({
      log,
      contents,
      embeddings,
      recent,
      settings: () => settings.current(),
      logger,
      packFolders: options.packFolders,
      trustFolder: trustFolder(options.home),
      observer,
      ...(options.provider === undefined ? {} : { provider: options.provider }),
    });
    packs = pipeline.packs;
    for (const sentence of missingChoices(settings.current(), pipeline.status())) onWarning(sentence);
    const videos = createVideoChecker({
      pipeline,
      log,
      settings: () => settings.current(),
      observer,
      binaries: binariesFolder(options.home),
    });
    const trainings = await openTrainings({
      looker: pipeline.looker,
      control: pipeline.packs,
      fit: createFitThread(),
      log,
      embeddings,
      settings,
      packFolders: options.packFolders,
      logger,
      home: options.home,
    });
    tellMissingBases({ settings, control: pipeline.packs, notices }, background);
    return {
      logger,
      closeLogger,
      notices,
      meters,
      tracing,
      inHand,
      history,
      log,
      cases,
      contents,
      embeddings,
      ledger,
      recent,
      settings,
      browsers,
      tokens,
      webhooks,
      pipeline,
      videos,
      trainings,
    };
  } catch (error) {
    await log.close();
    await closeLogger();
    throw error;
  }
}

const logFolderOf = (home: string): string => join(home, 'logs');

const spoolFolder = (home: string): string => join(home, 'spool');

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

async function closeParts({ pipeline, log, tracing, trainings, closeLogger }: Parts): Promise<void> {
  await trainings.close();
  await pipeline.close(SHUTDOWN_GRACE_MS);
  await log.close();
  await tracing?.close();
  await closeLogger();
}

interface Running {
  readonly parts: Parts;
  readonly gateway: Gateway;
  readonly background: AbortController;
  readonly lock: FolderLock;
  readonly controlSocket: string;
  readonly jobs: JobRunner;
  readonly delivery: Delivery;
}

function run(
  { home }: StartOptions,
  { parts, gateway, background, lock, controlSocket, jobs, delivery }: Running,
): RunningCompanion {
  let stopping: Promise<void> | undefined;
  const { promise: stopped, resolve: hasStopped } = Promise.withResolvers<void>();

  async function shutDown(): Promise<void> {
    gateway.drain();
    background.abort();
    parts.logger.info('stopping');
    await removeControlFile(home);
    await removeRedirects(home, 0);
    await parts.trainings.close();
    // The sockets stay open meanwhile: what was accepted is answered.
    await parts.pipeline.close(SHUTDOWN_GRACE_MS);
    await jobs.close();
    await delivery.close();
    await gateway.close();
    await removeControlSocket(controlSocket);
    await parts.browsers.settled();
    await parts.tokens.settled();
    await parts.log.close();
    parts.logger.info('stopped');
    await parts.tracing?.close();
    await parts.closeLogger();
    lock.release();
  }

  function stop(): Promise<void> {
    stopping ??= shutDown().finally(hasStopped);
    return stopping;
  }

  return {
    port: gateway.port,
    home,
    logFolder: logFolderOf(home),
    pipeline: parts.pipeline,
    jobs: { ledger: parts.ledger, contents: parts.contents },
    trainings: parts.trainings,
    status: gateway.status,
    newPairing: gateway.newPairing,
    newHistoryLink: gateway.newHistoryLink,
    stop,
    stopped,
  };
}

/** Who is in the way of a second start. */
async function whoRuns(home: string): Promise<StartResult> {
  const running = await findRunningCompanion(home);
  if (running) return { outcome: 'already-running', port: running.port, status: running.status };
  const pid = holderOf(home);
  const who = pid === undefined ? 'another Touchstone' : `another Touchstone (process ${pid})`;
  return { outcome: 'folder-in-use', message: `The data folder ${home} is in use by ${who}, which does not answer.` };
}

/**
 * Starts the companion: data folder, its lock, settings, log, pipeline, gateway, control file.
 * @returns the running companion, or who is in the way
 * @throws TouchstoneError `folder-unusable`, `log-failed` or `pack-unknown`
 */
export async function startCompanion(options: StartOptions): Promise<StartResult> {
  const { home, signal } = options;
  signal.throwIfAborted();
  prepareDataFolder(home);
  // Before anything in the folder is touched: what lies there may be another companion's work.
  const lock = lockFolder(home);
  if (!lock) return whoRuns(home);
  try {
    await finishRestore(home);
    const result = await startAlone(options, lock);
    if (result.outcome !== 'started') lock.release();
    return result;
  } catch (error) {
    lock.release();
    throw isFolderTrouble(error) ? folderTrouble(home, error) : error;
  }
}

/** What a killed companion left: nobody can answer there any more. */
async function removeStale(home: string): Promise<void> {
  const stale = await readControlFile(home);
  if (stale) await removeControlSocket(stale.socket);
  await removeControlFile(home);
}

async function startAlone(options: StartOptions, lock: FolderLock): Promise<StartResult> {
  const { home, signal } = options;
  await removeStale(home);
  await emptySpool(spoolFolder(home));
  await sweepTemporary(home);
  const controlSocket = await controlSocketPath(home);
  const background = new AbortController();
  await sweepRedirects(home, background.signal);
  const parts = await openParts(options, background.signal).catch((error: unknown) => {
    background.abort();
    throw error;
  });
  const controlToken = randomBytes(32).toString('base64url');
  let companion: RunningCompanion | undefined;
  const stop = (): void => void companion?.stop();
  let gateway: Gateway;
  try {
    gateway = await createGateway({
      ...parts,
      port: options.port,
      controlToken,
      controlSocket,
      version: COMPANION_VERSION,
      historyFolder: options.historyFolder ?? HISTORY_FOLDER,
      spoolFolder: spoolFolder(home),
      dataFolder: home,
      onShutdown: stop,
    });
  } catch (error) {
    background.abort();
    await removeControlSocket(controlSocket);
    await closeParts(parts);
    if (!isPortTaken(error)) throw error;
    const message = `Port ${options.port} on 127.0.0.1 is used by another program. Quit it, or start Touchstone with another port.`;
    return { outcome: 'port-taken', port: options.port, message };
  }
  const jobs = await runJobs({ ...parts, settings: () => parts.settings.current() }, background.signal);
  const delivery = keepListenersTold(parts, () => gateway.port, background.signal);
  keepSmall(parts.inHand, background.signal);
  companion = run(options, { parts, gateway, background, lock, controlSocket, jobs, delivery });
  try {
    await writeControlFile(home, { port: gateway.port, token: controlToken, socket: controlSocket, pid: process.pid });
  } catch (error) {
    await companion.stop();
    throw error;
  }
  if (options.backups) void keepBackups(options.backups, { home, ...parts }, background.signal);
  await keepJobs(parts.ledger, parts.logger, background.signal);
  await keepHistory(home, parts, background.signal);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  parts.logger.info({ port: gateway.port, ...parts.pipeline.status() }, 'started');
  return { outcome: 'started', companion };
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  COMPANION_PROTOCOL,
  type CompanionSettings,
  type CompanionStatus,
  packLabel,
  TouchstoneError,
} from '@touchstone/shared';
import { pino } from 'pino';
import { trustFolder } from '../../evidence/provenance/trust-lists.ts';
import { createMeters, type Meters } from '../../metrics/meters.ts';
import { bothObservers } from '../../observe/both-observers.ts';
import { createPipeline } from '../../pipeline/create-pipeline.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { COMPANION_VERSION } from '../../records/companion-version.ts';
import { loadTracing } from '../../tracing/load-tracing.ts';
import { binariesFolder } from '../../video-file/binaries/binaries-folder.ts';
import { createVideoChecker } from '../../video-file/video-checker.ts';
import type { ListenAddress } from '../addresses.ts';
import { openContentAt } from '../content/open-content.ts';
import { ANY_PACK, queueOf } from '../jobs/job-id.ts';
import { openTeam, TENANT, type Team } from '../open-team.ts';
import { openTeamSettings } from '../settings/team-settings.ts';
import { runWorker } from './run-worker.ts';
import { NOT_OF_WORKERS, serveWorkerMetrics, workerMetrics } from './worker-metrics.ts';

/** How long what was begun may still take when a worker stops, in milliseconds. */
const SHUTDOWN_GRACE_MS = 15_000;

export interface WorkerOptions {
  /** `postgres://...`, straight to the server. */
  readonly database: string;
  /** A folder that every process of the team sees, or `https://host/bucket`. */
  readonly content: string;
  /** Folder of this machine for what is needed in passing. */
  readonly home: string;
  readonly packFolders: readonly string[];
  readonly provider?: string | undefined;
  readonly concurrency?: number | undefined;
  /** Where `GET /metrics` is answered; undefined: nowhere. */
  readonly metrics?: ListenAddress | undefined;
  readonly logLevel: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborting lets the worker end what it began. */
  readonly signal: AbortSignal;
}

/** A pipeline that names the packs it has. */
const queuesOf = (pipeline: Pipeline): string[] => [
  queueOf(ANY_PACK),
  ...pipeline.status().packs.map(({ name, version }) => queueOf(packLabel({ name, version }))),
];

/** Tells the worker's numbers, where somebody said so. */
async function tellMetrics(
  { home, metrics, signal }: WorkerOptions,
  {
    team,
    meters,
    pipeline,
    settings,
  }: { team: Team; meters: Meters; pipeline: Pipeline; settings: () => CompanionSettings },
  until: AbortSignal,
): Promise<void> {
  if (!metrics) return;
  const startedAt = Date.now();
  const status = (): Omit<CompanionStatus, 'records'> => ({
    version: COMPANION_VERSION,
    protocol: COMPANION_PROTOCOL.max,
    pid: process.pid,
    port: metrics.port,
    startedAt,
    recordingPaused: settings().recordingPaused,
    ...pipeline.status(),
    warnings: [],
  });
  const own = workerMetrics({ team, meters, dataFolder: home, status, stopping: signal }, until);
  await serveWorkerMetrics(own, metrics, meters, until);
}

/**
 * Takes a team's checks through this machine's models until `signal` aborts. @returns when it has stopped
 * @throws TouchstoneError where the database or the content store cannot be used
 */
export async function startWorker(options: WorkerOptions, onReady: () => void): Promise<void> {
  const { home, signal, environment } = options;
  await mkdir(home, { recursive: true, mode: 0o700 });
  const logger = pino({ level: options.logLevel }, pino.destination({ dest: 2, sync: true }));
  const onTrouble = (error: unknown): void => logger.warn({ err: error }, 'trouble with the database');
  const onWarning = (message: string): void => logger.warn(message);
  let pipeline: Pipeline | undefined;
  const team = await openTeam({
    database: options.database,
    content: await openContentAt(options.content, { scratch: join(home, 'scratch'), environment }),
    queues: async () => (pipeline ? queuesOf(pipeline) : []),
    works: true,
    onTrouble,
    onWarning,
  });
  const following = new AbortController();
  const meters = createMeters(NOT_OF_WORKERS);
  const tracing = await loadTracing(COMPANION_VERSION, onWarning, environment);
  const observer = tracing ? bothObservers(meters.observer, tracing.observer) : meters.observer;
  try {
    const { database, bus } = team;
    const chosen = await openTeamSettings(
      { database: database.kysely, bus, tenant: TENANT, onWarning },
      following.signal,
    );
    const settings = (): CompanionSettings => chosen.current();
    pipeline = await createPipeline({
      log: team.owners.history,
      contents: team.contents,
      embeddings: team.embeddings,
      settings,
      logger,
      packFolders: options.packFolders,
      trustFolder: trustFolder(home),
      observer,
      ...(options.provider === undefined ? {} : { provider: options.provider }),
    });
    if (pipeline.status().packs.length === 0) throw new TouchstoneError('pack-unknown', 'no pack is installed here');
    const videos = createVideoChecker({
      pipeline,
      log: team.owners.history,
      settings,
      observer,
      binaries: binariesFolder(home),
    });
    const { concurrency } = options;
    const packs = () => pipeline?.status().packs ?? [];
    // Before anything is claimed: where the port is taken, no check is begun that would be dropped.
    await tellMetrics(options, { team, meters, pipeline, settings }, following.signal);
    const runner = await runWorker({ team, pipeline, videos, settings, logger, concurrency, packs }, signal);
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    logger.info({ queues: queuesOf(pipeline), ...pipeline.status() }, 'working');
    onReady();
    await stopped;
    logger.info('stopping');
    await pipeline.close(SHUTDOWN_GRACE_MS);
    await runner.close();
  } finally {
    following.abort();
    await tracing?.close();
    await team.close();
  }
}

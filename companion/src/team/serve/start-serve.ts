import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import { pino } from 'pino';
import { keepJobs } from '../../daemon/keep-jobs.ts';
import { keepRetention } from '../../daemon/retention.ts';
import { HISTORY_FOLDER } from '../../daemon/start-companion.ts';
import { trustFolder } from '../../evidence/provenance/trust-lists.ts';
import { createMeters } from '../../metrics/meters.ts';
import { createNotices } from '../../notices/notices.ts';
import { bothObservers } from '../../observe/both-observers.ts';
import { createPipeline } from '../../pipeline/create-pipeline.ts';
import { COMPANION_VERSION } from '../../records/companion-version.ts';
import { loadTracing } from '../../tracing/load-tracing.ts';
import { emptySpool } from '../../video-file/spool.ts';
import { openContentAt } from '../content/open-content.ts';
import { openTeam, TENANT } from '../open-team.ts';
import { createOidc } from '../people/oidc.ts';
import { peopleOf } from '../people/open-people.ts';
import { createOwnPasskeys } from '../people/own-passkeys.ts';
import { createSignIn } from '../people/sign-in.ts';
import { packsOfTeam, settingsByPerson } from '../settings/choices-of-team.ts';
import { inTurn, recordsOfAll } from '../settings/records-of-all.ts';
import { openTeamSettings } from '../settings/team-settings.ts';
import { checksByQueue } from './checks-by-queue.ts';
import { createTeamGateway, type ServeLimits } from './create-team-gateway.ts';
import { keepTeamDeletions } from './keep-team-deletions.ts';
import { modelsByPerson } from './models-by-person.ts';
import { ownedCases, ownedLedger, ownedRecent } from './owned-rooms.ts';
import type { ServeDoor } from './serve-options.ts';

/** How long what was begun may still take when a server stops, in milliseconds. */
const SHUTDOWN_GRACE_MS = 15_000;

export interface ServeOptions extends ServeDoor {
  /** `postgres://...`, straight to the server. */
  readonly database: string;
  /** A folder that every process of the team sees, or `https://host/bucket`. */
  readonly content: string;
  /** Folder of this machine for what is needed in passing. */
  readonly home: string;
  readonly packFolders: readonly string[];
  readonly logLevel: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborting ends the server once it has answered. */
  readonly signal: AbortSignal;
  /** Where the built history page lies; default: where the build puts it. */
  readonly historyFolder?: string;
  /** Tests bring one that judges nothing. */
  readonly createPipeline?: typeof createPipeline;
  /** Tests bring fewer places. */
  readonly limits?: ServeLimits | undefined;
}

/** Why it cannot listen where it should, for whoever starts it. */
function cannotListen(error: unknown, { host, port }: ServeDoor): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)) return error;
  return new TouchstoneError('config-invalid', `it cannot listen on ${host}:${port}: ${code}`, {
    cause: error,
    nextStep: 'Give --listen another address or port, or quit the program that has it.',
  });
}

/**
 * Serves a team until `signal` aborts: the API and the pages on its stores. @returns when it has stopped
 * @throws TouchstoneError where the database or the content store cannot be used, or it cannot listen
 */
export async function startServe(options: ServeOptions, onReady: (port: number) => void): Promise<void> {
  const { home, signal, environment, address } = options;
  await mkdir(home, { recursive: true, mode: 0o700 });
  const logger = pino({ level: options.logLevel }, pino.destination({ dest: 2, sync: true }));
  const onTrouble = (error: unknown): void => logger.warn({ err: error }, 'trouble with the database');
  const onWarning = (message: string): void => logger.warn(message);
  const background = new AbortController();
  const team = await openTeam({
    database: options.database,
    content: await openContentAt(options.content, { scratch: join(home, 'scratch'), environment }),
    onTrouble,
    onWarning,
  });
  try {
    const { owners, contents, embeddings, bus } = team;
    const { kysely } = team.database;
    const stored = await openTeamSettings({ database: kysely, bus, tenant: TENANT, onWarning }, background.signal);
    const notices = createNotices(onWarning);
    const spoolFolder = join(home, 'spool');
    await emptySpool(spoolFolder);
    const meters = createMeters();
    const tracing = await loadTracing(COMPANION_VERSION, onWarning, environment);
    const recent = ownedRecent(owners, background.signal);
    const local = await (options.createPipeline ?? createPipeline)({
      log: owners.history,
      contents,
      embeddings,
      recent,
      settings: stored.current,
      logger,
      packFolders: options.packFolders,
      trustFolder: trustFolder(home),
      observer: tracing ? bothObservers(meters.observer, tracing.observer) : meters.observer,
    });
    const models = modelsByPerson(local, owners);
    const ledger = ownedLedger(team.ledger, owners);
    const packs = packsOfTeam(local.packs, stored);
    const settings = settingsByPerson(stored, {
      database: kysely,
      tenant: TENANT,
      owners,
      own: () => local.status().packs,
    });
    const { check, videos } = checksByQueue({ ledger, contents, owners, recent, local: { ...models, packs }, tracing });
    const people = peopleOf(kysely);
    const { oidc, passkeys } = options;
    const site = passkeys ? { id: address.hostname, origin: address.origin } : undefined;
    const desk = { database: kysely, tenant: TENANT, site };
    const signIn = createSignIn({
      ...people,
      ...desk,
      oidc: oidc && createOidc({ ...oidc, redirectUri: `${address.origin}/api/sign-in/callback` }),
    });
    const gateway = await createTeamGateway({
      door: options,
      team,
      people,
      signIn,
      passkeys: createOwnPasskeys({ ...desk, hasProvider: oidc !== undefined }),
      pipeline: { ...models, packs, check },
      videos,
      cases: ownedCases(team),
      ledger,
      contents,
      recent,
      settings,
      logger,
      meters,
      tracing,
      notices,
      version: COMPANION_VERSION,
      historyFolder: options.historyFolder ?? HISTORY_FOLDER,
      spoolFolder,
      dataFolder: home,
      limits: options.limits,
    }).catch((error: unknown) => {
      throw cannotListen(error, options);
    });
    keepTeamDeletions(team, logger, background.signal);
    const log = recordsOfAll(kysely, TENANT, owners);
    const alone = (work: () => Promise<void>) => inTurn(kysely, TENANT, work);
    await keepRetention({ home, log, settings: stored, alone, notices, logger }, background.signal);
    await keepJobs(team.ledger, logger, background.signal);
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    logger.info({ address: address.origin, port: gateway.port }, 'serving');
    onReady(gateway.port);
    await stopped;
    logger.info('stopping');
    gateway.drain();
    background.abort();
    await local.close(SHUTDOWN_GRACE_MS);
    await gateway.close();
    await tracing?.close();
  } finally {
    background.abort();
    await team.close();
  }
}

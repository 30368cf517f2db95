import type { Server } from 'node:http';
import { CLOSE_CODES, COMPANION_PROTOCOL, type CompanionStatus } from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import { createConnectionPlaces } from '../../gateway/connection-places.ts';
import type { GatewayContext, GatewayOptions } from '../../gateway/context.ts';
import { createHttpApp, SHARED_ROUTES } from '../../gateway/http-app.ts';
import { createHttpServer } from '../../gateway/http-server.ts';
import { closeServer, listen } from '../../gateway/listen.ts';
import { createConnections } from '../../gateway/socket/connections.ts';
import { serveSockets } from '../../gateway/socket/socket-server.ts';
import { pushStatus } from '../../gateway/status-push.ts';
import { createLiveOpinions } from '../../live/live-opinions.ts';
import { createWaitingTracks } from '../../live/waiting-tracks.ts';
import { TENANT, type Team } from '../open-team.ts';
import type { TeamPeople } from '../people/open-people.ts';
import type { OwnPasskeys } from '../people/own-passkeys.ts';
import type { SignIn } from '../people/sign-in.ts';
import { absentRoom } from './absent-room.ts';
import { accountRoutes } from './account-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { ownedSharings } from './owned-rooms.ts';
import { packListRoutes } from './pack-list-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { processRoutes } from './process-routes.ts';
import { teamAccessOf } from './route-roles.ts';
import type { ServeDoor } from './serve-options.ts';
import { sharingRoutes } from './sharing-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { createTeamAdmission } from './team-admission.ts';
import { teamMetricRoutes } from './team-metrics.ts';
import { createTeamDoor, SOCKETS_OF_ONE_PERSON, UNPROVEN_SOCKETS } from './team-socket-door.ts';
import { behindProxies } from './trusted-proxy.ts';

/** How many may be at a server at the same time, whoever they are. */
export interface ServeLimits {
  readonly connections: number;
  /** Sockets that have not proved themselves. */
  readonly unproven: number;
}

/** Some connections of every page of a few hundred people, or of their proxy. */
const TEAM_LIMITS: ServeLimits = { connections: 4_096, unproven: UNPROVEN_SOCKETS };

/** RFC 6455: going away, said to a connection that a newer one of the same browser or person replaces. */
const REPLACED = 1001;

/** Playing videos whose connection went away a moment ago, of everybody together. */
const MAX_WAITING_TRACKS = 256;

/** Streams of events of one kind at the same time: the pages of a few hundred people. */
const MAX_STREAMS = 1_024;

/** What a team's gateway is given; the rooms that only one person's computer has are not among it. */
export interface TeamGatewayOptions
  extends Pick<
    GatewayOptions,
    | 'cases'
    | 'contents'
    | 'dataFolder'
    | 'historyFolder'
    | 'ledger'
    | 'logger'
    | 'meters'
    | 'notices'
    | 'pipeline'
    | 'recent'
    | 'settings'
    | 'spoolFolder'
    | 'tracing'
    | 'version'
    | 'videos'
  > {
  readonly door: ServeDoor;
  readonly team: Team;
  readonly people: TeamPeople;
  readonly signIn: SignIn;
  readonly passkeys: OwnPasskeys;
  /** Default: what a team needs. */
  readonly limits?: ServeLimits | undefined;
}

export interface TeamGateway {
  readonly port: number;
  /** From now on new work is answered with `shutting-down`. */
  drain(): void;
  close(): Promise<void>;
}

/** A route without a line in the table of roles would be there for nobody, and nobody would notice. */
function requireRoles(app: FastifyInstance): void {
  for (const { method, url } of app.declaredRoutes) {
    if (teamAccessOf(method, url) === undefined)
      throw new Error(`The route ${method} ${url} does not say which role may call it.`);
  }
}

/** What holds for whoever asks: all but how many records are theirs. */
const statusOf = (
  { version, settings, pipeline, notices }: TeamGatewayOptions,
  { port, startedAt }: ServerState,
): Omit<CompanionStatus, 'records'> => ({
  version,
  protocol: COMPANION_PROTOCOL.max,
  pid: process.pid,
  port,
  startedAt,
  recordingPaused: settings.current().recordingPaused,
  ...pipeline.status(),
  warnings: [...notices.list()],
});

interface ServerState {
  port: number;
  draining: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

function createContext(options: TeamGatewayOptions, state: ServerState, signal: AbortSignal): GatewayContext {
  const { door: given, team, people, pipeline, logger, limits = TEAM_LIMITS } = options;
  const { origin } = given.address;
  const status = (): CompanionStatus => ({ ...statusOf(options, state), records: team.owners.history.count() });
  return {
    ...options,
    log: team.owners.history,
    admission: createTeamAdmission({ ...people, owners: team.owners, origin }),
    door: createTeamDoor({
      browsers: people.browsers,
      owners: team.owners,
      logger,
      judgesHere: () => pipeline.status().inUse.quick !== null,
    }),
    connections: createConnections(REPLACED, { unauthenticated: limits.unproven, ofOneOwner: SOCKETS_OF_ONE_PERSON }),
    liveOpinions: createLiveOpinions(pipeline),
    waiting: createWaitingTracks(logger, signal, MAX_WAITING_TRACKS),
    isOfTeam: true,
    places: createConnectionPlaces(limits.connections),
    streamsAtOnce: MAX_STREAMS,
    port: state.port,
    signal,
    boundPort: () => state.port,
    baseUrl: () => origin,
    draining: () => state.draining,
    status,
    browsers: absentRoom(),
    codes: absentRoom(),
    links: absentRoom(),
    metrics: absentRoom(),
    sessions: absentRoom(),
    tokens: absentRoom(),
    trainings: absentRoom(),
    webhooks: absentRoom(),
    readiness: absentRoom(),
    controlToken: '',
    controlSocket: '',
    newPairing: absentRoom(),
    newHistoryLink: (recordId) =>
      recordId === undefined ? `${origin}/` : `${origin}/?record=${encodeURIComponent(recordId)}`,
    onShutdown: absentRoom(),
  };
}

/**
 * Opens a team's gateway: the API and the pages, over TLS or behind a proxy that has it.
 * @throws the system's EADDRINUSE and EACCES where it cannot listen
 */
export async function createTeamGateway(options: TeamGatewayOptions): Promise<TeamGateway> {
  const { door, team, people, signIn, passkeys, logger } = options;
  const { origin, host } = door.address;
  const state: ServerState = { port: door.port, draining: false, startedAt: Date.now() };
  const closing = new AbortController();
  const context = createContext(options, state, closing.signal);
  const app = await createHttpApp(context, [
    ...SHARED_ROUTES,
    (scope) => signInRoutes(scope, { ...people, signIn, admission: context.admission, origin, logger }),
    (scope) => accountRoutes(scope, people, passkeys, context.connections),
    (scope) => peopleRoutes(scope, people, door.address),
    (scope) => sharingRoutes(scope, ownedSharings(team)),
    (scope) =>
      packListRoutes(scope, {
        database: team.database.kysely,
        tenant: TENANT,
        own: () => options.pipeline.status().packs,
      }),
    (scope) => processRoutes(scope, { database: team.database.kysely, tenant: TENANT, version: options.version }),
    (scope) => auditRoutes(scope, people),
    (scope) =>
      teamMetricRoutes(scope, {
        database: team.database.kysely,
        tenant: TENANT,
        ledger: team.ledger,
        meters: options.meters,
        dataFolder: options.dataFolder,
        status: () => statusOf(options, state),
        draining: () => state.draining,
        signal: closing.signal,
      }),
    (scope) => healthRoutes(scope, context, team.database),
  ]);
  requireRoles(app);
  const cover = behindProxies(app, door.proxies);
  const isOwnHost = (given: string | undefined): boolean => given === host;
  const server: Server = createHttpServer(cover, isOwnHost, door.tls);
  cover.watch(server);
  context.places.watch(server);
  serveSockets([server], context, isOwnHost, cover.isCovered);
  try {
    state.port = await listen(server, door.host, door.port);
  } catch (error) {
    closing.abort();
    await app.close();
    throw error;
  }
  options.meters.connections.watch(server);
  pushStatus(context);
  return {
    port: state.port,
    drain() {
      state.draining = true;
    },
    async close() {
      state.draining = true;
      closing.abort();
      await context.connections.closeAll(CLOSE_CODES.shuttingDown);
      await closeServer(server);
      await app.close();
    },
  };
}

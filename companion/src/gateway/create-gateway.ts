import type { Server } from 'node:http';
import { CLOSE_CODES, COMPANION_PROTOCOL, type CompanionStatus } from '@touchstone/shared';
import type { PairingAnswer } from '@touchstone/shared/api';
import { createLiveOpinions } from '../live/live-opinions.ts';
import { createWaitingTracks } from '../live/waiting-tracks.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { createPairingCodes } from '../pairing/pairing-codes.ts';
import { createOneTimeTokens } from '../session/one-time-tokens.ts';
import { createSessions } from '../session/sessions.ts';
import { createLocalAdmission } from './access.ts';
import { createConnectionPlaces } from './connection-places.ts';
import type { GatewayContext, GatewayOptions } from './context.ts';
import { createHttpApp } from './http-app.ts';
import { createHttpServer } from './http-server.ts';
import { closeServer, listen } from './listen.ts';
import { isOwnHost } from './own-address.ts';
import { listenPrivately } from './private-listener.ts';
import type { HostCheck } from './request-listener.ts';
import { createConnections } from './socket/connections.ts';
import { createLocalDoor } from './socket/local-door.ts';
import { serveSockets } from './socket/socket-server.ts';
import { pushStatus } from './status-push.ts';
import { createReadiness } from './v1/readiness.ts';

export type { GatewayOptions } from './context.ts';

export interface Gateway {
  readonly port: number;
  status(): CompanionStatus;
  newPairing(): PairingAnswer;
  /** @returns a link that opens the history page once within a minute, at one record if given */
  newHistoryLink(recordId?: string): string;
  /** From now on new captures are answered with `shutting-down`; those accepted go on. */
  drain(): void;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** RFC 6455: going away, said to a connection that a newer one of the same browser replaces. */
const REPLACED = 1001;

function createContext(options: GatewayOptions, state: { port: number; draining: boolean }, signal: AbortSignal) {
  const startedAt = Date.now();
  const codes = createPairingCodes();
  const links = createOneTimeTokens();
  const base = () => `http://127.0.0.1:${state.port}`;
  const draining = (): boolean => state.draining;
  const status = (): CompanionStatus => ({
    version: options.version,
    protocol: COMPANION_PROTOCOL.max,
    pid: process.pid,
    port: state.port,
    startedAt,
    recordingPaused: options.settings.current().recordingPaused,
    records: options.log.count(),
    ...options.pipeline.status(),
    warnings: [...options.notices.list()],
  });
  const readiness = createReadiness({ ...options, draining, signal });
  const sessions = createSessions();
  const context: GatewayContext = {
    ...options,
    admission: createLocalAdmission({ ...options, boundPort: () => state.port, sessions }),
    metrics: createMetrics(options.meters, { ...options, status, readiness, signal }),
    readiness,
    door: createLocalDoor({ ...options, codes }),
    codes,
    links,
    sessions,
    connections: createConnections(REPLACED),
    places: createConnectionPlaces(),
    liveOpinions: createLiveOpinions(options.pipeline),
    waiting: createWaitingTracks(options.logger, signal),
    signal,
    boundPort: () => state.port,
    baseUrl: base,
    draining,
    status,
    newPairing() {
      const { code, expiresAt } = codes.issue();
      return { url: `${base()}/pair#${code}`, code, expiresAt };
    },
    newHistoryLink(recordId) {
      const record = recordId === undefined ? '' : `&record=${encodeURIComponent(recordId)}`;
      return `${base()}/open#${links.issue()}${record}`;
    },
  };
  return context;
}

/** Listens on both loopback addresses where there are two, on the same port, and on nothing else. */
async function listenOnLoopback(main: Server, second: Server, options: GatewayOptions): Promise<number> {
  const port = await listen(main, '127.0.0.1', options.port);
  try {
    await listen(second, '::1', port);
  } catch (error) {
    options.logger.info({ err: error }, 'not listening on ::1');
  }
  return port;
}

/**
 * Opens the gateway: HTTP API, pages and the browsers' WebSocket on loopback only, and the API on the owner's private socket.
 * @throws the system's EADDRINUSE when the port is taken
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const state = { port: options.port, draining: false };
  const closing = new AbortController();
  const context = createContext(options, state, closing.signal);
  const app = await createHttpApp(context);
  const hostCheck: HostCheck = (host) => isOwnHost(host, state.port);
  const servers = [createHttpServer(app, hostCheck), createHttpServer(app, hostCheck)] as const;
  for (const server of servers) context.places.watch(server);
  serveSockets(servers, context, hostCheck);
  const listening: Server[] = [...servers];
  try {
    state.port = await listenOnLoopback(...servers, options);
    listening.push(await listenPrivately(app, options.controlSocket, options.controlToken));
  } catch (error) {
    closing.abort();
    await Promise.all(servers.map(closeServer));
    await app.close();
    throw error;
  }
  for (const server of listening) options.meters.connections.watch(server);
  pushStatus(context);

  return {
    port: state.port,
    status: context.status,
    newPairing: context.newPairing,
    newHistoryLink: context.newHistoryLink,
    drain() {
      state.draining = true;
    },
    async close() {
      state.draining = true;
      closing.abort();
      await context.connections.closeAll(CLOSE_CODES.shuttingDown);
      await Promise.all(listening.map(closeServer));
      await app.close();
    },
  };
}

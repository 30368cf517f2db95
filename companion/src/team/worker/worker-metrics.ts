import type { IncomingMessage, ServerResponse } from 'node:http';
import { BlockList } from 'node:net';
import { type CompanionStatus, TouchstoneError } from '@touchstone/shared';
import { sql } from 'kysely';
import { createConnectionPlaces } from '../../gateway/connection-places.ts';
import { createHttpServer } from '../../gateway/http-server.ts';
import { httpStatusOf } from '../../gateway/http-status.ts';
import { closeServer, listen } from '../../gateway/listen.ts';
import { isOwnHost } from '../../gateway/own-address.ts';
import { refusalOf } from '../../gateway/raw-refusal.ts';
import { createMetrics, type Metrics } from '../../metrics/create-metrics.ts';
import type { Meters } from '../../metrics/meters.ts';
import type { MetricName } from '../../metrics/metric-table.ts';
import type { ListenAddress } from '../addresses.ts';
import type { Team } from '../open-team.ts';

/** What a server of the team tells for all of it, and what a worker has none of. */
export const NOT_OF_WORKERS: ReadonlySet<MetricName> = new Set<MetricName>([
  'touchstone_http_requests_total',
  'touchstone_checks_today',
  'touchstone_jobs_pending',
  'touchstone_jobs_processing',
  'touchstone_jobs_oldest_pending_seconds',
  'touchstone_labelled_records',
  'touchstone_label_agreement_ratio',
  'touchstone_score_drift',
  'touchstone_score_drift_pictures',
  'touchstone_records',
  'touchstone_storage_bytes',
]);

/** Where a worker tells them when nothing but that is said: to this machine alone. */
export const DEFAULT_METRICS = '127.0.0.1:47617';

/** Connections at the same time: a scraper has one. */
const MAX_CONNECTIONS = 16;

/** How long the database may take to say that it is there, in milliseconds. */
const ANSWER_MS = 2_000;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

const isLoopback = (host: string): boolean =>
  host === 'localhost' || LOOPBACK.check(host, host.includes(':') ? 'ipv6' : 'ipv4');

export interface WorkerMetricRooms {
  readonly team: Team;
  readonly meters: Meters;
  readonly dataFolder: string;
  readonly status: () => Omit<CompanionStatus, 'records'>;
  /** Aborts when the worker takes nothing new. */
  readonly stopping: AbortSignal;
}

const NOTHING = { pending: { asked: 0, bulk: 0 }, processing: 0, bytes: 0, oldestPendingAt: null };

/** A worker's own numbers: what it did, and how its process is. Nothing of whose it was. */
export function workerMetrics({ team, meters, dataFolder, status, stopping }: WorkerMetricRooms, signal: AbortSignal) {
  async function missing(): Promise<('stopping' | 'log')[]> {
    if (stopping.aborted) return ['stopping'];
    const answered = sql`SELECT 1`.execute(team.database.kysely).then(
      () => true,
      () => false,
    );
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), ANSWER_MS);
    const isThere = await Promise.race([answered, late]).finally(() => clearTimeout(timer));
    return isThere ? [] : ['log'];
  }

  return createMetrics(meters, {
    log: {
      tally: async () => [],
      tallyLabels: async () => [],
      async *iterate() {},
      subscribe: (listener, until) =>
        team.owners.subscribeToAll((event) => {
          if (event.type === 'record') listener(event);
        }, until),
    },
    ledger: {
      counts: async () => NOTHING,
      // What is cancelled every worker hears of.
      subscribe: (listener, until) =>
        team.ledger.subscribe((job) => {
          if (job.state !== 'cancelled') listener(job);
        }, until),
    },
    dataFolder,
    status: () => ({ ...status(), records: 0 }),
    readiness: async () => {
      const what = await missing();
      return { ready: what.length === 0, missing: what };
    },
    signal,
  });
}

/** Whatever a page had a browser send. */
const isFromBrowser = ({ headers }: IncomingMessage): boolean =>
  ['origin', 'sec-fetch-site', 'cookie'].some((name) => headers[name] !== undefined);

/** Answers `GET /metrics`, and refuses everything else. */
function routing(metrics: Pick<Metrics, 'text' | 'contentType'>) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { method, url } = request;
    const refuse = (code: 'unauthorized' | 'unknown-address' | 'internal'): void => {
      const { body, headers } = refusalOf(code, { target: url });
      response.writeHead(httpStatusOf(code), headers).end(body);
    };
    if (isFromBrowser(request)) refuse('unauthorized');
    else if (method !== 'GET' || url !== '/metrics') refuse('unknown-address');
    else
      metrics.text().then(
        (text) => response.writeHead(200, { 'content-type': metrics.contentType, connection: 'close' }).end(text),
        () => refuse('internal'),
      );
  };
}

/**
 * Tells a worker's numbers to whoever reaches an address, until `signal` aborts. On loopback only under its own names, so that no page
 * that had a name rebound reads them; on an address that somebody gave under any name.
 * @returns the port @throws TouchstoneError `config-invalid` where it cannot listen
 */
export async function serveWorkerMetrics(
  metrics: Pick<Metrics, 'text' | 'contentType'>,
  { host, port: wanted }: ListenAddress,
  meters: Pick<Meters, 'connections'>,
  signal: AbortSignal,
): Promise<number> {
  let port = wanted;
  const server = createHttpServer({ routing: routing(metrics) }, (given) =>
    isLoopback(host) ? isOwnHost(given, port) : given !== undefined && given !== '',
  );
  createConnectionPlaces(MAX_CONNECTIONS).watch(server);
  meters.connections.watch(server);
  port = await listen(server, host, wanted).catch((cause: unknown) => {
    throw new TouchstoneError('config-invalid', `the metrics cannot be told at ${host}:${wanted}: ${cause}`, {
      cause,
      nextStep: 'Give --metrics another address or port: each worker of a machine needs its own.',
    });
  });
  signal.addEventListener('abort', () => void closeServer(server), { once: true });
  return port;
}

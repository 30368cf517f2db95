import type { ErrorCode } from '@touchstone/shared';
import type { Observer } from '../observe/observer.ts';
import { createCheckObserver } from './check-observer.ts';
import { type ConnectionBytes, createConnectionBytes } from './connection-bytes.ts';
import { createInstruments, type Instruments } from './instruments.ts';
import type { MetricName } from './metric-table.ts';
import { createRecentTimes, type RecentTimes } from './recent-times.ts';

/** How an error was told: as the answer of a request, over a browser's socket, or as the end of an accepted check. */
export type ToldBy = 'http' | 'socket' | 'job';

/** What counts while things happen; what only changes is looked at when somebody asks (create-metrics.ts). */
export interface Meters {
  readonly instruments: Instruments;
  readonly observer: Observer;
  /** What stages took lately. */
  readonly recent: RecentTimes;
  readonly connections: ConnectionBytes;
  /** @param route its pattern, never an address; undefined where none fits */
  answered(method: string, route: string | undefined, status: number): void;
  failed(code: ErrorCode | (string & {}), where: ToldBy): void;
}

/** Methods that have a series; anybody may send others. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** @param without metrics that another process tells */
export function createMeters(without?: ReadonlySet<MetricName>): Meters {
  const instruments = createInstruments(without);
  const recent = createRecentTimes();
  return {
    instruments,
    observer: createCheckObserver(instruments, recent),
    recent,
    connections: createConnectionBytes(),
    answered(method, route = 'unmatched', status) {
      const known = METHODS.has(method) ? method : 'other';
      instruments.add('touchstone_http_requests_total', { method: known, route, status: String(status) });
    },
    failed: (code, where) => instruments.add('touchstone_errors_total', { code, where }),
  };
}

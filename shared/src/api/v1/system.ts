import * as v from 'valibot';
import { FiniteNumber } from '../../finite-number.ts';
import { CompanionStatus } from '../../status.ts';
import { type FileAnswer, json, type RouteGroup } from '../route.ts';

export const Health = v.object({ status: v.literal('ok') });

/** What a companion that is not ready waits for. */
export const READY_PARTS = ['stopping', 'models', 'queue', 'log', 'disk'] as const;
export const Readiness = v.object({
  ready: v.boolean(),
  /** Empty when it is ready. */
  missing: v.array(v.picklist(READY_PARTS)),
});
export type Readiness = v.InferOutput<typeof Readiness>;

/** The disk that holds the data folder. */
export const Disk = v.object({ freeBytes: FiniteNumber, totalBytes: FiniteNumber });
export type Disk = v.InferOutput<typeof Disk>;

export const SystemAnswer = v.object({
  ...Readiness.entries,
  status: CompanionStatus,
  /** Bytes that this process holds. */
  memoryBytes: FiniteNumber,
  disk: Disk,
});

/** Prometheus' text format. */
const METRICS_TEXT: FileAnswer = { kind: 'text', types: ['text/plain; version=0.0.4; charset=utf-8'] };

export const v1System = {
  health: {
    method: 'GET',
    path: '/health',
    access: 'public',
    summary: 'Whether the companion runs at all.',
    answer: json(Health),
    errors: [],
  },
  ready: {
    method: 'GET',
    path: '/ready',
    access: 'public',
    summary: 'Whether it takes work and gets it done; 503 with `Retry-After` where not.',
    answer: json(Readiness),
    errors: [],
  },
  system: {
    method: 'GET',
    path: '/v1/system',
    access: 'read',
    summary: 'What runs, on what, and how it stands.',
    answer: json(SystemAnswer),
    errors: [],
  },
  metrics: {
    method: 'GET',
    path: '/metrics',
    access: 'read',
    summary: 'Numbers about what it does, in the text format of Prometheus (docs/metrics.md).',
    answer: METRICS_TEXT,
    errors: [],
  },
} as const satisfies RouteGroup;

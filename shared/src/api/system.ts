import * as v from 'valibot';
import { LANES } from '../capture.ts';
import { FiniteNumber } from '../finite-number.ts';
import { PackIdentity } from '../record.ts';
import { CompanionStatus } from '../status.ts';
import { json, type RouteGroup } from './route.ts';
import { Disk, Readiness } from './v1/system.ts';

const Count = v.pipe(FiniteNumber, v.integer(), v.minValue(0));
const Share = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1));

/** The records of one day. */
export const DayCount = v.object({
  /** Of the calendar of the companion's computer. */
  day: v.pipe(v.string(), v.isoDate()),
  pictures: Count,
  videos: Count,
  verdicts: v.object({ fake: Count, real: Count, uncertain: Count }),
});
export type DayCount = v.InferOutput<typeof DayCount>;

/** How long a stage of checks took in the last ten minutes, in milliseconds. */
export const StageTimes = v.object({
  /** picture, frame (of a video), video (a file) */
  medium: v.string(),
  stage: v.string(),
  p50: FiniteNumber,
  p95: FiniteNumber,
  p99: FiniteNumber,
});
export type StageTimes = v.InferOutput<typeof StageTimes>;

/** How a pack does on what it meets here. */
export const PackInUse = v.object({
  ...v.omit(PackIdentity, ['sha256']).entries,
  /** Labelled records with a verdict that is the label. */
  agreed: Count,
  /** And with the opposite one. */
  disagreed: Count,
  /** And with none. */
  undecided: Count,
  /** Pictures that the drift was reckoned from. */
  scored: Count,
  /** Population stability index against the card; null where it has no bands, or too few pictures were met. */
  drift: v.nullable(FiniteNumber),
});
export type PackInUse = v.InferOutput<typeof PackInUse>;

/** What runs, how fast and how well. Numbers count from the start of the companion, where nothing else is said. */
export const SystemFigures = v.object({
  /** Milliseconds since 1970. */
  at: FiniteNumber,
  ...Readiness.entries,
  status: CompanionStatus,
  /** What waits for its turn now; `accepted` are checks that outlast the companion. */
  queue: v.array(v.object({ lane: v.picklist(LANES), waiting: Count, accepted: Count })),
  stages: v.array(StageTimes),
  /** The last thirty, oldest first; from the history. */
  days: v.array(DayCount),
  /** How many records have a probability in each tenth, from the lowest. */
  probabilities: v.array(Count),
  /** Average probability of the likelier side; null before the first record. */
  confidence: v.nullable(Share),
  /** Most frequent first. */
  errors: v.array(v.object({ code: v.string(), count: Count })),
  requests: v.object({ answered: Count, refused: Count, failed: Count }),
  caches: v.array(v.object({ cache: v.string(), hits: Count, misses: Count })),
  /** Bytes in the data folder by what they are. */
  storage: v.array(v.object({ kind: v.string(), bytes: FiniteNumber })),
  disk: v.nullable(Disk),
  /** Memory is null for threads, which share that of the companion, and where the system does not tell it. */
  processes: v.array(
    v.object({ process: v.string(), running: Count, memoryBytes: v.nullable(FiniteNumber), cpuSeconds: FiniteNumber }),
  ),
  /** How late the main thread was lately, in milliseconds. */
  eventLoopLag: v.object({ p50: FiniteNumber, p99: FiniteNumber, max: FiniteNumber }),
  gpus: v.array(v.object({ busy: v.nullable(Share), memoryUsed: FiniteNumber, memorySize: FiniteNumber })),
  packs: v.array(PackInUse),
});
export type SystemFigures = v.InferOutput<typeof SystemFigures>;

export const system = {
  figures: {
    method: 'GET',
    path: '/api/system',
    access: 'either',
    summary: 'What runs, how fast and how well: the numbers of `GET /metrics` for people.',
    answer: json(SystemFigures),
    errors: [],
  },
} as const satisfies RouteGroup;

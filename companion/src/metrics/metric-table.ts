/** Seconds; a frame of a playing video takes a few milliseconds, a video file minutes. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 600];

/** Shares from 0 to 1. */
const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Below 0.5 nothing can lie: the likelier side is meant. */
const UPPER_HALF = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

/** Pictures; no run holds more views than a graphics processor is given at once (inference/batch.ts). */
const BATCH_SIZES = [1, 2, 3, 4, 6, 8, 16, 32];

export interface Metric {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** No label carries an address, a name of a file or anything else that a page, a file or a person wrote. */
  readonly labels: readonly string[];
  /** Upper bounds of a histogram. */
  readonly buckets?: readonly number[];
  /** What the system must tell for it; absent: it is always there. */
  readonly needs?: string;
}

const LINUX = 'Linux';

/**
 * Every metric that `GET /metrics` can show. docs/metrics.md is written from here; the dashboard, the alerts and the rules of
 * `companion/observability` are held to it.
 */
export const METRICS = {
  touchstone_build_info: {
    type: 'gauge',
    help: 'Always 1; the version of the companion that runs.',
    labels: ['version'],
  },
  touchstone_provider_info: {
    type: 'gauge',
    help: 'Always 1; the execution provider that runs the quick pack.',
    labels: ['provider'],
  },
  touchstone_start_time_seconds: { type: 'gauge', help: 'When the companion started, in Unix time.', labels: [] },
  touchstone_ready: { type: 'gauge', help: 'Whether it takes work and gets it done, as GET /ready says.', labels: [] },
  touchstone_warnings: {
    type: 'gauge',
    help: 'What goes wrong now and is survived, by the code of its error.',
    labels: ['code'],
  },
  touchstone_http_requests_total: {
    type: 'counter',
    help: 'Answered HTTP requests by the pattern of their route; "unmatched" where no route fits.',
    labels: ['method', 'route', 'status'],
  },
  touchstone_errors_total: {
    type: 'counter',
    help: 'Errors that were told to whoever asked, by code and by the way they were told.',
    labels: ['code', 'where'],
  },
  touchstone_checks_total: {
    type: 'counter',
    help: 'Checks that ended with a record in the history.',
    labels: ['medium', 'lane', 'verdict'],
  },
  touchstone_checks_today: {
    type: 'gauge',
    help: 'Records of the history from today, by the calendar of this computer.',
    labels: ['medium'],
  },
  touchstone_check_stage_seconds: {
    type: 'histogram',
    help: 'Time that each stage of a check took.',
    labels: ['medium', 'stage'],
    buckets: DURATIONS,
  },
  touchstone_check_stage_recent_seconds: {
    type: 'gauge',
    help: 'The same over the last ten minutes, at most 512 times of each: p50, p95 and p99, which need no server.',
    labels: ['medium', 'stage', 'statistic'],
  },
  touchstone_queue_depth: { type: 'gauge', help: 'Captures that wait for their turn, by lane.', labels: ['lane'] },
  touchstone_queue_wait_seconds: {
    type: 'histogram',
    help: 'Time that captures waited for their turn, by lane.',
    labels: ['lane'],
    buckets: DURATIONS,
  },
  touchstone_jobs_pending: {
    type: 'gauge',
    help: 'Accepted checks that nobody has begun, by lane.',
    labels: ['lane'],
  },
  touchstone_jobs_processing: { type: 'gauge', help: 'Accepted checks that are worked on.', labels: [] },
  touchstone_jobs_oldest_pending_seconds: {
    type: 'gauge',
    help: 'Age of the oldest accepted check that waits; 0 when none does.',
    labels: [],
  },
  touchstone_jobs_ended_total: {
    type: 'counter',
    help: 'Accepted checks that ended, by how they ended.',
    labels: ['state'],
  },
  touchstone_batch_pictures: {
    type: 'histogram',
    help: 'Pictures in one run of a pack.',
    labels: ['provider'],
    buckets: BATCH_SIZES,
  },
  touchstone_worker_restarts: {
    type: 'gauge',
    help: 'How often the inference thread had to be replaced since the start.',
    labels: [],
  },
  touchstone_cache_requests_total: {
    type: 'counter',
    help: 'Questions to a cache, by whether the answer was there.',
    labels: ['cache', 'outcome'],
  },
  touchstone_verdict_probability: {
    type: 'histogram',
    help: 'Probability that a picture or video is generated, as recorded.',
    labels: [],
    buckets: TENTHS,
  },
  touchstone_verdict_confidence: {
    type: 'histogram',
    help: 'Probability of the likelier side; its sum by its count is the average confidence.',
    labels: [],
    buckets: UPPER_HALF,
  },
  touchstone_labelled_records: {
    type: 'gauge',
    help: 'Records that a person labelled as real or fake, by pack, label and verdict.',
    labels: ['pack', 'label', 'verdict'],
  },
  touchstone_label_agreement_ratio: {
    type: 'gauge',
    help: 'Share of the labelled records with a decided verdict whose verdict is the label, by pack.',
    labels: ['pack'],
  },
  touchstone_score_drift: {
    type: 'gauge',
    help: 'How far the scores of recent pictures lie from those of the pack card, for the mix of pictures that fits best; 0 is none (population stability index).',
    labels: ['pack'],
  },
  touchstone_score_drift_pictures: {
    type: 'gauge',
    help: 'Pictures that the drift was reckoned from.',
    labels: ['pack'],
  },
  touchstone_records: { type: 'gauge', help: 'Records in the history.', labels: [] },
  touchstone_storage_bytes: { type: 'gauge', help: 'Bytes in the data folder by what they are.', labels: ['kind'] },
  touchstone_disk_free_bytes: { type: 'gauge', help: 'Bytes free on the disk of the data folder.', labels: [] },
  touchstone_disk_size_bytes: { type: 'gauge', help: 'Bytes that the disk of the data folder holds.', labels: [] },
  touchstone_processes: {
    type: 'gauge',
    help: 'Processes and threads that run, by what they do.',
    labels: ['process'],
  },
  touchstone_process_cpu_seconds_total: {
    type: 'counter',
    help: 'Processor time by process; the inference thread is part of the companion and told beside it.',
    labels: ['process'],
  },
  touchstone_process_memory_bytes: {
    type: 'gauge',
    help: 'Resident memory by process; that of threads is in the companion.',
    labels: ['process'],
  },
  touchstone_disk_io_bytes_total: {
    type: 'counter',
    help: 'Bytes that the companion read from and wrote to disks.',
    labels: ['direction'],
    needs: LINUX,
  },
  touchstone_network_bytes_total: {
    type: 'counter',
    help: 'Bytes on the connections of the companion, all of them on this computer.',
    labels: ['direction'],
  },
  touchstone_event_loop_lag_seconds: {
    type: 'gauge',
    help: 'How late the main thread was in the time since the last look.',
    labels: ['statistic'],
  },
  touchstone_gpu_busy_ratio: {
    type: 'gauge',
    help: 'Share of time that a graphics processor was busy.',
    labels: ['gpu'],
    needs: 'a graphics driver that tells it (amdgpu, NVIDIA)',
  },
  touchstone_gpu_memory_used_bytes: {
    type: 'gauge',
    help: 'Memory of a graphics processor in use, by all programs.',
    labels: ['gpu'],
    needs: 'a graphics driver that tells it (amdgpu, NVIDIA)',
  },
  touchstone_gpu_memory_size_bytes: {
    type: 'gauge',
    help: 'Memory of a graphics processor.',
    labels: ['gpu'],
    needs: 'a graphics driver that tells it (amdgpu, NVIDIA)',
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;

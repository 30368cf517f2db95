import { packLabel } from '@touchstone/shared';
import type { LabelTally } from '../store/record-store.ts';
import type { Instruments } from './instruments.ts';
import { installedLabel } from './pack-figures.ts';
import { QUANTILES, type QuantileName, type StageQuantiles } from './recent-times.ts';
import type { Snapshot } from './snapshot.ts';

const MS_PER_SECOND = 1000;

/** Sets a counter to what another place has counted. */
function count(
  instruments: Instruments,
  name: 'touchstone_disk_io_bytes_total' | 'touchstone_network_bytes_total',
  totals: Readonly<Record<string, number>>,
): void {
  instruments.clear(name);
  for (const [direction, bytes] of Object.entries(totals)) instruments.add(name, { direction }, bytes);
}

function setState(instruments: Instruments, { status, readiness, jobs, today }: Snapshot): void {
  const { set, clear } = instruments;
  set('touchstone_build_info', { version: status.version }, 1);
  clear('touchstone_provider_info');
  set('touchstone_provider_info', { provider: status.provider }, 1);
  set('touchstone_start_time_seconds', {}, status.startedAt / MS_PER_SECOND);
  set('touchstone_ready', {}, readiness.ready ? 1 : 0);
  clear('touchstone_warnings');
  for (const { code } of status.warnings ?? []) set('touchstone_warnings', { code }, 1);
  set('touchstone_records', {}, status.records);
  set('touchstone_worker_restarts', {}, status.workerRestarts);
  for (const [lane, waiting] of Object.entries(status.queued)) set('touchstone_queue_depth', { lane }, waiting);
  for (const [lane, pending] of Object.entries(jobs.pending)) set('touchstone_jobs_pending', { lane }, pending);
  set('touchstone_jobs_processing', {}, jobs.processing);
  const oldest = jobs.oldestPendingAt === null ? 0 : Math.max(0, Date.now() - jobs.oldestPendingAt);
  set('touchstone_jobs_oldest_pending_seconds', {}, oldest / MS_PER_SECOND);
  set('touchstone_checks_today', { medium: 'picture' }, today.pictures);
  set('touchstone_checks_today', { medium: 'video' }, today.videos);
}

function setAccuracy(instruments: Instruments, { labels, packs, status }: Snapshot): void {
  const { set, clear } = instruments;
  clear('touchstone_labelled_records');
  const sums = new Map<string, LabelTally>();
  for (const tally of labels) {
    const pack = installedLabel(tally.pack, status.packs);
    const key = `${pack} ${tally.label} ${tally.verdict}`;
    sums.set(key, { ...tally, pack, count: tally.count + (sums.get(key)?.count ?? 0) });
  }
  for (const { pack, label, verdict, count: found } of sums.values()) {
    set('touchstone_labelled_records', { pack, label, verdict }, found);
  }
  clear('touchstone_label_agreement_ratio');
  clear('touchstone_score_drift');
  clear('touchstone_score_drift_pictures');
  for (const { name, version, agreed, disagreed, scored, drift } of packs) {
    const pack = packLabel({ name, version });
    const decided = agreed + disagreed;
    if (decided > 0) set('touchstone_label_agreement_ratio', { pack }, agreed / decided);
    set('touchstone_score_drift_pictures', { pack }, scored);
    if (drift !== null) set('touchstone_score_drift', { pack }, drift);
  }
}

function setResources(instruments: Instruments, { disk, storage, gpus, io, lag, usage }: Snapshot): void {
  const { set, add, clear } = instruments;
  if (disk) {
    set('touchstone_disk_free_bytes', {}, disk.freeBytes);
    set('touchstone_disk_size_bytes', {}, disk.totalBytes);
  }
  for (const [kind, bytes] of Object.entries(storage ?? {})) set('touchstone_storage_bytes', { kind }, bytes);
  if (io) count(instruments, 'touchstone_disk_io_bytes_total', { ...io });
  for (const [statistic, seconds] of Object.entries(lag))
    set('touchstone_event_loop_lag_seconds', { statistic }, seconds);
  clear('touchstone_process_cpu_seconds_total');
  for (const [process, { running, memory, cpuMs }] of usage) {
    set('touchstone_processes', { process }, running);
    add('touchstone_process_cpu_seconds_total', { process }, cpuMs / MS_PER_SECOND);
    if (memory !== undefined) set('touchstone_process_memory_bytes', { process }, memory);
  }
  for (const [index, { busy, memoryUsed, memorySize }] of gpus.entries()) {
    const gpu = String(index);
    if (busy !== undefined) set('touchstone_gpu_busy_ratio', { gpu }, busy);
    set('touchstone_gpu_memory_used_bytes', { gpu }, memoryUsed);
    set('touchstone_gpu_memory_size_bytes', { gpu }, memorySize);
  }
}

function setRecent({ set, clear }: Instruments, recent: readonly StageQuantiles[]): void {
  clear('touchstone_check_stage_recent_seconds');
  const names = Object.keys(QUANTILES) as QuantileName[];
  for (const { medium, stage, ...times } of recent) {
    for (const statistic of names) {
      set('touchstone_check_stage_recent_seconds', { medium, stage, statistic }, times[statistic]);
    }
  }
}

/** Writes a snapshot into the metrics that are not counted while things happen. */
export function setGauges(
  instruments: Instruments,
  snapshot: Snapshot,
  {
    network,
    recent,
  }: {
    readonly network: { readonly received: number; readonly sent: number };
    readonly recent: readonly StageQuantiles[];
  },
): void {
  setRecent(instruments, recent);
  setState(instruments, snapshot);
  setAccuracy(instruments, snapshot);
  setResources(instruments, snapshot);
  count(instruments, 'touchstone_network_bytes_total', network);
}

import type { ResultRecord } from '@touchstone/shared';
import type { SystemFigures } from '@touchstone/shared/api';
import { hasEnded } from '../jobs/job.ts';
import { mediumOf } from './day-counts.ts';
import type { Instruments } from './instruments.ts';
import type { Meters } from './meters.ts';
import { setGauges } from './set-gauges.ts';
import { createSnapshotTaker, type MetricSources } from './snapshot.ts';
import { systemFigures } from './system-figures.ts';

/** The numbers of one companion, for machines and for people. */
export interface Metrics {
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
  figures(): Promise<SystemFigures>;
}

function countRecord(instruments: Instruments, { source, lane, verdict }: ResultRecord): void {
  const { value, probability } = verdict;
  instruments.add('touchstone_checks_total', { medium: mediumOf(source.kind), lane, verdict: value });
  instruments.observe('touchstone_verdict_probability', {}, probability);
  instruments.observe('touchstone_verdict_confidence', {}, Math.max(probability, 1 - probability));
}

/**
 * Counts what becomes of checks, and looks at everything else when it is asked. Records that are not kept (private windows, a pause
 * of recording) are in no number about verdicts.
 */
export function createMetrics({ instruments, failed, connections, recent }: Meters, sources: MetricSources): Metrics {
  const { log, ledger, signal } = sources;
  const snapshots = createSnapshotTaker(sources);
  log.subscribe((event) => {
    if (event.type === 'record') countRecord(instruments, event.record);
  }, signal);
  ledger.subscribe((job) => {
    if (!hasEnded(job)) return;
    instruments.add('touchstone_jobs_ended_total', { state: job.state });
    if (job.error) failed(job.error.code, 'job');
  }, signal);
  return {
    contentType: instruments.contentType,
    async text() {
      const snapshot = await snapshots.take();
      setGauges(instruments, snapshot, { network: connections.totals(), recent: recent.quantiles() });
      return instruments.text();
    },
    async figures() {
      const [snapshot, days] = [await snapshots.takeWhole(), await snapshots.days()];
      return systemFigures(instruments, snapshot, { days, recent: recent.quantiles() });
    },
  };
}

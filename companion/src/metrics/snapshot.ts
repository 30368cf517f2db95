import type { CompanionStatus } from '@touchstone/shared';
import type { DayCount, Disk, PackInUse, Readiness } from '@touchstone/shared/api';
import type { JobCounts, JobLedger } from '../jobs/job-ledger.ts';
import type { History, LabelTally } from '../store/record-store.ts';
import { type UsageOfKind, usageByKind } from '../workers/running.ts';
import { createDayCounts } from './day-counts.ts';
import { diskOf } from './disk-space.ts';
import { type EventLoopLag, watchEventLoop } from './event-loop-lag.ts';
import { type Gpu, readGpus } from './gpus.ts';
import { type DiskIo, ownDiskIo } from './own-disk-io.ts';
import { packFigures } from './pack-figures.ts';
import { createRecentScores } from './recent-scores.ts';
import { refreshed } from './refreshed.ts';
import { type StorageSizes, storageSizes } from './storage-sizes.ts';

/** How old what takes time to find out may be, in milliseconds. */
const MAX_AGE = { storage: 60_000, gpus: 10_000, labels: 5_000 } as const;

export interface MetricSources {
  readonly log: Pick<History, 'tally' | 'tallyLabels' | 'iterate' | 'subscribe'>;
  readonly ledger: Pick<JobLedger, 'counts' | 'subscribe'>;
  /** Folder of everything that is kept. */
  readonly dataFolder: string;
  readonly status: () => CompanionStatus;
  readonly readiness: () => Promise<Readiness>;
  /** Aborts when the companion ends. */
  readonly signal: AbortSignal;
}

/** The companion as it stands now. */
export interface Snapshot {
  readonly status: CompanionStatus;
  readonly readiness: Readiness;
  readonly jobs: JobCounts;
  readonly today: DayCount;
  readonly labels: readonly LabelTally[];
  readonly packs: readonly PackInUse[];
  readonly disk: Disk | undefined;
  readonly storage: StorageSizes | undefined;
  readonly gpus: readonly Gpu[];
  readonly io: DiskIo | undefined;
  readonly lag: EventLoopLag;
  /** By what they do; `companion` is the main process. */
  readonly usage: ReadonlyMap<string, UsageOfKind>;
}

export interface SnapshotTaker {
  /** At once, with what is known: for machines, which ask again and again. */
  take(): Promise<Snapshot>;
  /** Waits for what was never found out. */
  takeWhole(): Promise<Snapshot>;
  days(): Promise<readonly DayCount[]>;
}

function ownUsage(): UsageOfKind {
  const { user, system } = process.cpuUsage();
  return { running: 1, memory: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 };
}

/** Looks at everything that is not counted while it happens, when somebody asks and only then. */
export function createSnapshotTaker(sources: MetricSources): SnapshotTaker {
  const { log, ledger, dataFolder, status, readiness, signal } = sources;
  const dayCounts = createDayCounts(log, signal);
  const scores = createRecentScores(log, signal);
  const storage = refreshed(() => storageSizes(dataFolder), MAX_AGE.storage);
  const gpus = refreshed(readGpus, MAX_AGE.gpus);
  const labels = refreshed(() => log.tallyLabels(), MAX_AGE.labels);
  const lag = watchEventLoop(signal);

  async function take(): Promise<Snapshot> {
    void scores.load().catch(() => undefined);
    const now = status();
    const [ready, jobs, today, disk, io, workers] = await Promise.all([
      readiness(),
      ledger.counts(),
      dayCounts.today(),
      diskOf(dataFolder).catch(() => undefined),
      ownDiskIo(),
      usageByKind(),
    ]);
    const known = labels.latest() ?? [];
    return {
      status: now,
      readiness: ready,
      jobs,
      today,
      labels: known,
      packs: packFigures(now.packs, known, scores),
      disk,
      storage: storage.latest(),
      gpus: gpus.latest() ?? [],
      io,
      lag: lag(),
      usage: new Map([['companion', ownUsage()], ...workers]),
    };
  }

  return {
    take,
    async takeWhole() {
      await Promise.all([scores.load(), storage.first(), gpus.first(), labels.first()]);
      return take();
    },
    days: () => dayCounts.days(),
  };
}

import type { ErrorCode } from '@touchstone/shared';
import type { Readiness } from '@touchstone/shared/api';
import { diskOf } from '../../metrics/disk-space.ts';
import type { PipelineStatus } from '../../pipeline/pipeline.ts';
import type { RecordStore } from '../../store/record-store.ts';
import type { GatewayContext } from '../context.ts';

/** How often it is noted whether the queue is empty, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** Milliseconds for which work may wait while nothing is finished: several of the slowest pictures, not a hung worker. */
const STUCK_AFTER_MS = 30_000;

/** Bytes on the disk below which no upload is safe. */
const NEEDED_BYTES = 256 * 1024 * 1024;

/** Troubles of the log that stand in its notices. */
const LOG_TROUBLE: ReadonlySet<string> = new Set<ErrorCode>(['log-failed', 'log-locked', 'log-read-only', 'disk-full']);

interface Watched extends Pick<GatewayContext, 'notices' | 'draining' | 'signal' | 'dataFolder'> {
  readonly pipeline: { status(): Pick<PipelineStatus, 'packs' | 'queued'> };
  readonly log: Pick<RecordStore, 'subscribe'>;
}

/**
 * Whether work is taken and gets done. A process that lives and finishes nothing is not ready: something was finished lately, or
 * nothing waits.
 */
export function createReadiness(context: Watched, now: () => number = () => performance.now()) {
  const { pipeline, log, notices, signal } = context;
  const nothingWaits = (): boolean => Object.values(pipeline.status().queued).every((count) => count === 0);
  let movedAt = now();
  const moved = (): void => {
    movedAt = now();
  };
  const timer = setInterval(() => {
    if (nothingWaits()) moved();
  }, LOOK_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  log.subscribe((event) => {
    if (event.type === 'record') moved();
  }, signal);

  return async (): Promise<Readiness> => {
    const disk = await diskOf(context.dataFolder).catch(() => undefined);
    const parts = {
      stopping: context.draining(),
      models: pipeline.status().packs.length === 0,
      queue: !nothingWaits() && now() - movedAt > STUCK_AFTER_MS,
      log: notices.list().some(({ code }) => LOG_TROUBLE.has(code)),
      disk: disk === undefined || disk.freeBytes < NEEDED_BYTES,
    };
    const missing = (['stopping', 'models', 'queue', 'log', 'disk'] as const).filter((part) => parts[part]);
    return { ready: missing.length === 0, missing };
  };
}

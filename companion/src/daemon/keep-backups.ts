import { setTimeout as wait } from 'node:timers/promises';
import { TouchstoneError } from '@touchstone/shared';
import type { Logger } from 'pino';
import { backUp } from '../backup/back-up.ts';
import { backupsIn, rotate } from '../backup/backup-folders.ts';
import type { Notices } from '../notices/notices.ts';

/** When backups are made, and how many stay. */
export interface BackupPlan {
  /** Folder that they lie in. */
  readonly into: string;
  readonly everyHours: number;
  readonly keep: number;
}

export interface BackupRooms {
  readonly home: string;
  readonly notices: Notices;
  readonly logger: Logger;
  /** Milliseconds since 1970; tests bring their own. */
  readonly now?: () => number;
  /** Milliseconds between two looks at the clock. */
  readonly lookEveryMs?: number;
}

/** Names backups among the notices. */
const SOURCE = 'backups';

const HOUR_MS = 60 * 60_000;
const LOOK_EVERY_MS = 5 * 60_000;

/**
 * Makes a backup whenever the newest is old enough, until `signal` aborts: by what lies in the folder, so that no start is
 * missed and none makes one too many. One that fails is named among the notices until one succeeds.
 */
export async function keepBackups(plan: BackupPlan, rooms: BackupRooms, signal: AbortSignal): Promise<void> {
  const { home, notices, logger, now = Date.now, lookEveryMs = LOOK_EVERY_MS } = rooms;

  async function isDue(): Promise<boolean> {
    const newest = (await backupsIn(plan.into)).at(-1);
    const age = newest ? now() - newest.manifest.at : Number.POSITIVE_INFINITY;
    // One of the future was made by a clock that was wrong.
    return age >= plan.everyHours * HOUR_MS || age < 0;
  }

  async function look(): Promise<void> {
    try {
      if (!(await isDue())) return;
      const { manifest } = await backUp({ home, into: plan.into, signal, now });
      const removed = await rotate(plan.into, plan.keep);
      logger.info({ number: manifest.number, records: manifest.records, removed: removed.length }, 'backed up');
      notices.clear(SOURCE);
    } catch (error) {
      if (signal.aborted) return;
      logger.error({ err: error }, 'the backup failed');
      const code = error instanceof TouchstoneError && error.code === 'disk-full' ? 'disk-full' : 'backup-failed';
      notices.raise(code, SOURCE, `The backup in ${plan.into} failed: ${String(error)}`);
    }
  }

  while (!signal.aborted) {
    await look();
    await wait(lookEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  MAX_RETENTION_BYTES,
  MAX_RETENTION_DAYS,
  MIN_RETENTION_BYTES,
  type SettingsPatch,
  TouchstoneError,
} from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { openHistory } from '../../log/create-result-log.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { openSettings, type SettingsStore } from '../../settings/settings-store.ts';
import { openFolderContentStore } from '../../store/folder/folder-content-store.ts';
import { prune } from '../../store/prune.ts';
import { companionOrFolder } from '../link/companion-or-folder.ts';
import { interruptSignal } from '../terminal/endings.ts';

const DAY_MS = 24 * 60 * 60_000;
const MEGABYTE = 1_000_000;

export interface PruneCommandOptions {
  /** Days. */
  readonly olderThan?: number;
  /** Megabytes (10^6 bytes). */
  readonly largerThan?: number;
  /** Keeps to it from now on. */
  readonly always?: boolean;
  readonly json?: boolean;
}

interface Keeping {
  readonly settings: Pick<SettingsStore, 'update'> & { readonly current: SettingsPatch };
  prune(limits: { olderThan?: number; keepBytes?: number }): Promise<number>;
  close(): Promise<void>;
}

/** The running companion, or the folder itself while nobody else can change it. */
async function keeping(signal: AbortSignal): Promise<Keeping> {
  const place = await companionOrFolder(signal);
  if ('link' in place) {
    const { link } = place;
    return {
      settings: {
        current: await link.call(api.settings.get),
        update: (patch) => link.call(api.settings.change, { body: patch }),
      },
      prune: async (body) => (await link.call(api.history.prune, { body, signal })).deleted,
      close: async () => undefined,
    };
  }
  const home = dataFolder();
  const onWarning = (message: string): void => void process.stderr.write(`Note: ${message}\n`);
  try {
    const settings = await openSettings(home, onWarning);
    const content = await openFolderContentStore(join(home, 'content'));
    const { history } = openHistory(join(home, 'history.sqlite'), { content, onWarning });
    return {
      settings: { current: settings.current(), update: settings.update },
      prune: (limits) => prune(history, limits, signal),
      close: () => history.close().finally(() => place.lock.release()),
    };
  } catch (error) {
    place.lock.release();
    throw error;
  }
}

function bytesOf(megabytes: number | undefined): number | undefined {
  if (megabytes === undefined) return undefined;
  const bytes = Math.round(megabytes * MEGABYTE);
  if (bytes >= MIN_RETENTION_BYTES && bytes <= MAX_RETENTION_BYTES) return bytes;
  const [least, most] = [MIN_RETENTION_BYTES, MAX_RETENTION_BYTES].map((limit) => limit / MEGABYTE);
  throw new TouchstoneError('bad-request', `--larger-than takes ${least} to ${most} megabytes`);
}

/**
 * `touchstone history prune`: deletes what is too old, then the oldest until the rest fits; without limits of its own by those that
 * the person chose. Somebody who says so has looked at the clock.
 * @throws TouchstoneError `bad-request` where there is nothing to go by
 */
export async function pruneHistory({
  olderThan,
  largerThan,
  always,
  json = false,
}: PruneCommandOptions): Promise<void> {
  const given = bytesOf(largerThan);
  if (olderThan !== undefined && olderThan > MAX_RETENTION_DAYS) {
    throw new TouchstoneError('bad-request', `--older-than takes 1 to ${MAX_RETENTION_DAYS} days`);
  }
  if (!existsSync(join(dataFolder(), 'history.sqlite'))) {
    throw new TouchstoneError('not-found', `there is no history in ${dataFolder()}`);
  }
  const history = await keeping(interruptSignal());
  try {
    const { current } = history.settings;
    const asked = olderThan !== undefined || given !== undefined;
    const days = asked ? olderThan : (current.retentionDays ?? undefined);
    const keepBytes = asked ? given : (current.retentionBytes ?? undefined);
    if (days === undefined && keepBytes === undefined) {
      throw new TouchstoneError('bad-request', 'name --older-than DAYS or --larger-than MEGABYTES; no limit is set');
    }
    if (always) {
      await history.settings.update({
        ...(olderThan === undefined ? {} : { retentionDays: olderThan }),
        ...(given === undefined ? {} : { retentionBytes: given }),
      });
    }
    const deleted = await history.prune({
      ...(days === undefined ? {} : { olderThan: Date.now() - days * DAY_MS }),
      ...(keepBytes === undefined ? {} : { keepBytes }),
    });
    process.stdout.write(json ? `${JSON.stringify({ deleted })}\n` : `Deleted ${deleted} records.\n`);
  } finally {
    await history.close();
  }
}

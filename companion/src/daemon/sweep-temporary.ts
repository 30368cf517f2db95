import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMine } from '../settings/foreign-files.ts';

/** Time after which nobody is at work any more on what lies where a command may be, in milliseconds. */
const ABANDONED_MS = 24 * 60 * 60_000;

/** Unfinished downloads are continued by the next try; one of last month is of a model that changed. Milliseconds. */
const STALE_DOWNLOAD_MS = 30 * ABANDONED_MS;

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

interface Place {
  readonly folder: string;
  /** Names that Touchstone alone gives. */
  readonly names: RegExp;
  /** 0 where the lock of the data folder says that nobody is at work there. */
  readonly olderThanMs: number;
}

function placesOf(home: string): readonly Place[] {
  const packs = join(home, 'packs');
  return [
    { folder: home, names: new RegExp(`^[a-z]+\\.json\\.${UUID}\\.tmp$`), olderThanMs: 0 },
    { folder: join(home, 'backups'), names: /^history-version-\d+\.sqlite\.tmp$/, olderThanMs: 0 },
    { folder: packs, names: new RegExp(`^\\.staging-${UUID}$`), olderThanMs: ABANDONED_MS },
    { folder: join(packs, '.downloads'), names: /^[0-9a-f]{64}(\.onnx)?(\.part)?$/, olderThanMs: STALE_DOWNLOAD_MS },
    { folder: tmpdir(), names: /^touchstone-input-[A-Za-z0-9]{6}$/, olderThanMs: ABANDONED_MS },
  ];
}

/**
 * Removes what processes left that were killed in the middle of a write, an install or a check of standard input: what has a name
 * that Touchstone gives, belongs to this user and is old enough. What cannot be removed stays.
 * @param home locked by this process
 * @param now milliseconds since 1970
 */
export async function sweepTemporary(home: string, now = Date.now()): Promise<void> {
  for (const { folder, names, olderThanMs } of placesOf(home)) {
    for (const name of (await readdir(folder).catch(() => [])).filter((one) => names.test(one))) {
      const path = join(folder, name);
      const facts = await stat(path).catch(() => undefined);
      if (!facts || !isMine(facts) || now - facts.mtimeMs < olderThanMs) continue;
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

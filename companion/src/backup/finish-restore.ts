import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { systemCode } from '../settings/folder-trouble.ts';
import { readPrivateFile, syncFolder, writePrivateFile } from '../settings/private-file.ts';

/** Says that a restore has begun that must be brought to its end. */
const JOURNAL_FILE = 'restore.json';

/** Where the files of a backup lie until all are whole. */
export const STAGING_FOLDER = 'restoring';

const ASIDE = /^before-restore-\d{8}T\d{6}Z(-\d+)?$/;

/** What stays where it is: the lock, this work, the companion's own log files, the decoder that was fetched. */
const STAYS: readonly string[] = [
  'companion.lock',
  'companion.pid',
  JOURNAL_FILE,
  STAGING_FOLDER,
  'logs',
  'video-decoder',
];

const Journal = v.object({
  /** `aside`: what was there is being moved away; `in`: what was staged takes its place. */
  phase: v.picklist(['aside', 'in']),
  aside: v.pipe(v.string(), v.regex(ASIDE)),
});
type Journal = v.InferOutput<typeof Journal>;

/** @returns a name, not taken yet, for a folder of what was there. @param at milliseconds since 1970 */
export function asideName(home: string, at: number): string {
  const name = `before-restore-${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}`;
  let free = name;
  for (let more = 1; existsSync(join(home, free)); more += 1) free = `${name}-${more}`;
  return free;
}

async function write(home: string, journal: Journal): Promise<void> {
  await writePrivateFile(join(home, JOURNAL_FILE), `${JSON.stringify(journal)}\n`);
}

async function read(home: string): Promise<Journal | undefined> {
  try {
    return v.parse(Journal, JSON.parse(await readPrivateFile(join(home, JOURNAL_FILE))));
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw new TouchstoneError('folder-unusable', `${join(home, JOURNAL_FILE)}: ${String(cause)}`, { cause });
  }
}

/** From here on the restore is brought to its end, at the next start at the latest. */
export async function beginRestore(home: string, aside: string): Promise<void> {
  await write(home, { phase: 'aside', aside });
}

async function moveAll(from: string, to: string, stays: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(from)) {
    if (!stays(name)) await rename(join(from, name), join(to, name));
  }
  await syncFolder(to);
  await syncFolder(from);
}

/**
 * Brings a restore to its end that has begun: moves what was there aside, then what was staged into its place. Each step can be
 * done again after a crash.
 * @param home locked by this process
 * @returns where lies what was there before; undefined where no restore had begun
 */
export async function finishRestore(home: string): Promise<string | undefined> {
  const journal = await read(home);
  if (!journal) {
    // A restore that was killed before anything moved.
    await rm(join(home, STAGING_FOLDER), { recursive: true, force: true });
    return undefined;
  }
  const { phase, aside } = journal;
  const asideFolder = join(home, aside);
  const staged = join(home, STAGING_FOLDER);
  if (phase === 'aside') {
    await mkdir(asideFolder, { recursive: true, mode: 0o700 });
    await moveAll(home, asideFolder, (name) => STAYS.includes(name) || ASIDE.test(name));
    await write(home, { phase: 'in', aside });
  }
  await moveAll(staged, home, () => false).catch((error: unknown) => {
    // Everything had moved already.
    if (systemCode(error) !== 'ENOENT') throw error;
  });
  await rmdir(staged).catch(() => undefined);
  await rm(join(home, JOURNAL_FILE), { force: true });
  await syncFolder(home);
  return asideFolder;
}

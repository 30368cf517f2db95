import { readdir, readFile, stat } from 'node:fs/promises';
import { arch, cpus, homedir, hostname, platform, release, totalmem, userInfo } from 'node:os';
import { join } from 'node:path';
import { listPacks, packIdentity } from '@touchstone/models';
import { CompanionSettings } from '@touchstone/shared';
import * as v from 'valibot';
import { COMPANION_VERSION } from '../../records/companion-version.ts';
import { readPrivateFile } from '../../settings/private-file.ts';
import type { NamedFinding } from './diagnose.ts';
import type { Subject } from './diagnosis.ts';
import { scrub } from './scrub.ts';

/** A user of a container may have a number and no name. */
function userNames(): string[] {
  try {
    return [userInfo().username];
  } catch {
    return [];
  }
}

/** Root of the program's own files. */
const PROGRAM = join(import.meta.dirname, '..', '..', '..', '..');

/** Lines of the companion's own log that are sent: a start and what followed. */
const LOG_LINES = 200;

async function lastLogLines(home: string): Promise<string[]> {
  const folder = join(home, 'logs');
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.log'))
      .map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  );
  const newest = files.toSorted((a, b) => b.at - a.at)[0];
  if (!newest) return [];
  return (await readFile(newest.path, 'utf8')).split('\n').filter(Boolean).slice(-LOG_LINES);
}

async function settingsOf(home: string): Promise<CompanionSettings | string> {
  try {
    return v.parse(CompanionSettings, JSON.parse(await readPrivateFile(join(home, 'settings.json'))));
  } catch {
    return 'none that can be read';
  }
}

/**
 * What a person can send with a question: versions, findings, settings, the companion's own log. No record, no picture, no
 * address of a page, no pairing, no token; names of the person and paths outside program and data folder are replaced.
 * @param names of the person and the computer
 */
export async function bundle(
  subject: Subject,
  findings: readonly NamedFinding[],
  names: readonly string[] = [...userNames(), hostname()],
): Promise<unknown> {
  const { home, link, nodeVersion, now } = subject;
  const { packs, refused } = await listPacks(subject.packFolders);
  const facts = {
    at: new Date(now).toISOString(),
    touchstone: COMPANION_VERSION,
    node: nodeVersion,
    system: { platform: platform(), release: release(), arch: arch(), cpus: cpus().length, memoryBytes: totalmem() },
    findings,
    status: link?.status ?? 'not running',
    settings: await settingsOf(home),
    packs: [...packs.values()].map(packIdentity),
    refusedPacks: refused,
    log: await lastLogLines(home),
  };
  return scrub(facts, {
    folders: [
      [home, '(data folder)'],
      [PROGRAM, '(program)'],
      [homedir(), '(home)'],
    ],
    names,
  });
}

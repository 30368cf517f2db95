import { existsSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson } from './canonical-json.ts';
import { type DamageNote, runsOf } from './damage-note.ts';
import { type DamagedFile, damagedFile } from './damaged-file.ts';
import { transaction } from './deletions.ts';
import {
  candidateNumbers,
  matches,
  type ReadableLink,
  type ReadableRecord,
  readableLinks,
  readableMedia,
  readableRecord,
} from './readable-records.ts';
import { createRecordWriter } from './record-writer.ts';
import { salvageCases } from './salvage-cases.ts';
import { salvageDeletions } from './salvage-deletions.ts';
import { salvageJobs } from './salvage-jobs.ts';

/** How many records were saved, and how many are lost: undefined where nobody knows how many there were. */
export interface Saved {
  readonly saved: number;
  readonly lost: number | undefined;
}

/** Moves a database with its write-ahead log, so that it can still be read under its new name. */
export function setAside(path: string): string {
  let movedTo = `${path}.damaged-${Date.now()}`;
  for (let more = 1; existsSync(movedTo); more += 1) movedTo = `${path}.damaged-${Date.now()}-${more}`;
  renameSync(path, movedTo);
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${movedTo}-wal`);
  rmSync(`${path}-shm`, { force: true });
  return movedTo;
}

interface Found {
  readonly links: ReadonlyMap<number, ReadableLink>;
  /** Records that stay under the link they had, or without one as they were. */
  readonly kept: ReadonlyMap<number, ReadableRecord & { readonly link: number | null }>;
  /** Records that are what they say but whose link is lost. */
  readonly unlinked: readonly ReadableRecord[];
  readonly altered: number;
}

/** Decides for every record that can be read what becomes of it. */
function sift(file: DamagedFile): Found {
  const links = readableLinks(file);
  const byNumber = new Map(
    [...links.values()].flatMap((link) => (link.link > 0 ? [[link.number, link] as const] : [])),
  );
  const beginning = links.get(0);
  const ids = new Set<string | undefined>();
  const kept = new Map<number, ReadableRecord>();
  const unlinked: ReadableRecord[] = [];
  let altered = 0;
  for (const number of candidateNumbers(file, links.values())) {
    const record = readableRecord(file, number);
    if (!record || ids.has(record.columns.id)) continue;
    ids.add(record.columns.id);
    const link = byNumber.get(number);
    if (link && matches(record, link)) kept.set(number, { ...record, link: link.link });
    else if (link) altered += 1;
    // A link that is there and leads elsewhere: such a record was put in past the log, and verification will say so.
    else if (record.link === null ? beginning : links.has(record.link)) kept.set(number, record);
    else unlinked.push(record);
  }
  return { links, kept, unlinked, altered };
}

function write(database: DatabaseSync, file: DamagedFile, found: Found, note: Omit<DamageNote, keyof Lost>): Lost {
  const writer = createRecordWriter(database);
  const addLink = database.prepare('INSERT OR REPLACE INTO chain (link, number, digest, hash) VALUES (?, ?, ?, ?)');
  const addNote = database.prepare('INSERT INTO damages (link, body) VALUES (?, ?)');
  const copyNote = file.rows('SELECT link, body FROM damages') ?? [];
  const lost = lostIn(found);
  for (const { link, number, digest, hash } of found.links.values()) {
    addLink.run(link, link === 0 || (number !== null && found.kept.has(number)) ? number : null, digest, hash);
  }
  for (const { link, body } of copyNote) addNote.run(Number(link), String(body));
  for (const record of found.kept.values()) writer.place(record, readableMedia(file, record.number));
  salvageJobs(database, file);
  salvageDeletions(database, file);
  const text = canonicalJson({ ...note, ...lost });
  // Behind every place that anything of the old chain spoke of.
  const last = Math.max(0, ...lost.withoutLink.map(([, end]) => end));
  addNote.run(writer.link(null, text, last + 1), text);
  for (const record of found.unlinked) {
    const link = writer.link(record.number, record.text);
    writer.place({ ...record, link }, readableMedia(file, record.number));
  }
  salvageCases(database, file);
  return lost;
}

type Lost = Pick<DamageNote, 'withoutRecord' | 'withoutLink' | 'altered' | 'chainedAnew' | 'counted'>;

function lostIn({ links, kept, unlinked, altered }: Found): Lost {
  const withoutRecord = [...links.values()]
    .filter(({ link, number }) => link > 0 && number !== null && !kept.has(number))
    .map(({ link }) => link)
    .sort((a, b) => a - b);
  const last = [...links.keys(), ...unlinked.map(({ link }) => link ?? 0)].reduce((a, b) => Math.max(a, b), 0);
  const withoutLink = Array.from({ length: last }, (_, index) => index + 1).filter((link) => !links.has(link));
  return {
    withoutRecord: runsOf(withoutRecord),
    withoutLink: runsOf(withoutLink),
    altered,
    chainedAnew: unlinked.length,
    counted: links.size > 0,
  };
}

const lengthOf = (runs: Lost['withoutLink']): number => runs.reduce((sum, [first, last]) => sum + last - first + 1, 0);

/**
 * Saves what can be read of a damaged database into a fresh one: every record that is still what its link says, with its text
 * as it lies, and all readable links. A note at the end of the chain says what is lost (damage-note.ts).
 * @param cause in SQLite's words
 * @param fresh with today's tables and nothing in them
 */
export function saveReadable(damaged: DatabaseSync, cause: string, fresh: DatabaseSync): Saved {
  const file = damagedFile(damaged);
  const found = sift(file);
  const lost = transaction(fresh, () => write(fresh, file, found, { kind: 'damage', at: Date.now(), cause }));
  const gone = lengthOf(lost.withoutRecord) + lengthOf(lost.withoutLink) - lost.chainedAnew;
  return { saved: found.kept.size + found.unlinked.length, lost: lost.counted ? Math.max(0, gone) : undefined };
}

/** The same for a database that cannot be read at all: only the note. */
export function saveNothing(cause: string, fresh: DatabaseSync): Saved {
  const file: DamagedFile = { row: () => undefined, rows: () => undefined, integers: () => [] };
  const found: Found = { links: new Map(), kept: new Map(), unlinked: [], altered: 0 };
  transaction(fresh, () => write(fresh, file, found, { kind: 'damage', at: Date.now(), cause }));
  return { saved: 0, lost: undefined };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type ChainVerification, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { hashColumn, hexOf } from '../../log/hash-chain.ts';
import { MIGRATIONS } from '../../log/migrations.ts';
import { verifyChain } from '../../log/verify-chain.ts';
import { placeOf } from '../../store/folder/content-folder.ts';
import type { PictureRow } from '../records/record-columns.ts';

/** Links read at once: a few MB with their pictures. */
const LINKS_PER_STEP = 100;

type Row = Readonly<Record<string, unknown>>;

const TextList = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

/** A record as it lies in the log of somebody who works alone. */
export interface SourceRecord {
  readonly id: string;
  readonly label: string;
  /** What was written down and hashed, byte for byte. */
  readonly text: string;
  readonly leaning: string | null;
  /** Hash of the original that is kept for it. */
  readonly content: string | null;
  readonly pictures: readonly PictureRow[];
  readonly tags: readonly string[];
  readonly note: string | null;
}

export interface SourceLink {
  /** Place in the chain; null for a record from before there was one. */
  readonly link: number | null;
  /** Absent where the chain has none. */
  readonly digest: Uint8Array | undefined;
  /** Absent where it was deleted, or is about to be. */
  readonly record: SourceRecord | undefined;
}

export interface SourceCase {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  /** JSON of a list. */
  readonly tags: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Ids of its records. */
  readonly records: readonly string[];
}

export interface SourceHistory {
  /** Hash of the first link, or the first record of one without a chain: it tells this history from every other. */
  readonly identity: string;
  /** Unfinished checks, which stay where they are. */
  readonly unfinished: number;
  verify(signal?: AbortSignal): Promise<ChainVerification>;
  /** Everything behind a link of the chain in its order, records from before the chain first, some at a time. */
  steps(afterLink: number): Iterable<readonly SourceLink[]>;
  cases(): readonly SourceCase[];
  /** File of a kept original. */
  contentPath(sha256: string): string;
  close(): void;
}

const COLUMNS = `records.number, id, label, body, leaning, content, held.number AS held,
  (SELECT json_group_array(tag) FROM record_tags WHERE record_tags.number = records.number) AS tags,
  (SELECT note FROM record_notes WHERE record_notes.number = records.number) AS note`;
const JOINS = `LEFT JOIN bodies ON bodies.number = records.number LEFT JOIN contents ON contents.number = records.number
  LEFT JOIN held ON held.number = records.number`;

/** @throws TouchstoneError `log-newer`, `config-invalid` where the tables are not those of this version */
function requireVersion(database: DatabaseSync, path: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > MIGRATIONS.length) throw new TouchstoneError('log-newer', `${path} has version ${version}`);
  if (version === MIGRATIONS.length) return;
  throw new TouchstoneError('config-invalid', `${path} was written by an earlier version`, {
    nextStep: 'Run "touchstone history verify" of this version on it once, which brings its tables to this version.',
  });
}

/**
 * Opens the history of somebody who works alone, to be read: what it says is what it said at this moment, whoever writes meanwhile.
 * @param folder a data folder, or a backup of one
 * @throws TouchstoneError `not-found`, `log-newer`, `config-invalid`
 */
export function openSourceHistory(folder: string): SourceHistory {
  const path = join(folder, 'history.sqlite');
  if (!existsSync(path)) throw new TouchstoneError('not-found', `there is no history in ${folder}`);
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    requireVersion(database, path);
    database.exec('BEGIN');
    const first = database.prepare('SELECT hash FROM chain WHERE link > 0 ORDER BY link LIMIT 1').get();
    const oldest = database.prepare('SELECT id FROM records ORDER BY number LIMIT 1').get();
    const unfinished = database.prepare("SELECT count(*) AS total FROM jobs WHERE state IN ('pending', 'processing')");
    return {
      identity: first ? hexOf(hashColumn(first.hash)) : `record ${String(oldest?.id)}`,
      unfinished: Number(unfinished.get()?.total ?? 0),
      verify: (signal) => verifyChain(database, { signal }),
      steps: (afterLink) => stepsOf(database, afterLink),
      cases: () => casesOf(database),
      contentPath: (sha256) => placeOf(join(folder, 'content'), sha256).path,
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function* stepsOf(database: DatabaseSync, afterLink: number): Iterable<readonly SourceLink[]> {
  const media = database.prepare('SELECT kind, bytes FROM media WHERE number = ?');
  const peaks = database.prepare('SELECT place, bytes FROM peaks WHERE number = ? ORDER BY place');
  const unchained = database.prepare(`SELECT ${COLUMNS} FROM records ${JOINS}
    WHERE records.link IS NULL AND records.number > ? ORDER BY records.number LIMIT ${LINKS_PER_STEP}`);
  const chained = database.prepare(`SELECT chain.link AS place, digest, ${COLUMNS} FROM chain
    LEFT JOIN records ON records.number = chain.number ${JOINS}
    WHERE chain.link > ? ORDER BY chain.link LIMIT ${LINKS_PER_STEP}`);

  function picturesOf(number: number): PictureRow[] {
    const kept = media.all(number).map(({ kind, bytes }) => ({ kind, place: 0, bytes }));
    const told = peaks.all(number).map(({ place, bytes }) => ({ kind: 'peak', place, bytes }));
    return [...kept, ...told] as PictureRow[];
  }

  function recordOf(row: Row): SourceRecord | undefined {
    // What was deleted a moment ago is deleted.
    if (typeof row.id !== 'string' || typeof row.body !== 'string' || row.held !== null) return undefined;
    const tags = v.safeParse(TextList, row.tags);
    const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    return {
      id: row.id,
      label: String(row.label),
      text: row.body,
      leaning: textOr(row.leaning),
      content: textOr(row.content),
      pictures: picturesOf(Number(row.number)),
      tags: tags.success ? tags.output : [],
      note: textOr(row.note),
    };
  }

  for (let page = unchained.all(Number.MIN_SAFE_INTEGER); page.length > 0; page = unchained.all(lastNumber(page))) {
    yield page.map((row) => ({ link: null, digest: undefined, record: recordOf(row) }));
  }
  for (let page = chained.all(afterLink); page.length > 0; page = chained.all(Number(page.at(-1)?.place))) {
    yield page.map((row) => ({ link: Number(row.place), digest: hashColumn(row.digest), record: recordOf(row) }));
  }
}

const lastNumber = (page: readonly Row[]): number => Number(page.at(-1)?.number);

function casesOf(database: DatabaseSync): SourceCase[] {
  const records = database.prepare('SELECT id FROM case_records JOIN shown USING (number) WHERE case_number = ?');
  const all = database.prepare(
    'SELECT number, id, name, note, tags, created_at, updated_at FROM cases ORDER BY number',
  );
  return all.all().map((row) => ({
    id: String(row.id),
    name: String(row.name),
    note: String(row.note),
    tags: String(row.tags),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    records: records.all(Number(row.number)).map(({ id }) => String(id)),
  }));
}

import type { DatabaseSync } from 'node:sqlite';
import { type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { decodeTime, isValid } from 'ulid';
import { createDeletions, transaction } from './deletions.ts';
import { digestOf, hashColumn, hexOf } from './hash-chain.ts';
import { createHistoryQueries, type Row } from './history-queries.ts';
import { createNearDuplicates } from './near-duplicates.ts';
import { openDatabase } from './open-database.ts';
import { recordNumber } from './record-number.ts';
import { recordOf } from './record-row.ts';
import { createRecordWriter } from './record-writer.ts';
import type { LogEvent, NearMatch, ResultLog } from './result-log.ts';
import { verifyChain } from './verify-chain.ts';

/** Near-duplicates named at most; a person reads one or two. */
const NEAR_LIMIT = 8;

/** Records read at once while iterating; bounds memory to a few hundred kB. */
const ITERATE_STEP = 200;

/** Rows of a page when the caller does not say. */
const PAGE_SIZE = 50;

export interface ResultLogOptions {
  /** Is told, in a sentence, of damage that was survived. */
  readonly onWarning?: (message: string) => void;
}

const WHOLE = 'SELECT id, label, body FROM records JOIN bodies USING (number)';

function prepareAll(database: DatabaseSync) {
  return {
    numberOf: database.prepare('SELECT number FROM records WHERE id = ?'),
    byId: database.prepare(`${WHOLE} WHERE id = ?`),
    byNumber: database.prepare(`${WHOLE} WHERE number = ?`),
    exact: database.prepare(`${WHOLE} WHERE sha256 = ? AND pack = ? AND kind = ? ORDER BY number DESC LIMIT 1`),
    label: database.prepare('UPDATE records SET label = ? WHERE id = ?'),
    media: database.prepare('SELECT bytes FROM media JOIN records USING (number) WHERE id = ? AND media.kind = ?'),
    peak: database.prepare('SELECT bytes FROM peaks JOIN records USING (number) WHERE id = ? AND place = ?'),
    chain: database.prepare(
      `SELECT chain.link, digest, hash, body FROM records JOIN bodies USING (number)
       JOIN chain ON chain.link = records.link AND chain.number = records.number WHERE id = ?`,
    ),
    pageOf: database.prepare('SELECT page_url FROM bodies JOIN records USING (number) WHERE id = ?'),
    count: database.prepare('SELECT count(*) AS total FROM records'),
  };
}

/**
 * Opens the result log.
 * @param path of the SQLite file; its folder is made (0700) when missing
 * @throws TouchstoneError `log-failed` when the file belongs to a newer Touchstone
 */
export function createResultLog(path: string, options: ResultLogOptions = {}): ResultLog {
  const warn = options.onWarning ?? (() => {});
  const database = openDatabase(path, (movedTo) => warn(`The log was damaged and set aside as ${movedTo}.`));
  const statements = prepareAll(database);
  const writer = createRecordWriter(database);
  const queries = createHistoryQueries(database);
  const deletions = createDeletions(database);
  const duplicates = createNearDuplicates(database);
  const listeners = new Set<(event: LogEvent) => void>();
  let total = Number(statements.count.get()?.total ?? 0);

  function emit(event: LogEvent): void {
    for (const listener of listeners) listener(event);
  }

  function read(row: Row | undefined): ResultRecord | undefined {
    if (!row) return undefined;
    const record = recordOf(row);
    if (!record) warn(`Record ${String(row.id)} in the log is damaged and left out.`);
    return record && withEarlierPage(record);
  }

  /** Names the page of an earlier check while that check is in the log. */
  function withEarlierPage(record: ResultRecord): ResultRecord {
    const pageUrl = record.seenBefore && statements.pageOf.get(record.seenBefore.recordId)?.page_url;
    if (!record.seenBefore || typeof pageUrl !== 'string' || pageUrl === '') return record;
    return { ...record, seenBefore: { ...record.seenBefore, pageUrl } };
  }

  function readAll(rows: readonly Row[]): ResultRecord[] {
    return rows.map(read).filter((record) => record !== undefined);
  }

  /** Place of the last row seen; of a row deleted meanwhile, its time and id still tell where it was. */
  function placeOf(id: string | undefined): number | undefined {
    if (id === undefined) return undefined;
    const number = statements.numberOf.get(id)?.number;
    if (typeof number === 'number') return number;
    return isValid(id) ? recordNumber(decodeTime(id), id) : 0;
  }

  function forget(gone: number, ids: readonly string[] | 'filter'): number {
    if (gone === 0) return 0;
    total -= gone;
    duplicates.deleted(gone);
    emit({ type: 'deleted', ids });
    return gone;
  }

  function mediaOf(id: string, kind: 'thumbnail' | 'original'): Uint8Array | undefined {
    const bytes = statements.media.get(id, kind)?.bytes;
    return bytes instanceof Uint8Array ? bytes : undefined;
  }

  return {
    append(record, media) {
      let number: number;
      try {
        number = transaction(database, () => writer.write(record, media));
      } catch (error) {
        throw new TouchstoneError('log-failed', String(error), { cause: error });
      }
      total += 1;
      duplicates.added(number, record.picture.perceptualHash, record.picture.sha256);
      emit({ type: 'record', record });
    },
    get: (id) => read(statements.byId.get(id)),
    findExact: (sha256, pack, kind) => read(statements.exact.get(sha256, pack, kind)),
    findNear(hash, maxDistance, exceptSha256) {
      const matches: NearMatch[] = [];
      for (const { number, distance } of duplicates.near(hash, maxDistance, exceptSha256)) {
        if (matches.length === NEAR_LIMIT) break;
        const record = read(statements.byNumber.get(number));
        if (record) matches.push({ record, distance });
      }
      return matches;
    },
    query({ filter = {}, before, limit = PAGE_SIZE }) {
      const rows = queries.page(filter, placeOf(before), limit + 1);
      const shown = rows.slice(0, limit);
      const next = rows.length > limit ? String(shown.at(-1)?.id) : null;
      return { records: readAll(shown), next, total: queries.total(filter) };
    },
    facets: () => queries.facets(),
    *iterate(filter) {
      let rows = queries.page(filter, undefined, ITERATE_STEP);
      while (rows.length > 0) {
        yield* readAll(rows);
        rows = queries.page(filter, Number(rows.at(-1)?.number), ITERATE_STEP);
      }
    },
    setLabel(id, label) {
      const changed = Number(statements.label.run(label ?? 'none', id).changes) > 0;
      if (changed) emit({ type: 'label', id, label });
      return changed;
    },
    deleteIds: (ids) => forget(deletions.ids(ids), ids),
    deleteFilter: (filter) => forget(deletions.filter(filter), 'filter'),
    prune: (olderThan) => forget(deletions.filter({ to: olderThan }), 'filter'),
    thumbnail: (id) => mediaOf(id, 'thumbnail'),
    original: (id) => mediaOf(id, 'original'),
    peak(id, place) {
      const bytes = statements.peak.get(id, place)?.bytes;
      return bytes instanceof Uint8Array ? bytes : undefined;
    },
    chainLink(id) {
      const row = statements.chain.get(id);
      if (!row) return undefined;
      const digest = hexOf(hashColumn(row.digest));
      const unchanged = hexOf(digestOf(String(row.body))) === digest;
      return { position: Number(row.link), digest, hash: hexOf(hashColumn(row.hash)), unchanged };
    },
    verify: (options) => verifyChain(database, options),
    count: () => total,
    subscribe(listener, signal) {
      if (signal.aborted) return;
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    close() {
      if (!database.isOpen) return;
      database.exec('PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);');
      database.close();
    },
  };
}

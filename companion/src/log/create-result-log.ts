import { type HistoryFilter, type HistoryPage, Label, type ResultRecord } from '@touchstone/shared';
import { decodeTime, isValid, ulid } from 'ulid';
import * as v from 'valibot';
import { createNotices, type Notices } from '../notices/notices.ts';
import type { CaseStore } from '../store/case-store.ts';
import type { ContentStore } from '../store/content-store.ts';
import { type Contents, createContents } from '../store/contents.ts';
import type { EmbeddingStore } from '../store/embedding-store.ts';
import type { HoldOutcome, ToDelete } from '../store/held-deletions.ts';
import type { History, LogEvent, NearMatch, SortedPage, SortedRequest } from '../store/record-store.ts';
import { createCaseStore } from './case-store.ts';
import { checkGuarded } from './check-pages.ts';
import { type Deleted, transaction } from './deletions.ts';
import { createEmbeddingCache } from './embedding-cache.ts';
import { isEverything } from './filter-clause.ts';
import { type GuardedStore, openGuardedStore } from './guarded-store.ts';
import { digestOf, hashColumn, hexOf } from './hash-chain.ts';
import type { Row } from './history-queries.ts';
import { historyOf } from './log-history.ts';
import type { LogStore } from './log-store.ts';
import { removeMigrationBackups } from './migration-backup.ts';
import { recordNumber } from './record-number.ts';
import { recordOf } from './record-row.ts';
import type { ResultLog } from './result-log.ts';
import { verifyGuarded } from './verify-guarded.ts';

/** Near-duplicates named at most; a person reads one or two. */
const NEAR_LIMIT = 8;

/** Records read at once while iterating; bounds memory to a few hundred kB. */
const ITERATE_STEP = 200;

/** Rows of a page when the caller does not say. */
const PAGE_SIZE = 50;

export interface ResultLogOptions {
  /** Is told, in a sentence, of damage that was survived. */
  readonly onWarning?: (message: string) => void;
  /** Takes what goes wrong and when it is over; default says it through `onWarning`. */
  readonly notices?: Notices;
  /** Where originals and the content of jobs lie; absent: none are kept. */
  readonly content?: ContentStore;
  /** Beyond this the oldest feature vectors go. */
  readonly maxEmbeddingBytes?: number;
}

/**
 * Opens the result log. A damaged file is set aside, what can be read of it is saved, and this is said aloud.
 * @param path of the SQLite file; its folder is made (0700) when missing
 * @throws TouchstoneError `log-newer`, `log-locked`, `log-read-only`, `disk-full` or `log-failed`
 */
export function createResultLog(path: string, options: ResultLogOptions = {}): ResultLog {
  return openHistory(path, options).log;
}

/** The log with the open database behind it, for what else lies in the same file. */
export interface OpenHistory {
  readonly log: ResultLog;
  /** The log as everything above it knows it. */
  readonly history: History;
  readonly store: GuardedStore;
  readonly contents: Contents | undefined;
  readonly embeddings: EmbeddingStore;
  readonly cases: CaseStore;
}

export interface OpenHistoryWithContent extends OpenHistory {
  readonly contents: Contents;
}

/** As `createResultLog`. */
export function openHistory(
  path: string,
  options: ResultLogOptions & { readonly content: ContentStore },
): OpenHistoryWithContent;
export function openHistory(path: string, options?: ResultLogOptions): OpenHistory;
export function openHistory(path: string, options: ResultLogOptions = {}): OpenHistory {
  const warn = options.onWarning ?? (() => {});
  const guarded = openGuardedStore(path, options.notices ?? createNotices(warn), () => recount());
  const contents =
    options.content &&
    createContents(options.content, (content) =>
      guarded.use(({ statements }) => statements.needed.get({ content }) !== undefined),
    );
  const embeddings = createEmbeddingCache(guarded, { maxBytes: options.maxEmbeddingBytes });
  const listeners = new Set<(event: LogEvent) => void>();
  let total = 0;

  function recount(): void {
    total = guarded.use(({ statements }) => Number(statements.count.get()?.total ?? 0));
  }
  recount();

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
    const { seenBefore } = record;
    if (!seenBefore) return record;
    const pageUrl = guarded.use(({ statements }) => statements.pageOf.get(seenBefore.recordId)?.page_url);
    if (typeof pageUrl !== 'string' || pageUrl === '') return record;
    return { ...record, seenBefore: { ...seenBefore, pageUrl } };
  }

  function readAll(rows: readonly Row[]): ResultRecord[] {
    return rows.map(read).filter((record) => record !== undefined);
  }

  /** Place of the last row seen; of a row deleted meanwhile, its time and id still tell where it was. */
  function placeOf(id: string | undefined): number | undefined {
    if (id === undefined) return undefined;
    const number = guarded.use(({ statements }) => statements.numberOf.get(id)?.number);
    if (typeof number === 'number') return number;
    return isValid(id) ? recordNumber(decodeTime(id), id) : 0;
  }

  async function erase(work: (store: LogStore) => Deleted, ids: readonly string[] | 'filter'): Promise<Deleted> {
    const deleted = guarded.change(work);
    const { gone, unseen, contents: kept } = deleted;
    if (gone + unseen === 0) return deleted;
    total -= gone;
    guarded.use(({ duplicates }) => duplicates.deleted(gone + unseen));
    removeMigrationBackups(path);
    if (gone > 0) emit({ type: 'deleted', ids });
    if (unseen > 0) emit({ type: 'erased' });
    await contents?.forget(kept);
    return deleted;
  }

  async function forget(work: (store: LogStore) => Deleted, ids: readonly string[] | 'filter'): Promise<number> {
    return (await erase(work, ids)).gone;
  }

  async function holdBack(what: ToDelete, dueAt: number): Promise<HoldOutcome> {
    if ('filter' in what && isEverything(what.filter)) return { deleted: await log.deleteFilter(what.filter) };
    const held = { id: ulid(), dueAt };
    const deleted = guarded.change(({ heldBack }) => heldBack.hold(what, held));
    if (deleted === 0) return { deleted };
    total -= deleted;
    emit({ type: 'deleted', ids: 'ids' in what ? what.ids : 'filter', held });
    return { deleted, held };
  }

  function restore(id: string): number {
    const back = guarded.change(({ heldBack }) => heldBack.restore(id));
    total += back;
    if (back > 0) emit({ type: 'restored', deletion: id });
    return back;
  }

  function mediaOf(id: string, kind: 'thumbnail' | 'original'): Uint8Array | undefined {
    const bytes = guarded.use(({ statements }) => statements.media.get(id, kind)?.bytes);
    return bytes instanceof Uint8Array ? bytes : undefined;
  }

  function sorted({ filter, sort, after, limit }: SortedRequest): SortedPage {
    const number = placeOf(after?.id);
    const place = after && number !== undefined ? { number, probability: after.probability } : undefined;
    const rows = guarded.use(({ queries }) => queries.page(filter, { sort, after: place, limit: limit + 1 }));
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      records: readAll(shown),
      next: last ? { id: String(last.id), probability: Number(last.probability) } : null,
      total: guarded.use(({ queries }) => queries.total(filter)),
    };
  }

  /** Records of one step of going through all of them, newest first. */
  const step = (filter: HistoryFilter, after?: Row): Row[] => {
    const place = after && { number: Number(after.number), probability: Number(after.probability) };
    return guarded.use(({ queries }) => queries.page(filter, { sort: '-time', after: place, limit: ITERATE_STEP }));
  };

  const idsOf = (sha256: string): readonly string[] =>
    guarded.use(({ statements }) => statements.same.all(sha256).map(({ id }) => String(id)));

  function labelContent(sha256: string, label: Label | null): readonly string[] {
    const ids = idsOf(sha256);
    if (ids.length === 0) return ids;
    guarded.change(({ statements }) => statements.label.run(label ?? 'none', sha256));
    for (const id of ids) emit({ type: 'label', id, label });
    return ids;
  }

  function grouped(filter: HistoryFilter, before: string | undefined, limit: number): HistoryPage {
    const place = placeOf(before);
    const rows = guarded.use(({ queries }) => queries.groupPage(filter, place, limit + 1));
    const shown = rows.slice(0, limit);
    const several = shown.filter(({ size }) => Number(size) > 1);
    const sizes = Object.fromEntries(several.map(({ id, size }) => [String(id), Number(size)]));
    return {
      records: readAll(shown),
      next: rows.length > limit ? String(shown.at(-1)?.id) : null,
      ...guarded.use(({ queries }) => ({
        total: queries.total(filter),
        groups: { total: queries.groupTotal(filter), sizes },
      })),
    };
  }

  const log: ResultLog = {
    append(given, media, job) {
      const { number, record } = guarded.change(({ database, writer, jobEnding, statements }) =>
        transaction(database, () => {
          if (job) jobEnding.completeOrThrow(job, given.id, Date.now());
          const kept = given.label === null ? statements.labelOf.get(given.picture.sha256)?.label : undefined;
          const labelled = { ...given, label: v.is(Label, kept) ? kept : given.label };
          return { number: writer.write(labelled, media), record: labelled };
        }),
      );
      total += 1;
      guarded.use(({ duplicates }) => duplicates.added(number, record.picture.perceptualHash, record.picture.sha256));
      emit({ type: 'record', record, jobId: job?.jobId });
      return record;
    },
    get: (id) => read(guarded.use(({ statements }) => statements.byId.get(id))),
    findExact: (sha256, pack, kind) => read(guarded.use(({ statements }) => statements.exact.get(sha256, pack, kind))),
    findNear(hash, maxDistance, exceptSha256) {
      const matches: NearMatch[] = [];
      for (const { number, distance } of guarded.use((store) =>
        store.duplicates.near(hash, maxDistance, exceptSha256),
      )) {
        if (matches.length === NEAR_LIMIT) break;
        const record = read(guarded.use(({ statements }) => statements.byNumber.get(number)));
        if (record) matches.push({ record, distance });
      }
      return matches;
    },
    query({ filter = {}, before, limit = PAGE_SIZE, groups = false }) {
      if (groups) return grouped(filter, before, limit);
      const after = before === undefined ? undefined : { id: before, probability: 0 };
      const { next, ...page } = sorted({ filter, sort: '-time', after, limit });
      return { ...page, next: next?.id ?? null };
    },
    sorted,
    idsOf,
    facets: () => guarded.use(({ queries }) => queries.facets()),
    tally: (from, to) => guarded.use(({ queries }) => queries.tally(from, to)),
    tallyLabels: () => guarded.use(({ queries }) => queries.tallyLabels()),
    *iterate(filter) {
      let rows = step(filter);
      while (rows.length > 0) {
        yield* readAll(rows);
        rows = step(filter, rows.at(-1));
      }
    },
    setLabel(id, label) {
      const sha256 = guarded.use(({ statements }) => statements.contentOfId.get(id)?.sha256);
      return typeof sha256 === 'string' && labelContent(sha256, label).length > 0;
    },
    labelContent,
    deleteIds: (ids) => forget(({ deletions }) => deletions.ids(ids), ids),
    deleteFilter: (filter) => forget(({ deletions }) => deletions.filter(filter), 'filter'),
    prune: (olderThan) => forget(({ deletions }) => deletions.filter({ to: olderThan }), 'filter'),
    pruneOldest: (count) => forget(({ deletions }) => deletions.oldest(count), 'filter'),
    holdBack,
    restore,
    mayComeBack: (id) => guarded.use(({ heldBack }) => heldBack.has(id)),
    heldBack: () => guarded.use(({ heldBack }) => heldBack.list()),
    carryOut: async (id) => (await erase(({ deletions }) => deletions.held(id), 'filter')).unseen,
    async bytes() {
      const used = guarded.use(({ statements }) => Number(statements.usedBytes.get()?.bytes ?? 0));
      const kept = guarded.use(({ statements }) => statements.keptContents.all());
      let bytes = used;
      for (const { content } of kept) bytes += (await contents?.size(String(content))) ?? 0;
      return bytes;
    },
    thumbnail: (id) => mediaOf(id, 'thumbnail'),
    async original(id) {
      const content = guarded.use(({ statements }) => statements.contentOf.get(id)?.content);
      return typeof content === 'string' ? contents?.read(content) : mediaOf(id, 'original');
    },
    peak(id, place) {
      const bytes = guarded.use(({ statements }) => statements.peak.get(id, place)?.bytes);
      return bytes instanceof Uint8Array ? bytes : undefined;
    },
    chainLink(id) {
      const row = guarded.use(({ statements }) => statements.chain.get(id));
      if (!row) return undefined;
      const digest = hexOf(hashColumn(row.digest));
      const unchanged = hexOf(digestOf(String(row.body))) === digest;
      return { position: Number(row.link), digest, hash: hexOf(hashColumn(row.hash)), unchanged };
    },
    verify: (asked) => verifyGuarded(guarded, asked),
    checkPages: (signal) => checkGuarded(guarded, path, signal),
    newest: () => guarded.use(({ queries }) => readAll(queries.page({}, { sort: '-time', limit: 1 }))[0]),
    count: () => total,
    subscribe(listener, signal) {
      if (signal.aborted) return;
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    close() {
      const database = guarded.current();
      if (!database.isOpen) return;
      embeddings.end();
      try {
        database.exec('PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);');
      } catch (error) {
        // Everything is in the write-ahead log, which the next start reads: a full disk must not keep anybody from stopping.
        warn(`The history could not be tidied up at the end: ${String(error)}`);
      }
      guarded.close();
    },
  };
  const cases = createCaseStore(guarded, () => emit({ type: 'cases' }));
  return { log, history: historyOf(log), store: guarded, contents, embeddings, cases };
}

import { type HistoryFilter, type HistoryPage, Label, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { sql } from 'kysely';
import { decodeTime, isValid, ulid } from 'ulid';
import * as v from 'valibot';
import { isEverything } from '../../log/filter-clause.ts';
import { digestOf, hashColumn, hexOf } from '../../log/hash-chain.ts';
import { recordNumber } from '../../log/record-number.ts';
import { recordOf } from '../../log/record-row.ts';
import type { Contents } from '../../store/contents.ts';
import type { HoldOutcome, ToDelete } from '../../store/held-deletions.ts';
import type { ChainLink, History, LogEvent, NearMatch, SortedPage, SortedRequest } from '../../store/record-store.ts';
import { told } from '../database/database-errors.ts';
import type { TeamDatabase } from '../database/open-database.ts';
import type { EventBus, TeamMessage } from '../events/event-bus.ts';
import { editableBy, seenBy } from './case-access.ts';
import { createTeamDeletions, type Deleted } from './deletions.ts';
import { createTeamQueries, type Row } from './history-queries.ts';
import { type Scope, shownTo } from './record-condition.ts';
import type { TeamWriter } from './record-writer.ts';
import { markedShared, namedRecords, withoutUnseen } from './shared-record.ts';
import { verifyTeamChain } from './verify-chain.ts';
import { witnessesOf } from './witnesses.ts';

/** Near-duplicates named at most; a person reads one or two. */
const NEAR_LIMIT = 8;

/** Records read at once while iterating; bounds memory to a few hundred kB. */
const ITERATE_STEP = 200;

/** Rows of a page when the caller does not say. */
const PAGE_SIZE = 50;

/** Ids that one message names; more are told as a deletion by a filter. */
const TOLD_IDS = 150;

/** What the histories of all owners share in one process. */
export interface HistoryRooms {
  readonly database: TeamDatabase;
  readonly bus: EventBus;
  readonly writer: TeamWriter;
  readonly contents?: Contents | undefined;
  /** Whether this process does the work, and shows nobody what others did. */
  readonly works?: boolean | undefined;
  /** Is told, in a sentence, what was found damaged. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

export interface TeamHistory extends History {
  /** Tells that cases, tags or notes were changed. @param others ids of those who see them, too */
  casesChanged(others?: readonly string[]): void;
  /** As `subscribe`, but not told of records that other processes write: they are read for those who show them, and for nobody else. */
  subscribeUnread: History['subscribe'];
}

/**
 * One person's view of a team's records: their own, and what others share with them by a case (case-access.ts), which can be opened by
 * its id and is in the list of that case. Nothing else of others' is there: not by id, in no list, number, event or error.
 * @throws TouchstoneError `log-failed` where the database does not answer
 */
export async function openTeamHistory(rooms: HistoryRooms, scope: Scope): Promise<TeamHistory> {
  const { bus, writer, contents, onWarning = () => {} } = rooms;
  const { tenant, owner } = scope;
  const database = rooms.database.kysely;
  const queries = createTeamQueries(database, scope);
  const deletions = createTeamDeletions(database, scope);
  const listeners = new Set<(event: LogEvent) => void>();
  const unread = new Set<(event: LogEvent) => void>();
  const over = new AbortController();
  let total = 0;

  async function recount(): Promise<void> {
    const counted = sql<{ total: number }>`SELECT count(*) AS total FROM records WHERE ${shownTo(scope)}`;
    total = (await told(() => counted.execute(database))).rows[0]?.total ?? 0;
  }
  await recount();

  function emit(event: LogEvent): void {
    for (const listener of [...listeners, ...unread]) listener(event);
  }

  function join(all: typeof listeners, listener: (event: LogEvent) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    all.add(listener);
    signal.addEventListener('abort', () => all.delete(listener), { once: true });
  }

  /** Tells this process at once and the others as soon as they listen. */
  function announce(event: LogEvent, message: TeamMessage): void {
    emit(event);
    bus.tell({ tenant, owner, told: message }).catch((error: unknown) => onWarning(`Nobody else was told: ${error}`));
  }

  async function read(row: Row | undefined): Promise<ResultRecord | undefined> {
    if (!row) return undefined;
    const record = recordOf(row);
    if (!record) onWarning(`Record ${String(row.id)} in the log is damaged and left out.`);
    // Whoever only works shows it to nobody.
    return record && (rooms.works ? record : withEarlier(markedShared(record, row.shared)));
  }

  /** Names the page of an earlier check while that check is in the log; of somebody else's, only what was shared, too. */
  async function withEarlier(record: ResultRecord): Promise<ResultRecord> {
    const named = namedRecords(record);
    if (named.length === 0) return record;
    const found = sql<{ id: string; url: string }>`SELECT id, page_url AS url FROM records
      WHERE ${seenBy(scope)} AND id = ANY(${named}::text[])`;
    const pages = new Map((await found.execute(database)).rows.map(({ id, url }) => [id, url]));
    const seen = record.shared ? withoutUnseen(record, new Set(pages.keys())) : record;
    const pageUrl = seen.seenBefore && pages.get(seen.seenBefore.recordId);
    return seen.seenBefore && pageUrl ? { ...seen, seenBefore: { ...seen.seenBefore, pageUrl } } : seen;
  }

  async function readAll(rows: readonly Row[]): Promise<ResultRecord[]> {
    const records = await Promise.all(rows.map(read));
    return records.filter((record) => record !== undefined);
  }

  /** Place of the last row seen; of a row deleted meanwhile, its time and id still tell where it was. */
  async function placeOf(id: string | undefined): Promise<number | undefined> {
    if (id === undefined) return undefined;
    const row = await queries.one(sql`records.id = ${id}`);
    if (row) return Number(row.number);
    return isValid(id) ? recordNumber(decodeTime(id), id) : 0;
  }

  async function erase(work: () => Promise<Deleted>, ids: readonly string[] | 'filter'): Promise<Deleted> {
    const deleted = await told(work);
    const { gone, unseen } = deleted;
    if (gone + unseen === 0) return deleted;
    total -= gone;
    if (gone > 0) announce({ type: 'deleted', ids }, { type: 'deleted', ids: toldIds(ids) });
    tellWitnesses(deleted.witnesses);
    if (unseen > 0) announce({ type: 'erased' }, { type: 'erased' });
    await contents?.forget(deleted.contents);
    return deleted;
  }

  /** Others who have these records before them, by a case, look again: what they may still see is theirs to ask for. */
  function tellWitnesses(people: readonly string[]): void {
    for (const person of people) if (person !== owner) spread(person, { type: 'cases' });
  }

  /** Tells somebody, whichever process they are at. */
  function spread(person: string, message: TeamMessage): void {
    bus
      .spread({ tenant, owner: person, told: message })
      .catch((error: unknown) => onWarning(`Nobody was told: ${error}`));
  }

  /** Who may see a record and not delete it knows that it is there; to everybody else it is none. @throws TouchstoneError `not-yours` */
  async function requireNoneShared(ids: readonly string[]): Promise<void> {
    const found = sql`SELECT 1 FROM records WHERE ${seenBy(scope)} AND id = ANY(${ids}::text[]) LIMIT 1`;
    if ((await told(() => found.execute(database))).rows.length > 0) throw new TouchstoneError('not-yours');
  }

  async function deleteIds(ids: readonly string[]): Promise<number> {
    const gone = await forget(() => deletions.ids(ids), ids);
    if (gone === 0) await requireNoneShared(ids);
    return gone;
  }

  const forget = async (work: () => Promise<Deleted>, ids: readonly string[] | 'filter'): Promise<number> =>
    (await erase(work, ids)).gone;

  async function holdBack(what: ToDelete, dueAt: number): Promise<HoldOutcome> {
    if ('filter' in what && isEverything(what.filter)) {
      return { deleted: await forget(() => deletions.filter(what.filter), 'filter') };
    }
    const held = { id: ulid(), dueAt };
    const { count: deleted, witnesses } = await told(() => deletions.hold(what, held));
    if (deleted === 0) {
      if ('ids' in what) await requireNoneShared(what.ids);
      return { deleted };
    }
    total -= deleted;
    const ids = 'ids' in what ? what.ids : 'filter';
    announce({ type: 'deleted', ids, held }, { type: 'deleted', ids: toldIds(ids), held: held.id, dueAt });
    tellWitnesses(witnesses);
    return { deleted, held };
  }

  async function restore(id: string): Promise<number> {
    const { count: back, witnesses } = await told(() => deletions.restore(id));
    total += back;
    if (back > 0) announce({ type: 'restored', deletion: id }, { type: 'restored', deletion: id });
    tellWitnesses(witnesses);
    return back;
  }

  async function sorted({ filter, sort, after, limit }: SortedRequest): Promise<SortedPage> {
    const number = await placeOf(after?.id);
    const place = after && number !== undefined ? { number, probability: after.probability } : undefined;
    const rows = await queries.page(filter, { sort, after: place, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      records: await readAll(shown),
      next: last ? { id: String(last.id), probability: Number(last.probability) } : null,
      total: await queries.total(filter),
    };
  }

  async function grouped(filter: HistoryFilter, before: string | undefined, limit: number): Promise<HistoryPage> {
    const rows = await queries.groupPage(filter, await placeOf(before), limit + 1);
    const shown = rows.slice(0, limit);
    const several = shown.filter(({ size }) => Number(size) > 1);
    return {
      records: await readAll(shown),
      next: rows.length > limit ? String(shown.at(-1)?.id) : null,
      total: await queries.total(filter),
      groups: {
        total: await queries.groupTotal(filter),
        sizes: Object.fromEntries(several.map(({ id, size }) => [String(id), Number(size)])),
      },
    };
  }

  /** @param of whose records of the content are labelled */
  async function labelContent(sha256: string, label: Label | null, of = owner): Promise<readonly string[]> {
    const theirs: Scope = { tenant, owner: of };
    const shown = sql<{
      id: string;
    }>`SELECT id FROM records WHERE ${shownTo(theirs)} AND sha256 = ${sha256} ORDER BY number DESC`;
    const ids = (await shown.execute(database)).rows.map(({ id }) => id);
    if (ids.length === 0) return ids;
    // Also of what is held back: a label is of a content.
    await sql`UPDATE records SET label = ${label ?? 'none'}
      WHERE tenant = ${tenant} AND owner = ${of} AND sha256 = ${sha256}`.execute(database);
    if (of === owner) {
      for (const id of ids) emit({ type: 'label', id, label });
      for (const some of inMessages(ids)) {
        bus
          .tell({ tenant, owner, told: { type: 'label', ids: some } })
          .catch((error: unknown) => onWarning(String(error)));
      }
    } else for (const some of inMessages(ids)) spread(of, { type: 'label', ids: some });
    const others = await witnessesOf(database, theirs, sql`sha256 = ${sha256} AND deletion IS NULL`);
    for (const [person, seen] of others)
      if (person !== of) for (const some of inMessages(seen)) spread(person, { type: 'label', ids: some });
    return ids;
  }

  /** Labels the content of a record that somebody may change. @throws TouchstoneError `not-yours` */
  async function setLabel(id: string, label: Label | null): Promise<boolean> {
    const found = sql<{ sha256: string; of: string; editable: boolean }>`SELECT sha256, owner AS of,
      ${editableBy(scope)} AS editable FROM records WHERE ${seenBy(scope)} AND id = ${id}`;
    const [row] = (await found.execute(database)).rows;
    if (!row) return false;
    if (!row.editable) throw new TouchstoneError('not-yours');
    return (await labelContent(row.sha256, label, row.of)).length > 0;
  }

  async function mediaOf(
    id: string,
    kind: 'thumbnail' | 'original' | 'peak',
    place = 0,
  ): Promise<Uint8Array | undefined> {
    const found = sql<{ bytes: Uint8Array }>`SELECT media.bytes FROM media JOIN records USING (tenant, number)
      WHERE ${seenBy(scope)} AND id = ${id} AND media.kind = ${kind} AND place = ${place}`;
    const [row] = (await told(() => found.execute(database))).rows;
    return row && new Uint8Array(row.bytes);
  }

  async function chainLink(id: string): Promise<ChainLink | undefined> {
    const found = sql<Row>`SELECT chain.link, digest, hash, body FROM records
      JOIN chain ON chain.tenant = records.tenant AND chain.link = records.link AND chain.number = records.number
      WHERE ${seenBy(scope)} AND id = ${id}`;
    const [row] = (await found.execute(database)).rows;
    if (!row) return undefined;
    const digest = hexOf(hashColumn(row.digest));
    const unchanged = hexOf(digestOf(String(row.body))) === digest;
    return { position: Number(row.link), digest, hash: hexOf(hashColumn(row.hash)), unchanged };
  }

  const get = async (id: string): Promise<ResultRecord | undefined> =>
    read(await told(() => queries.one(sql`records.id = ${id}`)));

  /** What another process did, as this one would have told it. */
  async function hear(message: TeamMessage): Promise<void> {
    if (message.type === 'record') {
      total += 1;
      const record = listeners.size > 0 ? await get(message.id) : undefined;
      if (record) for (const listener of listeners) listener({ type: 'record', record, jobId: message.job });
    } else if (message.type === 'label') {
      for (const id of message.ids) {
        const record = await get(id);
        // It may have been taken out of sight meanwhile.
        if (record) emit({ type: 'label', id, label: record.label });
      }
    } else if (message.type === 'deleted') {
      await recount();
      const held = message.held === undefined ? undefined : { id: message.held, dueAt: message.dueAt ?? 0 };
      emit({ type: 'deleted', ids: message.ids ?? 'filter', ...(held ? { held } : {}) });
    } else if (message.type === 'restored') {
      await recount();
      emit(message);
    } else if (message.type === 'imported') {
      await recount();
      // To whoever shows records it is the same: there are some that were not there, in their places.
      emit({ type: 'restored', deletion: message.source });
      emit({ type: 'cases' });
    } else if (message.type !== 'jobs' && message.type !== 'settings') emit(message);
  }

  const unheard = (error: unknown): void => onWarning(`What another process told could not be read: ${error}`);
  if (!rooms.works) listenToOthers();

  function listenToOthers(): void {
    bus.subscribe((event) => {
      if (event.tenant === tenant && event.owner === owner) hear(event.told).catch(unheard);
    }, over.signal);
    bus.onGap(() => void recount().catch(unheard), over.signal);
  }

  return {
    async append(record, media, job) {
      const kept = await writer.write({ owner, record, media, job });
      total += 1;
      announce({ type: 'record', record: kept, jobId: job?.jobId }, { type: 'record', id: kept.id, job: job?.jobId });
      return kept;
    },
    get,
    findExact: async (sha256, pack, kind) => {
      const newest = sql`records.number = (SELECT max(number) FROM records AS same WHERE ${shownTo(scope, 'same')}
        AND same.sha256 = ${sha256} AND same.pack = ${pack} AND same.kind = ${kind})`;
      return read(await told(() => queries.one(newest)));
    },
    async findNear(hash, maxDistance, exceptSha256) {
      const matches: NearMatch[] = [];
      for (const row of await told(() => queries.near(hash, maxDistance, exceptSha256, NEAR_LIMIT))) {
        const record = await read(row);
        if (record) matches.push({ record, distance: Number(row.distance) });
      }
      return matches;
    },
    query: ({ filter = {}, before, limit = PAGE_SIZE, groups = false }) =>
      told(async () => {
        if (groups) return grouped(filter, before, limit);
        const after = before === undefined ? undefined : { id: before, probability: 0 };
        const { next, ...page } = await sorted({ filter, sort: '-time', after, limit });
        return { ...page, next: next?.id ?? null };
      }),
    sorted: (request) => told(() => sorted(request)),
    facets: () => told(queries.facets),
    tally: (from, to) => told(() => queries.tally(from, to)),
    tallyLabels: () => told(queries.tallyLabels),
    async *iterate(filter) {
      let after: { number: number; probability: number } | undefined;
      for (;;) {
        const rows = await told(() => queries.page(filter, { sort: '-time', after, limit: ITERATE_STEP }));
        yield* await readAll(rows);
        const last = rows.at(-1);
        if (!last) return;
        after = { number: Number(last.number), probability: Number(last.probability) };
      }
    },
    setLabel: (id, label) => told(() => setLabel(id, v.parse(v.nullable(Label), label))),
    labelContent: (sha256, label) => told(() => labelContent(sha256, v.parse(v.nullable(Label), label))),
    deleteIds,
    deleteFilter: (filter) => forget(() => deletions.filter(filter), 'filter'),
    prune: (olderThan) => forget(() => deletions.filter({ to: olderThan }), 'filter'),
    pruneOldest: (count) => forget(() => deletions.oldest(count), 'filter'),
    holdBack,
    restore,
    mayComeBack: (id) => told(() => deletions.isHeld(id)),
    heldBack: () => told(deletions.list),
    carryOut: async (id) => (await erase(() => deletions.held(id), 'filter')).unseen,
    async bytes() {
      const sum = sql<{
        bytes: number;
      }>`SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM records WHERE tenant = ${tenant} AND owner = ${owner}`;
      return (await told(() => sum.execute(database))).rows[0]?.bytes ?? 0;
    },
    thumbnail: (id) => mediaOf(id, 'thumbnail'),
    async original(id) {
      const found = sql<{ content: string | null }>`SELECT content FROM records WHERE ${seenBy(scope)} AND id = ${id}`;
      const content = (await told(() => found.execute(database))).rows[0]?.content;
      return content ? contents?.read(content) : mediaOf(id, 'original');
    },
    peak: (id, place) => mediaOf(id, 'peak', place),
    chainLink: (id) => told(() => chainLink(id)),
    verify: (options) => told(() => verifyTeamChain(database, scope, options)),
    // PostgreSQL looks after its own pages: data_checksums are on by default.
    checkPages: async () => true,
    newest: () => told(async () => (await readAll(await queries.page({}, { sort: '-time', limit: 1 })))[0]),
    count: () => total,
    subscribe: (listener, signal) => join(listeners, listener, signal),
    subscribeUnread: (listener, signal) => join(unread, listener, signal),
    casesChanged(others = []) {
      announce({ type: 'cases' }, { type: 'cases' });
      tellWitnesses(others);
    },
    async close() {
      over.abort();
      await writer.settled();
    },
  };
}

const toldIds = (ids: readonly string[] | 'filter'): string[] | null =>
  ids === 'filter' || ids.length > TOLD_IDS ? null : [...ids];

function* inMessages(ids: readonly string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += TOLD_IDS) yield ids.slice(at, at + TOLD_IDS);
}

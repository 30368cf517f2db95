import { TouchstoneError } from '@touchstone/shared';
import { type Kysely, sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import { digestOf } from '../../log/hash-chain.ts';
import { columnsOfText } from '../../log/read-back.ts';
import type { Contents, HeldContent } from '../../store/contents.ts';
import { openPlain } from '../../store/folder/content-folder.ts';
import type { TeamTables } from '../database/tables.ts';
import { lockChain, type NextLink, placeRecords } from '../records/place-records.ts';
import { storedColumns } from '../records/record-columns.ts';
import type { Scope } from '../records/record-condition.ts';
import type { SourceHistory, SourceLink, SourceRecord } from './source-history.ts';

type Trx = Transaction<TeamTables>;

/** What of a text is needed beside its columns. */
const Told = v.pipe(v.string(), v.parseJson(), v.object({ at: v.number(), picture: v.object({ bytes: v.number() }) }));

export interface Written {
  readonly records: number;
  /** Links of deleted records, without them. */
  readonly gone: number;
  /** Records that the team had already. */
  readonly known: number;
  readonly originals: number;
  /** Originals that the source does not have any more. */
  readonly lostOriginals: number;
}

export interface LinkWriterRooms {
  readonly database: Kysely<TeamTables>;
  readonly scope: Scope;
  readonly contents: Contents;
  readonly source: Pick<SourceHistory, 'contentPath'>;
  /** Name of the source among those of the team. */
  readonly identity: string;
}

/** Takes a source for this transaction. @returns the last of its links that was taken over */
export async function takeSource(trx: Trx, { tenant, owner }: Scope, identity: string): Promise<number> {
  await sql`INSERT INTO imports (tenant, source, owner, link) VALUES (${tenant}, ${identity}, ${owner}, 0)
    ON CONFLICT DO NOTHING`.execute(trx);
  const found = await sql<{ owner: string; link: number }>`SELECT owner, link FROM imports
    WHERE tenant = ${tenant} AND source = ${identity} FOR UPDATE`.execute(trx);
  const [row] = found.rows;
  if (row?.owner === owner) return row.link;
  throw new TouchstoneError('bad-request', 'this history was taken over for somebody else', {
    nextStep: 'Name the same owner, or let that owner delete everything first.',
  });
}

/** Writes links of a source behind a tenant's own, each once, however often and by however many processes they are given. */
export function createLinkWriter({ database, scope, contents, source, identity }: LinkWriterRooms) {
  const { tenant, owner } = scope;

  /**
   * Copies originals that are there, so that they cannot go before their records are written.
   * @param held gets them, by hash; where one cannot be copied, those before it are in it all the same, to be let go of
   */
  async function holdOriginals(links: readonly SourceLink[], held: Map<string, HeldContent>): Promise<void> {
    for (const { record } of links) {
      if (!record?.content || held.has(record.content)) continue;
      const file = await openPlain(source.contentPath(record.content));
      if (!file) continue;
      const one = await contents.hold(file.createReadStream());
      // A damaged one is not what its record is about.
      if (one.sha256 === record.content) held.set(record.content, one);
      else await one.release();
    }
  }

  async function knownIds(trx: Trx, links: readonly SourceLink[]): Promise<ReadonlySet<string>> {
    const ids = links.flatMap(({ record }) => (record ? [record.id] : []));
    const found = sql<{ id: string }>`SELECT id FROM records WHERE id = ANY(${ids}::text[])`;
    return new Set((await found.execute(trx)).rows.map(({ id }) => id));
  }

  function nextOf(record: SourceRecord, held: ReadonlyMap<string, HeldContent>): NextLink {
    const columns = columnsOfText(record.text);
    const told = v.safeParse(Told, record.text);
    if (!columns || !told.success) throw new TouchstoneError('log-damaged', `record ${record.id} cannot be read`);
    const { at, picture } = told.output;
    const { id, label, text, leaning, pictures } = record;
    const content = record.content !== null && held.has(record.content) ? record.content : null;
    const stored = storedColumns(columns, { text, pictures, content, contentBytes: picture.bytes });
    return { digest: digestOf(text), row: { id, at, pictures, columns: { ...stored, leaning, label, owner } } };
  }

  /** A label is of a content: those taken over and those that were there hold for all of an owner's records. */
  async function shareLabels(trx: Trx, ids: readonly string[]): Promise<void> {
    await sql`UPDATE records SET label = given.label FROM (
        SELECT DISTINCT ON (sha256) sha256, label FROM records
        WHERE tenant = ${tenant} AND owner = ${owner} AND label <> 'none'
          AND sha256 IN (SELECT sha256 FROM records WHERE id = ANY(${ids}::text[])) ORDER BY sha256, number DESC
      ) AS given
      WHERE records.tenant = ${tenant} AND records.owner = ${owner} AND records.sha256 = given.sha256
        AND records.label = 'none'`.execute(trx);
  }

  async function writeBeside(trx: Trx, records: readonly SourceRecord[], numbers: readonly number[]): Promise<void> {
    const tags = records.flatMap((record, at) => record.tags.map((tag) => ({ tenant, number: numbers[at] ?? 0, tag })));
    const notes = records.flatMap(({ note }, at) =>
      note === null ? [] : [{ tenant, number: numbers[at] ?? 0, note }],
    );
    if (tags.length > 0) await trx.insertInto('record_tags').values(tags).execute();
    if (notes.length > 0) await trx.insertInto('record_notes').values(notes).execute();
  }

  async function writeAll(
    trx: Trx,
    links: readonly SourceLink[],
    held: ReadonlyMap<string, HeldContent>,
  ): Promise<Written> {
    const done = await takeSource(trx, scope, identity);
    // Those from before the chain come first: behind a first link all of them were taken over.
    const left = links.filter(({ link }) => (link === null ? done === 0 : link > done));
    await lockChain(trx, tenant);
    const known = await knownIds(trx, left);
    const fresh = left.flatMap(({ record }) => (record && !known.has(record.id) ? [record] : []));
    const gone = left.flatMap(({ record, digest }) => (record || !digest ? [] : [digest]));
    const next = left.flatMap(({ record, digest }): NextLink[] => {
      if (record) return known.has(record.id) ? [] : [nextOf(record, held)];
      return digest ? [{ digest }] : [];
    });
    const numbers = await placeRecords(trx, tenant, next);
    await writeBeside(trx, fresh, numbers);
    await shareLabels(
      trx,
      fresh.map(({ id }) => id),
    );
    const last = Math.max(done, ...left.map(({ link }) => link ?? 0));
    await sql`UPDATE imports SET link = ${last} WHERE tenant = ${tenant} AND source = ${identity}`.execute(trx);
    const originals = fresh.filter(({ content }) => content !== null);
    const lost = originals.filter(({ content }) => !held.has(content ?? ''));
    return {
      records: fresh.length,
      gone: gone.length,
      known: left.filter(({ record }) => record && known.has(record.id)).length,
      originals: originals.length - lost.length,
      lostOriginals: lost.length,
    };
  }

  /** Writes some links in one transaction. */
  return async (links: readonly SourceLink[]): Promise<Written> => {
    const held = new Map<string, HeldContent>();
    try {
      await holdOriginals(links, held);
      return await database.transaction().execute((trx) => writeAll(trx, links, held));
    } finally {
      for (const one of held.values()) await one.release();
    }
  };
}

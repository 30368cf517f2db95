import type { KeptMedia } from '../store/record-store.ts';
import type { DamagedFile } from './damaged-file.ts';
import { readDense } from './damaged-file.ts';
import { digestOf, hashColumn, sameBytes } from './hash-chain.ts';
import { columnsOfText, type RecordColumns } from './read-back.ts';

/** A link as it lies in the damaged file. */
export interface ReadableLink {
  readonly link: number;
  readonly number: number | null;
  readonly digest: Uint8Array;
  readonly hash: Uint8Array;
}

/** A record that can be read whole. */
export interface ReadableRecord {
  readonly number: number;
  /** What its own row says, null without a link or a readable row. */
  readonly link: number | null;
  readonly label: string;
  readonly text: string;
  readonly columns: RecordColumns;
}

/** Places where the numbers of records stand; one page can blind some of them, hardly all. */
const NUMBERS = [
  'SELECT number AS n FROM bodies ORDER BY number',
  'SELECT number AS n FROM bodies ORDER BY number DESC',
  'SELECT number AS n FROM records NOT INDEXED ORDER BY number',
  'SELECT number AS n FROM records NOT INDEXED ORDER BY number DESC',
  "SELECT number AS n FROM records INDEXED BY records_kind WHERE kind = 'image' ORDER BY number",
  "SELECT number AS n FROM records INDEXED BY records_kind WHERE kind = 'video' ORDER BY number",
  "SELECT number AS n FROM records INDEXED BY records_kind WHERE kind = 'video-frame' ORDER BY number",
];

/** All links that can be read, by their place; link 0 is among them where it can be. */
export function readableLinks(file: DamagedFile): Map<number, ReadableLink> {
  const known = [
    ...file.integers('SELECT link AS n FROM chain ORDER BY link'),
    ...file.integers('SELECT link AS n FROM chain ORDER BY link DESC LIMIT 1'),
    ...file.integers('SELECT max(link) AS n FROM records'),
  ];
  const last = known.reduce((most, link) => Math.max(most, link), -1);
  const rows = readDense(file, 'SELECT link, number, digest, hash FROM chain WHERE link BETWEEN ? AND ?', 0, last);
  const links = new Map<number, ReadableLink>();
  for (const { link, number, digest, hash } of rows) {
    if (typeof link !== 'number') continue;
    links.set(link, {
      link,
      number: typeof number === 'number' ? number : null,
      digest: hashColumn(digest),
      hash: hashColumn(hash),
    });
  }
  return links;
}

/** Numbers under which a record may lie, ascending. */
export function candidateNumbers(file: DamagedFile, links: Iterable<ReadableLink>): number[] {
  const numbers = new Set<number>();
  for (const { link, number } of links) if (link > 0 && number !== null) numbers.add(number);
  for (const sql of NUMBERS) for (const number of file.integers(sql)) numbers.add(number);
  return [...numbers].sort((a, b) => a - b);
}

/** @returns undefined where the record cannot be read, or is none any more */
export function readableRecord(file: DamagedFile, number: number): ReadableRecord | undefined {
  const text = file.row('SELECT body FROM bodies WHERE number = ?', number)?.body;
  const columns = typeof text === 'string' ? columnsOfText(text) : undefined;
  if (typeof text !== 'string' || !columns) return undefined;
  const row = file.row('SELECT link, label FROM records NOT INDEXED WHERE number = ?', number);
  const link = typeof row?.link === 'number' ? row.link : null;
  return { number, link, label: typeof row?.label === 'string' ? row.label : 'none', text, columns };
}

/** Pictures of a record, as far as they can be read. */
export function readableMedia(file: DamagedFile, number: number): KeptMedia {
  const picture = (kind: string): Uint8Array | undefined => {
    const bytes = file.row('SELECT bytes FROM media WHERE number = ? AND kind = ?', number, kind)?.bytes;
    return bytes instanceof Uint8Array ? bytes : undefined;
  };
  const peaks = file.rows('SELECT bytes FROM peaks WHERE number = ? ORDER BY place', number) ?? [];
  return {
    thumbnail: picture('thumbnail'),
    original: picture('original'),
    content: contentOf(file, number),
    peaks: peaks.flatMap(({ bytes }) => (bytes instanceof Uint8Array ? [bytes] : [])),
  };
}

function contentOf(file: DamagedFile, number: number): string | undefined {
  const content = file.row('SELECT content FROM contents WHERE number = ?', number)?.content;
  return typeof content === 'string' && /^[0-9a-f]{64}$/.test(content) ? content : undefined;
}

/** Whether a record is what its link says. */
export function matches(record: ReadableRecord, link: ReadableLink): boolean {
  return sameBytes(digestOf(record.text), link.digest);
}

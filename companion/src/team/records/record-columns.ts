import type { ResultRecord } from '@touchstone/shared';
import { sql } from 'kysely';
import { chainedText } from '../../log/hash-chain.ts';
import { readsBack } from '../../log/read-back.ts';
import { filterColumns, textColumns } from '../../log/record-row.ts';
import type { KeptMedia } from '../../store/record-store.ts';
import { termsOf } from './search-terms.ts';

export interface PictureRow {
  readonly kind: 'thumbnail' | 'original' | 'peak';
  readonly place: number;
  readonly bytes: Uint8Array;
}

/** Pictures of a record as rows of the table `media`. */
export function picturesOf({ thumbnail, original, peaks = [] }: KeptMedia): PictureRow[] {
  return [
    ...(thumbnail ? [{ kind: 'thumbnail' as const, place: 0, bytes: thumbnail }] : []),
    ...(original ? [{ kind: 'original' as const, place: 0, bytes: original }] : []),
    ...peaks.map((bytes, place) => ({ kind: 'peak' as const, place, bytes })),
  ];
}

/** What is written down and hashed of a record. @throws TypeError for one that would not read back as it is */
export function textOf(record: ResultRecord): string {
  const { label: _, ...columns } = { ...filterColumns(record), ...textColumns(record) };
  const text = chainedText(record);
  if (!readsBack(text, columns)) throw new TypeError('the record would not read back as it is');
  return text;
}

/** PostgreSQL holds no null character in a text; the record's own text has it in an escape. */
const written = (text: string): string => text.replaceAll('\u0000', '\uFFFD');

/** Values as columns hold them. */
export function writtenColumns<Columns extends Readonly<Record<string, string | number>>>(columns: Columns): Columns {
  const pairs = Object.entries(columns).map(([name, value]) => [
    name,
    typeof value === 'string' ? written(value) : value,
  ]);
  return Object.fromEntries(pairs) as Columns;
}

/** What a row holds beside the columns that its text gives. */
interface Kept {
  readonly text: string;
  readonly pictures: readonly PictureRow[];
  /** Hash of the original that is kept, and its bytes. */
  readonly content: string | null;
  readonly contentBytes: number;
}

/** Columns as a row holds them, from those that a text gives. */
export function storedColumns(
  columns: Readonly<Record<string, string | number>>,
  { text, pictures, content, contentBytes }: Kept,
) {
  const texts = [columns.url, columns.page_url, columns.title, columns.file_name];
  const pictured = pictures.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  return {
    ...writtenColumns(columns),
    body: text,
    words: sql<string>`array_to_tsvector(${termsOf(texts.join(' '))}::text[])`,
    content,
    bytes: Buffer.byteLength(text) + pictured + (content === null ? 0 : contentBytes),
  };
}

/** A record as its row, but for its place. */
export function columnsOf(record: ResultRecord, media: KeptMedia, text: string) {
  return {
    ...storedColumns(
      { ...filterColumns(record), ...textColumns(record) },
      { text, pictures: picturesOf(media), content: media.content ?? null, contentBytes: record.picture.bytes },
    ),
    leaning: record.verdict.leaning ?? null,
  };
}

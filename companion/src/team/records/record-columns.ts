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

/** A record as its row, but for its place. */
export function columnsOf(record: ResultRecord, media: KeptMedia, text: string) {
  const texts = textColumns(record);
  const pictures = picturesOf(media).reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  return {
    ...writtenColumns({ ...filterColumns(record), ...texts }),
    leaning: record.verdict.leaning ?? null,
    body: text,
    words: sql<string>`array_to_tsvector(${termsOf(Object.values(texts).join(' '))}::text[])`,
    content: media.content ?? null,
    bytes: Buffer.byteLength(text) + pictures + (media.content === undefined ? 0 : record.picture.bytes),
  };
}

import type { DatabaseSync } from 'node:sqlite';
import type { ResultRecord } from '@touchstone/shared';
import type { KeptMedia } from '../store/record-store.ts';
import { chainedText, digestOf, hashColumn, linkHash } from './hash-chain.ts';
import { type RecordColumns, readsBack } from './read-back.ts';
import { LAST_TIMED_NUMBER, recordNumber } from './record-number.ts';
import { filterColumns, textColumns } from './record-row.ts';

/** A record as its rows hold it. */
export interface PlacedRecord {
  readonly number: number;
  /** Null for a record that the chain does not know. */
  readonly link: number | null;
  readonly label: string;
  /** What is written down and hashed. */
  readonly text: string;
  readonly columns: RecordColumns;
}

/** Writes records and their links of the chain, inside whatever transaction the caller has begun. */
export function createRecordWriter(database: DatabaseSync) {
  const taken = database.prepare('SELECT 1 FROM records WHERE number = ?');
  const newest = database.prepare('SELECT max(number) AS number FROM records');
  // Read anew each time: another process may have written since.
  const lastLink = database.prepare('SELECT link, hash FROM chain ORDER BY link DESC LIMIT 1');
  const addLink = database.prepare('INSERT INTO chain (link, number, digest, hash) VALUES (?, ?, ?, ?)');
  const insert = database.prepare(
    `INSERT INTO records (number, link, id, verdict, probability, kind, site, pack, label, sha256, perceptual_hash)
     VALUES ($number, $link, $id, $verdict, $probability, $kind, $site, $pack, $label, $sha256, $perceptual_hash)`,
  );
  const fill = database.prepare(
    `INSERT INTO bodies (number, url, page_url, title, file_name, body)
     VALUES ($number, $url, $page_url, $title, $file_name, $body)`,
  );
  const keep = database.prepare('INSERT INTO media (number, kind, bytes) VALUES (?, ?, ?)');
  const keepContent = database.prepare('INSERT INTO contents (number, content) VALUES (?, ?)');
  const keepPeak = database.prepare('INSERT INTO peaks (number, place, bytes) VALUES (?, ?, ?)');

  /** The number of a record's time, or the next that is free. */
  function freeNumber(record: ResultRecord): number {
    const wanted = recordNumber(record.at, record.id);
    // Behind the last time that numbers can tell, records lie in the order in which they came.
    if (wanted >= LAST_TIMED_NUMBER) return Math.max(LAST_TIMED_NUMBER, Number(newest.get()?.number ?? 0) + 1);
    let number = wanted;
    while (taken.get(number)) number += 1;
    return number;
  }

  const writer = {
    /**
     * Adds a link at the end of the chain.
     * @param number of the record, null for a note
     * @param from smallest place that it may have
     * @returns its place
     */
    link(number: number | null, text: string, from = 1): number {
      const last = lastLink.get();
      const link = Math.max(from, Number(last?.link ?? 0) + 1);
      const digest = digestOf(text);
      addLink.run(link, number, digest, linkHash(hashColumn(last?.hash), digest));
      return link;
    },
    /** Writes the rows of a record that has its number and its link. */
    place({ number, link, label, text, columns }: PlacedRecord, media: KeptMedia): void {
      const { url = '', page_url = '', title = '', file_name = '', ...filters } = columns;
      insert.run({ number, link, label, ...filters });
      fill.run({ number, url, page_url, title, file_name, body: text });
      if (media.thumbnail) keep.run(number, 'thumbnail', media.thumbnail);
      if (media.original) keep.run(number, 'original', media.original);
      if (media.content !== undefined) keepContent.run(number, media.content);
      for (const [place, picture] of (media.peaks ?? []).entries()) keepPeak.run(number, place, picture);
    },
    /** @returns the number given to the record @throws TypeError for a record that would not read back */
    write(record: ResultRecord, media: KeptMedia): number {
      const { label: _, ...columns } = { ...filterColumns(record), ...textColumns(record) };
      const text = chainedText(record);
      if (!readsBack(text, columns)) throw new TypeError('the record would not read back as it is');
      const number = freeNumber(record);
      const label = record.label ?? 'none';
      writer.place({ number, link: writer.link(number, text), label, text, columns }, media);
      return number;
    },
  };
  return writer;
}

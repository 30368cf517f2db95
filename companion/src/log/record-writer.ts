import type { DatabaseSync } from 'node:sqlite';
import type { ResultRecord } from '@touchstone/shared';
import { chainedText, digestOf, hashColumn, linkHash } from './hash-chain.ts';
import { readsBack } from './read-back.ts';
import { recordNumber } from './record-number.ts';
import { filterColumns, textColumns } from './record-row.ts';
import type { KeptMedia } from './result-log.ts';

/** Writes records and their links of the chain, inside whatever transaction the caller has begun. */
export function createRecordWriter(database: DatabaseSync) {
  const taken = database.prepare('SELECT 1 FROM records WHERE number = ?');
  // Read anew each time: another process may have written since.
  const lastLink = database.prepare('SELECT link, hash FROM chain ORDER BY link DESC LIMIT 1');
  const addLink = database.prepare('INSERT INTO chain (link, number, digest, hash) VALUES (?, ?, ?, ?)');
  const insert = database.prepare(
    `INSERT INTO records (number, link, id, verdict, kind, site, pack, label, sha256, perceptual_hash)
     VALUES ($number, $link, $id, $verdict, $kind, $site, $pack, $label, $sha256, $perceptual_hash)`,
  );
  const fill = database.prepare(
    `INSERT INTO bodies (number, url, page_url, title, file_name, body)
     VALUES ($number, $url, $page_url, $title, $file_name, $body)`,
  );
  const keep = database.prepare('INSERT INTO media (number, kind, bytes) VALUES (?, ?, ?)');
  const keepPeak = database.prepare('INSERT INTO peaks (number, place, bytes) VALUES (?, ?, ?)');

  function chain(number: number, text: string): number {
    const last = lastLink.get();
    const link = Number(last?.link ?? 0) + 1;
    const digest = digestOf(text);
    addLink.run(link, number, digest, linkHash(hashColumn(last?.hash), digest));
    return link;
  }

  return {
    /** @returns the number given to the record @throws TypeError for a record that would not read back */
    write(record: ResultRecord, media: KeptMedia): number {
      let number = recordNumber(record.at, record.id);
      while (taken.get(number)) number += 1;
      const body = chainedText(record);
      const columns = { ...filterColumns(record), ...textColumns(record) };
      if (!readsBack(body, columns)) throw new TypeError('the record would not read back as it is');
      insert.run({ number, link: chain(number, body), ...filterColumns(record) });
      fill.run({ number, ...textColumns(record), body });
      if (media.thumbnail) keep.run(number, 'thumbnail', media.thumbnail);
      if (media.original) keep.run(number, 'original', media.original);
      for (const [place, picture] of (media.peaks ?? []).entries()) keepPeak.run(number, place, picture);
      return number;
    },
  };
}

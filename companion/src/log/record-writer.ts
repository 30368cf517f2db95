import type { DatabaseSync } from 'node:sqlite';
import type { ResultRecord } from '@touchstone/shared';
import { recordNumber } from './record-number.ts';
import { bodyColumns, filterColumns } from './record-row.ts';
import type { KeptMedia } from './result-log.ts';

/** Writes records into the tables, inside whatever transaction the caller has begun. */
export function createRecordWriter(database: DatabaseSync) {
  const taken = database.prepare('SELECT 1 FROM records WHERE number = ?');
  const insert = database.prepare(
    `INSERT INTO records (number, id, verdict, kind, site, pack, label, sha256, perceptual_hash)
     VALUES ($number, $id, $verdict, $kind, $site, $pack, $label, $sha256, $perceptual_hash)`,
  );
  const fill = database.prepare(
    `INSERT INTO bodies (number, url, page_url, title, file_name, body)
     VALUES ($number, $url, $page_url, $title, $file_name, $body)`,
  );
  const keep = database.prepare('INSERT INTO media (number, kind, bytes) VALUES (?, ?, ?)');

  return {
    /** @returns the number given to the record */
    write(record: ResultRecord, media: KeptMedia): number {
      let number = recordNumber(record.at, record.id);
      while (taken.get(number)) number += 1;
      insert.run({ number, ...filterColumns(record) });
      fill.run({ number, ...bodyColumns(record) });
      if (media.thumbnail) keep.run(number, 'thumbnail', media.thumbnail);
      if (media.original) keep.run(number, 'original', media.original);
      return number;
    },
  };
}

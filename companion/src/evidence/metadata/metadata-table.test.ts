import { expect, it } from 'vitest';
import { sniffFormat } from '../../intake/sniff.ts';
import { readHeader } from '../../picture-decoder/process/read-header.ts';
import table from '../fixtures/metadata-table.json' with { type: 'json' };
import { type FileFields, readFields } from './file-fields.ts';
import { findBlocks } from './find-blocks.ts';

/** A field by ExifTool's group and name. */
function fieldOf({ exif, xmp, iptc }: FileFields, name: string): string | undefined {
  const [group, field = ''] = name.split(':');
  if (group === 'EXIF') return exif.get(field);
  return group === 'XMP' ? xmp.get(field) : iptc.get(field);
}

/** ExifTool wrote the files and read them again (fixtures/make-metadata-table.py made the table). */
it.each(Object.entries(table))('fields of a %s are those that ExifTool reads', async (_, { file, fields }) => {
  const bytes = Buffer.from(file, 'base64');
  const found = readFields(findBlocks(bytes, await readHeader(bytes, sniffFormat(bytes))));
  const read = Object.keys(fields).map((name) => [name, fieldOf(found, name)]);
  expect(Object.fromEntries(read)).toEqual(fields);
});

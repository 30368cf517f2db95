import { expect, it } from 'vitest';
import { sourceOfBytes } from '../../containers/byte-source.ts';
import { formatOf } from '../../intake/sniff.ts';
import { readHeader } from '../../picture-decoder/process/read-header.ts';
import table from '../fixtures/metadata-table.json' with { type: 'json' };
import { type FileFields, readFields } from './file-fields.ts';
import { findBlocks } from './find-blocks.ts';
import { videoBlocks } from './video-blocks.ts';

/** Names of ExifTool that the standards, and so this reader, do not use. */
const NAMES: Readonly<Record<string, string>> = {
  'EXIF:ISO': 'ISOSpeedRatings',
  'EXIF:ModifyDate': 'DateTime',
  'EXIF:OwnerName': 'CameraOwnerName',
  'EXIF:SerialNumber': 'BodySerialNumber',
  'XMP:Creator': 'creator',
  'XMP:Description': 'description',
  'XMP:Rights': 'rights',
  'XMP:Title': 'title',
  'IPTC:Country-PrimaryLocationName': 'Country/Primary Location Name',
  'IPTC:OriginatingProgram': 'Originating Program',
  'Matroska:Encoder': 'encoder',
};

/** A field by ExifTool's group and name. */
function fieldOf({ exif, xmp, iptc, png, comments }: FileFields, name: string): string | undefined {
  const [group, own = ''] = name.split(':');
  const field = NAMES[name] ?? own;
  if (group === 'XMP') return xmp.get(field);
  if (group === 'IPTC') return iptc.get(field);
  if (group === 'PNG') return png.get(field);
  if (group !== 'EXIF') return field === 'Comment' ? comments[0] : png.get(field);
  const [latitude = '', longitude = ''] = (exif.get('Position') ?? '').split(', ');
  if (field === 'GPSLatitude') return String(Math.abs(Number(latitude)));
  if (field === 'GPSLongitude') return String(Math.abs(Number(longitude)));
  const text = exif.get(field);
  // Numbers with the signs that people know them by.
  if (field === 'FNumber') return text?.replace('f/', '');
  if (field === 'FocalLength') return text?.replace(' mm', '');
  return field === 'Flash' ? flashOf(text) : text;
}

/** Whether it fired, which is what is read of it. */
const flashOf = (words = ''): string => (words.includes('did not fire') ? 'Off, Did not fire' : words);

/** ExifTool wrote the files and read them again (fixtures/make-metadata-table.py made the table). */
it.each(Object.entries(table))('fields of a %s are those that ExifTool reads', async (_, { file, fields }) => {
  const bytes = Buffer.from(file, 'base64');
  const format = formatOf(bytes);
  const blocks = format ? findBlocks(bytes, await readHeader(bytes, format)) : videoBlocks(sourceOfBytes(bytes));
  const found = readFields(blocks);
  const read = Object.keys(fields).map((name) => [name, fieldOf(found, name)]);
  expect(Object.fromEntries(read)).toEqual(fields);
});

it('a position south and west is told as such', () => {
  const { file } = table.jpg;
  const blocks = findBlocks(Buffer.from(file, 'base64'), {
    format: 'jpeg',
    width: 40,
    height: 40,
    frames: 1,
    exif: undefined,
    xmp: undefined,
  });
  expect(readFields(blocks).exif.get('Position')).toBe('52.500000, -13.400000');
});

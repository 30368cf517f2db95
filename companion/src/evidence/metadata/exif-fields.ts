import ExifReader from 'exifreader';
import { isTextField, readTextFields } from './exif-text-fields.ts';

/** Fields of an EXIF block as text, by their names in the standard. */
export type ExifFields = ReadonlyMap<string, string>;

/** Longest field kept, in characters. */
const MAX_FIELD_LENGTH = 1024 * 1024;
/** What the reader says of numbers that are missing, or of a value that lies outside the block. */
const NO_VALUE = /\b(?:NaN|Infinity|undefined)\b|^<faulty value>$/;

/**
 * Reads the main, Exif and GPS directories. The directory of the embedded thumbnail is left out: what it says is about
 * another picture.
 * @param exif TIFF structure
 * @returns no fields when it cannot be read
 */
export function readExifFields(exif: Uint8Array | undefined): ExifFields {
  if (!exif) return new Map();
  const fields = readNumbers(exif);
  for (const [name, text] of readTextFields(exif)) fields.set(name, text.slice(0, MAX_FIELD_LENGTH));
  return fields;
}

/** Numbers in the words of the reader, for instance "1/250" or "f/2.8". */
function readNumbers(exif: Uint8Array): Map<string, string> {
  const fields = new Map<string, string>();
  try {
    const tiff = Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength);
    const groups = ExifReader.load(tiff, {
      expanded: true,
      includeUnknown: false,
      excludeTags: { makerNotes: true, thumbnail: true, icc: true, xmp: true, iptc: true, photoshop: true, mpf: true },
    });
    for (const [name, tag] of Object.entries(groups.exif ?? {})) {
      const text = isTextField(name) ? undefined : textOf(tag);
      if (text && !NO_VALUE.test(text)) fields.set(name, text.slice(0, MAX_FIELD_LENGTH));
    }
    const { Latitude, Longitude, Altitude } = groups.gps ?? {};
    if (Number.isFinite(Latitude) && Number.isFinite(Longitude)) {
      const height = Number.isFinite(Altitude) ? `, ${Math.round(Number(Altitude))} m` : '';
      fields.set('Position', `${Number(Latitude).toFixed(6)}, ${Number(Longitude).toFixed(6)}${height}`);
    }
  } catch {
    return new Map();
  }
  return fields;
}

function textOf(tag: unknown): string | undefined {
  if (typeof tag !== 'object' || tag === null || !('description' in tag)) return undefined;
  const { description } = tag;
  return typeof description === 'string' || typeof description === 'number' ? String(description) : undefined;
}

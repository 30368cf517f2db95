import ExifReader from 'exifreader';
import { decodeComment, decodeUtf16 } from './exif-text.ts';

/** Fields of an EXIF block as text, by their names in the standard. */
export type ExifFields = ReadonlyMap<string, string>;

/** Longest field kept, in characters; ComfyUI puts whole workflows into Make. */
const MAX_FIELD_LENGTH = 1024 * 1024;

/** Fields that hold bytes: their text comes from the raw value, since the reader describes them by kind only. */
const COMMENTS: ReadonlySet<string> = new Set(['UserComment', 'MakerNote']);
const UTF16 = /^XP[A-Z]/;

/**
 * Reads the main, Exif and GPS directories. The directory of the embedded thumbnail is left out: what it says is about
 * another picture.
 * @param exif TIFF structure
 * @returns no fields when it cannot be read
 */
export function readExifFields(exif: Uint8Array | undefined): ExifFields {
  const fields = new Map<string, string>();
  if (!exif) return fields;
  try {
    const tiff = Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength);
    const groups = ExifReader.load(tiff, {
      expanded: true,
      includeUnknown: false,
      excludeTags: { makerNotes: true, thumbnail: true, icc: true, xmp: true, iptc: true, photoshop: true, mpf: true },
    });
    for (const [name, tag] of Object.entries(groups.exif ?? {})) {
      const text = textOf(name, tag);
      if (text) fields.set(name, text.slice(0, MAX_FIELD_LENGTH));
    }
    const { Latitude, Longitude, Altitude } = groups.gps ?? {};
    if (typeof Latitude === 'number' && typeof Longitude === 'number') {
      const height = typeof Altitude === 'number' ? `, ${Math.round(Altitude)} m` : '';
      fields.set('Position', `${Latitude.toFixed(6)}, ${Longitude.toFixed(6)}${height}`);
    }
  } catch {
    return new Map();
  }
  return fields;
}

function textOf(name: string, tag: unknown): string | undefined {
  if (typeof tag !== 'object' || tag === null) return undefined;
  const value: unknown = 'value' in tag ? tag.value : undefined;
  if (COMMENTS.has(name) || UTF16.test(name)) {
    const bytes = bytesOf(value);
    if (bytes) return COMMENTS.has(name) ? decodeComment(bytes) : decodeUtf16(bytes, true);
  }
  const description: unknown = 'description' in tag ? tag.description : undefined;
  return typeof description === 'string' || typeof description === 'number' ? String(description) : undefined;
}

function bytesOf(value: unknown): Buffer | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return Buffer.from(value);
  // Files of DALL-E 2 give these fields the type of plain text.
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return Buffer.from(value.join(''), 'latin1');
  if (typeof value === 'string') return Buffer.from(value, 'latin1');
  return undefined;
}

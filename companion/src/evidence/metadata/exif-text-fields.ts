import { sourceOfBytes } from '../../containers/byte-source.ts';
import { openTiff, type TiffField } from '../../containers/tiff-entries.ts';
import { decodeComment, decodeUtf16, hasMark } from './exif-text.ts';

/** How the text of a field is written: for people; as one of several; behind a character code; in UTF-16. */
type Form = 'text' | 'list' | 'comment' | 'utf16';

/**
 * Fields that hold text, by their tags, in whichever directory a program put them: some write those of the Exif directory
 * into the main one. The last seven are those of Exif 3.0.
 */
const FIELDS: ReadonlyMap<number, readonly [name: string, form: Form]> = new Map([
  [0x000b, ['ProcessingSoftware', 'text']],
  [0x010e, ['ImageDescription', 'text']],
  [0x010f, ['Make', 'text']],
  [0x0110, ['Model', 'text']],
  [0x0131, ['Software', 'text']],
  [0x0132, ['DateTime', 'text']],
  [0x013b, ['Artist', 'text']],
  [0x013c, ['HostComputer', 'text']],
  // Of the photographer and of the editor, with a zero between.
  [0x8298, ['Copyright', 'list']],
  [0x9003, ['DateTimeOriginal', 'text']],
  [0x9004, ['DateTimeDigitized', 'text']],
  [0x9010, ['OffsetTime', 'text']],
  [0x9011, ['OffsetTimeOriginal', 'text']],
  [0x9012, ['OffsetTimeDigitized', 'text']],
  [0x927c, ['MakerNote', 'comment']],
  [0x9286, ['UserComment', 'comment']],
  [0x9c9b, ['XPTitle', 'utf16']],
  [0x9c9c, ['XPComment', 'utf16']],
  [0x9c9d, ['XPAuthor', 'utf16']],
  [0x9c9e, ['XPKeywords', 'utf16']],
  [0x9c9f, ['XPSubject', 'utf16']],
  [0xa420, ['ImageUniqueID', 'text']],
  [0xa430, ['CameraOwnerName', 'text']],
  [0xa431, ['BodySerialNumber', 'text']],
  [0xa433, ['LensMake', 'text']],
  [0xa434, ['LensModel', 'text']],
  [0xa435, ['LensSerialNumber', 'text']],
  [0xa436, ['ImageTitle', 'text']],
  [0xa437, ['Photographer', 'text']],
  [0xa438, ['ImageEditor', 'text']],
  [0xa439, ['CameraFirmware', 'text']],
  [0xa43a, ['RAWDevelopingSoftware', 'text']],
  [0xa43b, ['ImageEditingSoftware', 'text']],
  [0xa43c, ['MetadataEditingSoftware', 'text']],
]);
const EXIF_DIRECTORY = 0x8769;
/** Bytes, text, signed bytes, bytes of no kind and UTF-8: what a text may be stored as, whatever the standard asks for. */
const TEXT_TYPES: ReadonlySet<number> = new Set([1, 2, 6, 7, 129]);
/** Longest value read, in bytes; ComfyUI puts whole workflows into Make. */
const MAX_VALUE_BYTES = 1024 * 1024;

/** Whether a field is read here, and nowhere else. @param name as in the standard */
export const isTextField = (name: string): boolean => NAMES.has(name);
const NAMES: ReadonlySet<string> = new Set([...FIELDS.values()].map(([name]) => name));

/**
 * Texts of the main and the Exif directory, by the names of the standard, from their bytes: a field of another type than
 * the standard's, or whose count is too large, is text still. One that comes twice counts as it stands last.
 * @param exif TIFF structure
 */
export function readTextFields(exif: Uint8Array): Map<string, string> {
  const source = sourceOfBytes(exif);
  const tiff = openTiff(source);
  const found = new Map<string, readonly [field: TiffField, form: Form]>();
  const collect = (fields: Iterable<TiffField>): number | undefined => {
    let exifDirectory: number | undefined;
    for (const field of fields) {
      if (field.tag === EXIF_DIRECTORY) exifDirectory = tiff?.numberOf(field);
      const [name, form] = FIELDS.get(field.tag) ?? [];
      if (name === undefined || form === undefined || field.end <= field.start) continue;
      // Of UTF-16 every two bytes are one value to some.
      if (TEXT_TYPES.has(field.type) || form === 'comment' || form === 'utf16') found.set(name, [field, form]);
    }
    return exifDirectory;
  };
  const place = tiff && collect(tiff.fields());
  if (tiff && place !== undefined) collect(tiff.fields(place));
  const texts = new Map<string, string>();
  for (const [name, [{ start, end }, form]] of found) {
    const text = decode(source.read(start, Math.min(end - start, MAX_VALUE_BYTES)), form);
    if (text !== '') texts.set(name, text);
  }
  return texts;
}

function decode(bytes: Buffer, form: Form): string {
  if (form === 'comment') return decodeComment(bytes);
  if (form === 'utf16') return decodeUtf16(bytes, true);
  if (hasMark(bytes)) return beforeZero(decodeUtf16(bytes, true));
  if (form === 'list') return splitAtZeros(bytes).map(decodeBytes).filter(Boolean).join('; ');
  // What lies behind the zero at its end is no text.
  return decodeBytes(bytes.subarray(0, zeroIn(bytes)));
}

const zeroIn = (bytes: Buffer): number => {
  const at = bytes.indexOf(0);
  return at < 0 ? bytes.length : at;
};
const beforeZero = (text: string): string => text.split('\0', 1)[0] ?? '';
const strict = new TextDecoder('utf-8', { fatal: true });

/** UTF-8, which most write whatever the type says, else one byte a letter. */
function decodeBytes(bytes: Buffer): string {
  try {
    return strict.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** A copyright names two people at most. */
function splitAtZeros(bytes: Buffer): Buffer[] {
  const first = zeroIn(bytes);
  const rest = bytes.subarray(first + 1);
  return [bytes.subarray(0, first), rest.subarray(0, zeroIn(rest))];
}

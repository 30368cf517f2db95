import ExifReader from 'exifreader';

/** Longest camera name passed on, in characters. */
const MAX_NAME_LENGTH = 80;

export interface ExifFacts {
  /** "Make Model" of the camera, cleaned. */
  readonly camera: string | undefined;
  readonly userComment: string | undefined;
}

const NOTHING: ExifFacts = { camera: undefined, userComment: undefined };

/**
 * Camera and comment from an EXIF block.
 * @param exif block as the container held it (a TIFF file is one itself), with or without its "Exif\0\0" prefix
 */
export function readExif(exif: Uint8Array | undefined): ExifFacts {
  if (!exif) return NOTHING;
  const prefixed = Buffer.from(exif.subarray(0, 4)).toString('latin1') === 'Exif';
  // The block is a complete TIFF structure, which the reader takes as a file.
  const tiff = Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength).subarray(prefixed ? 6 : 0);
  try {
    const tags = ExifReader.load(tiff, { expanded: true }).exif ?? {};
    const comment: unknown = tags.UserComment;
    const [make, model] = [clean(tags.Make?.description), clean(tags.Model?.description)];
    const named =
      make && model ? (model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`) : '';
    return {
      camera: named || undefined,
      userComment: descriptionOf(comment),
    };
  } catch {
    return NOTHING;
  }
}

/** The reader types this tag by its raw bytes alone. */
function descriptionOf(tag: unknown): string | undefined {
  const text = typeof tag === 'object' && tag !== null && 'description' in tag ? tag.description : undefined;
  return typeof text === 'string' ? text : undefined;
}

function clean(text: string | undefined): string {
  return (text ?? '')
    .replace(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, '')
    .trim()
    .slice(0, MAX_NAME_LENGTH);
}

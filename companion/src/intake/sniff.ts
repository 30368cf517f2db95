import { TouchstoneError } from '@touchstone/shared';
import { isForeignVideo, type PictureKind, pictureKind } from '@touchstone/shared/media';

const JUDGED = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff', 'bmp'] as const satisfies readonly PictureKind[];

/** Formats that are decoded here; the others are refused by name. */
export type PictureFormat = (typeof JUDGED)[number];

/** The format of a picture that is decoded here, undefined for everything else. @param bytes its first bytes or all */
export function formatOf(bytes: Uint8Array): PictureFormat | undefined {
  const kind = pictureKind(bytes);
  return JUDGED.find((format) => format === kind);
}

/**
 * Tells the container by its first bytes; names and declared media types are not trusted.
 * @throws TouchstoneError `empty-file`, `svg-refused`, `heic-refused`, `video-unreadable` or `unsupported-format`
 */
export function sniffFormat(bytes: Uint8Array): PictureFormat {
  if (bytes.byteLength === 0) throw new TouchstoneError('empty-file');
  const format = formatOf(bytes);
  if (format) return format;
  const kind = pictureKind(bytes);
  if (kind === 'svg') throw new TouchstoneError('svg-refused');
  if (kind === 'heic') throw new TouchstoneError('heic-refused');
  if (isForeignVideo(bytes)) throw new TouchstoneError('video-unreadable', 'a container of videos that is not read');
  throw new TouchstoneError('unsupported-format');
}

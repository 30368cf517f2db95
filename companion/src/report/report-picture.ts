import { MAX_PIXELS } from '@touchstone/shared';
import sharp from 'sharp';
import { decodable } from '../decode/decodable.ts';
import { sniffFormat } from '../intake/sniff.ts';
import type { ReportPicture } from './evidence-report.ts';

/** Longer side of the picture in a report, in pixels: fills a printed page, and keeps the file under 1 MB. */
const LONGER_SIDE = 1200;

const QUALITY = 82;

/**
 * A copy for the report without any of the file's metadata.
 * @param bytes encoded picture @returns null for one that cannot be decoded here
 */
export async function reportPicture(bytes: Uint8Array): Promise<ReportPicture | null> {
  try {
    const safe = decodable(bytes, sniffFormat(bytes));
    const { data, info } = await sharp(safe, { limitInputPixels: MAX_PIXELS, pages: 1 })
      .autoOrient()
      .flatten({ background: '#fff' })
      .resize({ width: LONGER_SIDE, height: LONGER_SIDE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { mediaType: 'image/webp', width: info.width, height: info.height, base64: data.toString('base64') };
  } catch {
    // A BMP, which sharp cannot read, or a damaged copy: the report says that there is no picture.
    return null;
  }
}

export const dataAddress = ({ mediaType, base64 }: ReportPicture): string => `data:${mediaType};base64,${base64}`;

import { TouchstoneError } from '@touchstone/shared';
import type { PictureDecoder } from '../decode/picture-decoder.ts';
import { sniffFormat } from '../intake/sniff.ts';
import type { ReportPicture } from './evidence-report.ts';

/**
 * A copy for the report without any of the file's metadata.
 * @param bytes encoded picture @returns null for one that cannot be decoded here
 * @throws TouchstoneError `cancelled`, `shutting-down`
 */
export async function reportPicture(
  decoder: Pick<PictureDecoder, 'copyForReport'>,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<ReportPicture | null> {
  try {
    const { data, width, height } = await decoder.copyForReport({ bytes, format: sniffFormat(bytes), signal });
    return { mediaType: 'image/webp', width, height, base64: Buffer.from(data).toString('base64') };
  } catch (error) {
    if (error instanceof TouchstoneError && (error.code === 'cancelled' || error.code === 'shutting-down')) throw error;
    // A BMP, which the library for copies cannot read, or a damaged copy: the report says that there is no picture.
    return null;
  }
}

export const dataAddress = ({ mediaType, base64 }: ReportPicture): string => `data:${mediaType};base64,${base64}`;

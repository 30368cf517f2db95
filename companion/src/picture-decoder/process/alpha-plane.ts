import { pictureLibrary } from '@touchstone/models/pixels';
import type { StoredPixels } from '../../evidence/hidden-text/hidden-text.ts';
import { sniffFormat } from '../../intake/sniff.ts';
import { decodable } from './decodable.ts';

/** Formats that keep every bit of transparency. */
const KEEP_ALPHA: ReadonlySet<string> = new Set(['png', 'webp']);
/** Generators make smaller pictures; larger ones would be decoded a second time for nothing. */
const MAX_ALPHA_PIXELS = 16_000_000;

/** Transparency as the file stores it, one byte a pixel. @returns undefined where it has none, or keeps it inexactly */
export async function alphaPlane(bytes: Uint8Array): Promise<StoredPixels | undefined> {
  try {
    const format = sniffFormat(bytes);
    if (!KEEP_ALPHA.has(format)) return undefined;
    const sharp = await pictureLibrary();
    const picture = sharp(decodable(bytes, format), { limitInputPixels: MAX_ALPHA_PIXELS, pages: 1 });
    const { hasAlpha, depth } = await picture.metadata();
    if (!hasAlpha || depth !== 'uchar') return undefined;
    const { data, info } = await picture.extractChannel('alpha').raw().toBuffer({ resolveWithObject: true });
    return info.channels === 1 ? { data, width: info.width, height: info.height } : undefined;
  } catch {
    // The picture itself was decoded; what hides in it is no reason to refuse it.
    return undefined;
  }
}

import type { RawPicture } from '@touchstone/models';
import { type ForensicView, TouchstoneError } from '@touchstone/shared';
import type { Sharp } from 'sharp';
import { decodePicture } from '../decode/decode-picture.ts';
import { createPixelBudget } from '../decode/pixel-budget.ts';
import { releasePixels } from '../decode/release-pixels.ts';
import { readHeader } from '../intake/read-header.ts';
import { sniffFormat } from '../intake/sniff.ts';
import { colourChannels } from './colour-channels.ts';
import { errorLevel } from './error-level.ts';
import { histogram } from './histogram.ts';
import { jpegGhosts } from './jpeg-ghosts.ts';
import { type MagnifierPlace, magnifier } from './magnifier.ts';
import { noiseResidual } from './noise-residual.ts';
import { encodeView } from './open-picture.ts';

/**
 * Pixels of the pictures whose views are computed at the same time; a view holds the picture and up to two copies of it.
 * A larger picture is computed alone.
 */
const VIEW_BUDGET = 40_000_000;

const RENDERERS: Readonly<
  Record<ForensicView, (picture: RawPicture, place: MagnifierPlace) => Sharp | Promise<Sharp>>
> = {
  ela: errorLevel,
  noise: noiseResidual,
  ghosts: jpegGhosts,
  channels: colourChannels,
  histogram,
  magnifier,
};

export interface ViewRequest {
  readonly view: ForensicView;
  /** Encoded picture. */
  readonly bytes: Uint8Array;
  /** Only the magnifier reads it. */
  readonly place: MagnifierPlace;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Views for people who look closer, computed on request from the decoded picture, never part of a score.
 * @returns a function from a request to WebP bytes; it throws TouchstoneError `cancelled`, and as a check for a picture
 *   that cannot be decoded
 */
export function createViewRenderer(): (request: ViewRequest) => Promise<Uint8Array> {
  const budget = createPixelBudget(VIEW_BUDGET);
  return async ({ view, bytes, place, signal }) => {
    const stopIfCancelled = (): void => {
      if (signal?.aborted) throw new TouchstoneError('cancelled');
    };
    const header = await readHeader(bytes, sniffFormat(bytes));
    return budget.spend(header.width * header.height, async () => {
      stopIfCancelled();
      const picture = await decodePicture(bytes, header.format);
      try {
        stopIfCancelled();
        return await encodeView(await RENDERERS[view](picture, place));
      } finally {
        releasePixels(picture);
      }
    });
  };
}

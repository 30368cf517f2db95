import type { ForensicView } from '@touchstone/shared';
import type { MagnifierPlace, PictureDecoder } from '../decode/picture-decoder.ts';
import { createPixelBudget } from '../decode/pixel-budget.ts';
import { sniffFormat } from '../intake/sniff.ts';

/**
 * Pixels of the pictures whose views are computed at the same time; a view holds the picture and up to two copies of it.
 * A larger picture is computed alone.
 */
const VIEW_BUDGET = 40_000_000;

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
export function createViewRenderer(decoder: PictureDecoder): (request: ViewRequest) => Promise<Uint8Array> {
  const budget = createPixelBudget(VIEW_BUDGET);
  return async ({ view, bytes, place, signal }) => {
    const request = { bytes, format: sniffFormat(bytes), signal };
    const header = await decoder.readHeader(request);
    return budget.spend(header.width * header.height, () => decoder.expertView(request, view, place));
  };
}

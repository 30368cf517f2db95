import type { RawPicture } from '@touchstone/models/pixels';
import type { ForensicView } from '@touchstone/shared';
import type { Sharp } from 'sharp';
import type { MagnifierPlace } from '../decode/picture-decoder.ts';
import { colourChannels } from './colour-channels.ts';
import { errorLevel } from './error-level.ts';
import { histogram } from './histogram.ts';
import { jpegGhosts } from './jpeg-ghosts.ts';
import { magnifier } from './magnifier.ts';
import { noiseResidual } from './noise-residual.ts';
import { encodeView } from './open-picture.ts';

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

/** @returns WebP */
export async function renderExpertView(
  view: ForensicView,
  picture: RawPicture,
  place: MagnifierPlace,
): Promise<Uint8Array> {
  return encodeView(await RENDERERS[view](picture, place));
}

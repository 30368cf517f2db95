import type { RawPicture } from '@touchstone/models';
import type { Sharp } from 'sharp';
import type { MagnifierPlace } from '../decode/picture-decoder.ts';
import { openPixels } from './open-picture.ts';

/** Side of the magnified square, in pixels. */
const SIDE = 768;

/** A part of the picture enlarged without smoothing; at the edges the part is moved inside. */
export function magnifier(picture: RawPicture, { x, y, zoom }: MagnifierPlace): Sharp {
  const width = Math.min(picture.width, Math.max(1, Math.round(SIDE / zoom)));
  const height = Math.min(picture.height, Math.max(1, Math.round(SIDE / zoom)));
  const left = Math.max(0, Math.min(picture.width - width, Math.round(x * picture.width - width / 2)));
  const top = Math.max(0, Math.min(picture.height - height, Math.round(y * picture.height - height / 2)));
  return openPixels(picture)
    .extract({ left, top, width, height })
    .resize({ width: Math.round(width * zoom), height: Math.round(height * zoom), fit: 'fill', kernel: 'nearest' });
}

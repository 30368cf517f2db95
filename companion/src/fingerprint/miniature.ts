import { pictureLibrary, type RawPicture } from '@touchstone/models/pixels';
import { THUMBNAIL_PIXELS } from '@touchstone/shared';

/** Samples taken in each direction of the area that becomes one pixel. */
const SAMPLES = 3;
/** The sum of nine bytes times NINTH, without its NINTH_BITS last bits, is their mean rounded down: exactly so up to 9 x 255. */
const NINTH = 58_255;
const NINTH_BITS = 19;

/**
 * The picture at thumbnail size, made once from the decoded pixels: the thumbnail, the perceptual hash and the check
 * for flat graphics all start here. Never enlarges. Always memory of its own: the picture's is given back soon.
 * @param longerSide of the miniature, in pixels
 * Nine samples a pixel are averaged here: 1 ms for any picture, where handing a full-HD picture to libvips again costs 6.
 */
export function makeMiniature(picture: RawPicture, longerSide = THUMBNAIL_PIXELS): RawPicture {
  const factor = longerSide / Math.max(picture.width, picture.height);
  // Not `slice`: of a Buffer that is a view of the same memory.
  if (factor >= 1) return { ...picture, data: new Uint8Array(picture.data) };
  const width = Math.max(1, Math.round(picture.width * factor));
  const height = Math.max(1, Math.round(picture.height * factor));
  const columns = samplePoints(width, picture.width, 3);
  const rows = samplePoints(height, picture.height, picture.width * 3);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const sampled = { above: rows[y * 3] ?? 0, middle: rows[y * 3 + 1] ?? 0, below: rows[y * 3 + 2] ?? 0 };
    averageRows(picture.data, sampled, columns, data, y * width * 3);
  }
  return { data, width, height };
}

/**
 * One row of the miniature. The nine samples of a colour are added at once: row after row into sums takes twice the time.
 * @param rows the three that are sampled
 * @param at where the row begins in `target`
 */
function averageRows(
  source: Uint8Array,
  { above, middle, below }: { readonly above: number; readonly middle: number; readonly below: number },
  columns: Uint32Array,
  target: Uint8Array,
  at: number,
): void {
  for (let column = 0, to = at; column < columns.length; column += SAMPLES) {
    const left = columns[column] as number;
    const centre = columns[column + 1] as number;
    const right = columns[column + 2] as number;
    for (let colour = 0; colour < 3; colour++, to++) {
      const a = above + colour;
      const b = middle + colour;
      const c = below + colour;
      const sum =
        (source[a + left] as number) +
        (source[a + centre] as number) +
        (source[a + right] as number) +
        (source[b + left] as number) +
        (source[b + centre] as number) +
        (source[b + right] as number) +
        (source[c + left] as number) +
        (source[c + centre] as number) +
        (source[c + right] as number);
      target[to] = (sum * NINTH) >>> NINTH_BITS;
    }
  }
}

/** Offsets of the samples along one side: evenly spread, each in the middle of its share. */
function samplePoints(target: number, source: number, stride: number): Uint32Array {
  const count = target * SAMPLES;
  return Uint32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * source) / count) * stride);
}

/** WebP for the history page. Effort 0 costs 2 ms instead of 7 for a third more bytes. */
export async function encodeThumbnail({ data, width, height }: RawPicture): Promise<Buffer> {
  const sharp = await pictureLibrary();
  return sharp(data, { raw: { width, height, channels: 3 } })
    .webp({ quality: 72, effort: 0 })
    .toBuffer();
}

/**
 * Mean luminance of a `side` x `side` grid of cells.
 * @returns `side * side` bytes, row by row
 */
export function greyGrid({ data, width, height }: RawPicture, side: number): Uint8Array {
  // A picture smaller than the grid is sampled where its pixels lie, so that no cell stays empty.
  const [stepsX, stepsY] = [Math.max(width, side), Math.max(height, side)];
  const places = Uint32Array.from({ length: stepsX }, (_, step) => Math.floor((step * width) / stepsX) * 3);
  /** Where each column of cells begins, and the last one ends, in steps. */
  const begins = Uint32Array.from({ length: side + 1 }, (_, cell) => Math.ceil((cell * stepsX) / side));
  const sums = new Float64Array(side * side);
  const counts = new Uint32Array(side * side);
  for (let stepY = 0; stepY < stepsY; stepY++) {
    const row = Math.floor((stepY * height) / stepsY) * width * 3;
    const first = Math.floor((stepY * side) / stepsY) * side;
    for (let x = 0; x < side; x++) {
      const begin = begins[x] as number;
      const end = begins[x + 1] as number;
      sums[first + x] = addLuminance(data, row, places, begin, end, sums[first + x] as number);
      counts[first + x] = (counts[first + x] as number) + end - begin;
    }
  }
  return Uint8Array.from(sums, (sum, cell) => Math.round(sum / Math.max(1, counts[cell] ?? 1)));
}

/** Adds the luminance of some steps of one row to a sum, by the weights of Rec. 601, as JPEG uses them. */
function addLuminance(
  data: Uint8Array,
  row: number,
  places: Uint32Array,
  begin: number,
  end: number,
  sum: number,
): number {
  let total = sum;
  for (let step = begin; step < end; step++) {
    const at = row + (places[step] as number);
    total = total + 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
  }
  return total;
}

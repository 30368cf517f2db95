import type { RawPicture } from '../pixels/raw-picture.ts';
import { resampleArea } from './area-resample.ts';
import { type Box, shifted, squared, suppress } from './boxes.ts';
import type { FaceNetName, FaceNets } from './face-nets.ts';

/** Side of the window that the first network looks through, and the step between windows, in its pixels. */
const WINDOW = 12;
const STEP = 2;
/** Each level of the pyramid has this share of the side of the one before; as the networks were made (facenet-pytorch). */
const FACTOR = 0.709;
/** Scores that a candidate needs to pass the three networks; the same source. */
const PASS = { pnet: 0.6, rnet: 0.7, onet: 0.7 } as const;
/** Candidates looked at closely at most, best first: a picture full of faces must not take a second. */
const MAX_CANDIDATES = 128;

/**
 * Faces of a picture by a cascade of three networks (MTCNN: Zhang et al. 2016, as in facenet-pytorch): the first proposes
 * windows on a pyramid of sizes, the second and the third look closer.
 * @param picture small: the work grows with its pixels
 * @param minimumFace shorter side of the smallest face to find, in pixels, at least 12
 * @returns boxes in pixels of the picture, best first; they may reach over its edge
 */
export async function findFaces(nets: FaceNets, picture: RawPicture, minimumFace: number): Promise<Box[]> {
  const proposed = await propose(nets, picture, minimumFace);
  const refined = suppress(await look(nets, 'rnet', picture, proposed.map(squared)), 0.7).map(({ shift, ...box }) =>
    squared(shifted(box, shift, box.score, 1)),
  );
  const seen = (await look(nets, 'onet', picture, refined)).map(({ shift, ...box }) =>
    shifted(box, shift, box.score, 1),
  );
  return suppress(seen, 0.7, 'smaller', 1);
}

async function propose(nets: FaceNets, picture: RawPicture, minimumFace: number): Promise<Box[]> {
  const found: (Box & { readonly shift: Float32Array })[] = [];
  let scale = WINDOW / minimumFace;
  for (; Math.min(picture.width, picture.height) * scale >= WINDOW; scale *= FACTOR) {
    const width = Math.floor(picture.width * scale + 1);
    const height = Math.floor(picture.height * scale + 1);
    const pixels = new Float32Array(3 * width * height);
    resampleArea(
      picture,
      { left: 0, top: 0, right: picture.width, bottom: picture.height },
      { width, height },
      pixels,
      0,
    );
    const { score, box, dims } = await nets.run('pnet', pixels, 1, height, width);
    const columns = dims[3] ?? 0;
    const plane = (dims[2] ?? 0) * columns;
    const level: (Box & { readonly shift: Float32Array })[] = [];
    for (let cell = 0; cell < plane; cell++) {
      // The second plane is the face, the first is everything else.
      const sure = score[plane + cell] ?? 0;
      if (sure < PASS.pnet) continue;
      const [x, y] = [STEP * (cell % columns), STEP * Math.floor(cell / columns)];
      level.push({
        left: Math.floor((x + 1) / scale),
        top: Math.floor((y + 1) / scale),
        right: Math.floor((x + WINDOW) / scale),
        bottom: Math.floor((y + WINDOW) / scale),
        score: sure,
        shift: Float32Array.of(...[0, 1, 2, 3].map((i) => box[i * plane + cell] ?? 0)),
      });
    }
    found.push(...suppress(level, 0.5));
  }
  return suppress(found, 0.7)
    .slice(0, MAX_CANDIDATES)
    .map(({ shift, ...box }) => shifted(box, shift, box.score, 0));
}

const SIDES = { rnet: 24, onet: 48 } as const;

/** Cuts the boxes out and lets a network look at them; those that pass come back with its score and correction. */
async function look(
  nets: FaceNets,
  name: Exclude<FaceNetName, 'pnet'>,
  picture: RawPicture,
  boxes: readonly Box[],
): Promise<(Box & { readonly shift: Float32Array })[]> {
  const side = SIDES[name];
  const size = 3 * side * side;
  const inside = boxes.flatMap((box) => {
    const area = cropOf(box, picture);
    return area.right > area.left && area.bottom > area.top ? [{ box, area }] : [];
  });
  if (inside.length === 0) return [];
  const pixels = new Float32Array(inside.length * size);
  for (const [i, { area }] of inside.entries()) {
    resampleArea(picture, area, { width: side, height: side }, pixels, i * size);
  }
  const { score, box: shifts } = await nets.run(name, pixels, inside.length, side, side);
  return inside.flatMap(({ box }, i) => {
    const sure = score[2 * i + 1] ?? 0;
    return sure > PASS[name] ? [{ ...box, score: sure, shift: shifts.slice(4 * i, 4 * i + 4) }] : [];
  });
}

/** Whole pixels of a box inside the picture; corners count from 1, as in the code the networks come from. */
function cropOf({ left, top, right, bottom }: Box, { width, height }: RawPicture) {
  return {
    left: Math.max(1, Math.trunc(left)) - 1,
    top: Math.max(1, Math.trunc(top)) - 1,
    right: Math.min(width, Math.trunc(right)),
    bottom: Math.min(height, Math.trunc(bottom)),
  };
}

import sharp from 'sharp';

/** Sides in pixels; the two smallest come from a drawing made for them. */
const SIDES = [16, 32, 48, 96, 128];
const SMALL_UP_TO = 32;
/** Drawn larger and scaled down, so that edges are smooth. */
const DENSITY = 1200;

const here = (path) => new URL(path, import.meta.url).pathname;

for (const side of SIDES) {
  const source = side <= SMALL_UP_TO ? 'touchstone-small.svg' : 'touchstone.svg';
  await sharp(here(source), { density: DENSITY })
    .resize(side, side)
    .png({ compressionLevel: 9, palette: false })
    .toFile(here(`../public/icon/${side}.png`));
}

/**
 * Makes the demo set of the Teach page: `companion/assets/demo`.
 *
 * usage: npm run demo:make -- PHOTOGRAPHS
 *
 * PHOTOGRAPHS is a folder with the files that `crops.ts` names, as their packages ship them (assets/demo/NOTICE.md says which). Renderings
 * are computed by `scenes.ts`, the same every time.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { PHOTOGRAPHS } from './crops.ts';
import { render } from './render.ts';
import { SCENES } from './scenes.ts';

const OUT = fileURLToPath(new URL('../assets/demo', import.meta.url));
/** Side of every picture, in pixels: at least what the packs that ship were measured from. */
const SIDE = 200;
const PICTURES_A_SCENE = 6;
/** Both classes are written alike, so that the file tells nothing. */
const QUALITY = 88;

const write = async (picture: Sharp, path: string): Promise<void> =>
  writeFile(path, await picture.removeAlpha().toColourspace('srgb').jpeg({ quality: QUALITY }).toBuffer());

const [photographs] = process.argv.slice(2);
if (!photographs) throw new Error('Give the folder of the photographs.');
for (const part of ['photographs', 'renderings']) await rm(join(OUT, part), { recursive: true, force: true });

for (const { name, file, width, crops } of PHOTOGRAPHS) {
  const folder = join(OUT, 'photographs', name);
  await mkdir(folder, { recursive: true });
  const source = sharp(join(photographs, file));
  const whole = await (width ? source.resize({ width, kernel: 'lanczos3' }) : source).png().toBuffer();
  for (const [index, [left, top]] of crops.entries()) {
    await write(sharp(whole).extract({ left, top, width: SIDE, height: SIDE }), join(folder, `${index}.jpg`));
  }
}
for (const [name, scene] of Object.entries(SCENES)) {
  const folder = join(OUT, 'renderings', name);
  await mkdir(folder, { recursive: true });
  for (let seed = 0; seed < PICTURES_A_SCENE; seed += 1) {
    const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
    await write(sharp(render(scene, seed, SIDE), { raw }), join(folder, `${seed}.jpg`));
  }
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawPicture } from '../pixels/raw-picture.ts';
import { type FaceNets, openFaceNets } from './face-nets.ts';
import { findFaces } from './find-faces.ts';

const folder = fileURLToPath(new URL('../../faces', import.meta.url));
const sample = (name: string): string =>
  fileURLToPath(new URL(`../../../companion/assets/samples/${name}`, import.meta.url));
let nets: FaceNets;

beforeAll(async () => {
  nets = await openFaceNets(folder);
});
afterAll(() => nets.release());

async function read(name: string, side?: number): Promise<RawPicture> {
  const picture = sharp(sample(name)).removeAlpha().toColourspace('srgb');
  if (side) picture.resize(side, side, { fit: 'inside' });
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

describe('faces', () => {
  it('are where the package finds them that the networks come from', async () => {
    const golden = JSON.parse(await readFile(`${folder}/golden.json`, 'utf8')) as {
      minimumFace: number;
      faces: number[][];
    };
    const found = await findFaces(nets, await read('astronaut.png'), golden.minimumFace);
    expect(found.length).toBe(golden.faces.length);
    for (const [i, { left, top, right, bottom, score }] of found.entries()) {
      for (const [j, value] of [left, top, right, bottom].entries()) {
        expect(value).toBeCloseTo(golden.faces[i]?.[j] ?? Number.NaN, 1);
      }
      expect(score).toBeCloseTo(golden.faces[i]?.[4] ?? Number.NaN, 3);
    }
  });
  it.each(['coffee.png', 'rocket.jpg', 'chelsea.png'])('are not found in %s', async (name) => {
    expect(await findFaces(nets, await read(name, 320), 24)).toEqual([]);
  });
  it('are not found in noise, in black or in a picture smaller than a face', async () => {
    const noise = Uint8Array.from({ length: 320 * 180 * 3 }, (_, i) => (i * 7919 * ((i >> 7) + 1)) & 255);
    expect(await findFaces(nets, { data: noise, width: 320, height: 180 }, 24)).toEqual([]);
    const black = new Uint8Array(320 * 180 * 3);
    expect(await findFaces(nets, { data: black, width: 320, height: 180 }, 24)).toEqual([]);
    expect(await findFaces(nets, { data: black, width: 20, height: 20 }, 24)).toEqual([]);
  });
});

it('a folder with other files is refused', async () => {
  await expect(openFaceNets(fileURLToPath(new URL('.', import.meta.url)))).rejects.toMatchObject({
    code: 'pack-invalid',
  });
});

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type PackInput, readPack } from '@touchstone/models';
import pino from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { createPictureDecoder } from './create-picture-decoder.ts';
import { pictureInHand } from './picture-in-hand.ts';

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bytes = await readFile(fileOf('../../assets/samples/astronaut.png'));
const { input } = (await readPack(fileOf('../../../models/packs/quick'))).manifest;
const [small, large] = input.views;
/** Takes one of the quick pack's views, as the shipped thorough one does. */
const alike: PackInput = { ...input, name: 'other', range: [0, 255], views: large ? [large] : [] };

it('parts of a picture in another process are those of the picture at hand, to the bit', async () => {
  const decoder = createPictureDecoder(pino({ level: 'silent' }));
  onTestFinished(() => decoder.close());
  const there = await decoder.open({ bytes, format: 'png' }, input);
  const { data, width, height } = await there.pixels();
  const here = pictureInHand({ data: new Uint8Array(data), width, height });
  for (const side of [320, 200, 9000]) expect(await there.miniature(side)).toEqual(await here.miniature(side));
  for (const area of [
    { left: 100, top: 20, right: 380, bottom: 300 },
    { left: -40, top: -7, right: 90, bottom: 123 },
    { left: 400, top: 450, right: 700, bottom: 750 },
  ]) {
    expect(await there.viewsOfPart(area, input)).toEqual(await here.viewsOfPart(area, input));
  }
  for (const side of [224, 400]) expect(await there.nativeLook(side)).toEqual(await here.nativeLook(side));
  expect(await there.views(alike)).toEqual(await here.views(alike));
  expect(await there.views({ ...alike, views: small ? [small] : [] })).not.toEqual(await there.views(alike));
  there.release();
});

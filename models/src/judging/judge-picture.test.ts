import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { findInCatalogue } from '../install/catalogue.ts';
import { readPack } from '../pack/pack-folder.ts';
import { PackInput } from '../pack/pack-schema.ts';
import { calibrate } from './calibration.ts';
import { judgePicture, type Look, viewsOf } from './judge-picture.ts';

const { manifest: quick } = await readPack(fileURLToPath(new URL('../../packs/quick', import.meta.url)));

const withSecond = {
  ...quick,
  input: {
    ...quick.input,
    views: quick.input.views.slice(0, 1),
    second: { view: { kind: 'native-crop', crop: 'five' }, from: 0.25, to: 0.85, minimumSide: 384 },
  },
} as const;

const picture = (width: number, height: number) => ({ data: new Uint8Array(width * height * 3), width, height });

/** Answers the views in turn with these logits, and notes how many views it was shown. */
function answering(logits: readonly number[]) {
  const shown: number[] = [];
  const judge = async (look: Look) => {
    const { count } = await look.views();
    const logit = logits[shown.length] ?? Number.NaN;
    shown.push(count);
    const probability = calibrate(logit, quick.calibration);
    return { logit, probability, embeddings: new Float32Array(0), patches: undefined };
  };
  return { judge, shown };
}

/** A pack that looks at native pixels, and a picture of which the file still holds so much detail. */
const withNative = {
  ...quick,
  input: { ...quick.input, views: quick.input.views.slice(0, 1) },
  output: {
    ...quick.output,
    native: {
      head: { file: 'native.json', sha256: '0'.repeat(64), bytes: 1, version: '1.0.0' },
      minimumSide: 640,
      from: 0.05,
      detail: { fine: 0.1, high: 0.01 },
      share: 0.5,
      scale: 0.8,
      bias: -0.1,
      meaning: 'a test',
      golden: 0,
    },
  },
} as const;

function holding(fine: number, high: number, side = 700) {
  const source = viewsOf(picture(side, side));
  return { ...source, nativeLook: async () => ({ fine, high, views: { data: new Uint8Array(3), count: 1 } }) };
}

/** Answers the whole with `first`, and the crop with `native`. */
function lookingTwice(first: number, native: number | undefined) {
  const looks: boolean[] = [];
  const judge = async (look: Look) => {
    looks.push(look.common);
    const logit = looks.length === 1 ? first : Number.NaN;
    const probability = calibrate(first, quick.calibration);
    return { logit, probability, embeddings: new Float32Array(0), patches: undefined, native };
  };
  return { judge, looks };
}

describe('the look at native pixels', () => {
  it('is taken where the file still holds their detail, and weighs its share', async () => {
    const { judge, looks } = lookingTwice(1, 3);
    const answer = await judgePicture(holding(0.3, 0.2), withNative, judge);
    expect(looks).toEqual([true, false]);
    expect(answer.logit).toBeCloseTo(0.8 * (1 + 0.5 * 3) - 0.1);
    expect(answer.firstLogit).toBe(1);
    expect(answer.probability).toBe(calibrate(answer.logit, quick.calibration));
  });

  it.each([
    ['coarse steps of an encoder', 0.1, 0.2, 700],
    ['an enlarged picture', 0.3, 0.01, 700],
    ['a small picture', 0.3, 0.2, 639],
  ])('is not taken of %s', async (_, fine, high, side) => {
    const { judge, looks } = lookingTwice(1, 3);
    const answer = await judgePicture(holding(fine, high, side), withNative, judge);
    expect(answer.logit).toBe(1);
    expect(answer.firstLogit).toBeUndefined();
    expect(looks).toEqual([true]);
  });

  it('is not taken where the first answer is clearly authentic', async () => {
    const { judge, looks } = lookingTwice(-9, 3);
    expect((await judgePicture(holding(0.3, 0.2), withNative, judge)).logit).toBe(-9);
    expect(looks).toEqual([true]);
  });

  it('is not taken of a picture that was decoded smaller, and its silence changes nothing', async () => {
    const halved = { ...viewsOf(picture(700, 700)), nativeLook: async () => undefined };
    expect((await judgePicture(halved, withNative, lookingTwice(1, 3).judge)).logit).toBe(1);
    expect((await judgePicture(holding(0.3, 0.2), withNative, lookingTwice(1, undefined).judge)).logit).toBe(1);
  });
});

describe('the second look', () => {
  it('is taken where the first answer is not clear, and the logits are averaged before calibration', async () => {
    const { judge, shown } = answering([0, 3]);
    const answer = await judgePicture(viewsOf(picture(500, 400)), withSecond, judge);
    expect(shown).toEqual([1, 5]);
    expect(answer.logit).toBe(1.5);
    expect(answer.probability).toBe(calibrate(1.5, quick.calibration));
  });

  it.each([
    ['a clear answer', [8], 500, 400],
    ['a clear answer on the other side', [-8], 500, 400],
    ['a small picture', [0], 500, 383],
  ] as const)('is not taken for %s', async (_, logits, width, height) => {
    const { judge, shown } = answering(logits);
    expect((await judgePicture(viewsOf(picture(width, height)), withSecond, judge)).logit).toBe(logits[0]);
    expect(shown).toEqual([1]);
  });

  it('is not taken by packs that know none', async () => {
    const { judge, shown } = answering([0]);
    await judgePicture(viewsOf(picture(500, 400)), quick, judge);
    expect(shown).toEqual([2]);
  });

  it('is part of the catalogue’s description of Sieve', () => {
    const input = findInCatalogue('sieve')?.manifest.input;
    expect(v.parse(v.pick(PackInput, ['second']), input).second).toEqual({
      view: { kind: 'native-crop', crop: 'center' },
      from: 0.25,
      to: 0.85,
      minimumSide: 384,
    });
  });
});

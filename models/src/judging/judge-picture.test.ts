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

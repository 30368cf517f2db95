import type { RawPicture } from '@touchstone/models';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpegHeader } from '../../containers/jpeg-segments.ts';
import { encodingFacts, resaveFact } from './encoding-facts.ts';
import { quantisationTables, standardQuality, standardTable } from './jpeg-tables.ts';

/** Soft structures and fine grain, as photographs have. */
function photograph(side = 512): Buffer {
  const data = Buffer.alloc(side * side * 3);
  let state = 7;
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const soft = 118 + 50 * Math.sin(x / 9 + y / 31) + 34 * Math.cos((x * y) / 900);
      for (let channel = 0; channel < 3; channel++, at++) data[at] = Math.max(8, Math.min(247, soft + (state >>> 27)));
    }
  }
  return data;
}
const pixels = photograph();
const original = () => sharp(pixels, { raw: { width: 512, height: 512, channels: 3 } });
const saved = (quality: number) => original().jpeg({ quality }).toBuffer();
async function decoded(jpeg: Buffer): Promise<RawPicture> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
const factOf = (facts: readonly { name: string; value: string }[], name: string) =>
  facts.find((fact) => fact.name === name)?.value;

describe('tables of a JPEG', () => {
  it.each([30, 50, 75, 92, 100])('are the standard ones at quality %d', async (quality) => {
    const jpeg = await original().jpeg({ quality }).toBuffer();
    expect(factOf(encodingFacts(jpeg), 'Quantisation tables')).toBe(`standard, quality ${quality}`);
  });
  it('are told apart from a program’s own', async () => {
    const jpeg = await original().jpeg({ quality: 80, quantisationTable: 3 }).toBuffer();
    expect(factOf(encodingFacts(jpeg), 'Quantisation tables')).toMatch(/^own tables/);
    expect(factOf(encodingFacts(jpeg), 'Fingerprint of the tables')).toMatch(/^[0-9a-f]{12}$/);
  });
  it('come with sampling and order', async () => {
    const facts = encodingFacts(await original().jpeg({ chromaSubsampling: '4:4:4', progressive: true }).toBuffer());
    expect(factOf(facts, 'Chroma sampling')).toBe('4:4:4');
    expect(factOf(facts, 'Order')).toBe('progressive');
    expect(factOf(encodingFacts(await saved(80)), 'Chroma sampling')).toBe('4:2:0');
  });
  it('are read as they are written', async () => {
    const tables = quantisationTables(jpegHeader(await saved(75)).segments);
    expect(tables).toEqual([standardTable('luminance', 75), standardTable('chrominance', 75)]);
    expect(standardQuality(tables)).toBe(75);
    expect(standardQuality([])).toBeUndefined();
  });
  it('are absent from what is no JPEG', () => {
    expect(encodingFacts(Buffer.from('not a picture'))).toEqual([]);
  });
});

describe('an earlier save', () => {
  it.each([
    [60, 85],
    [75, 92],
  ])('at quality %d is found under one at %d', async (earlier, later) => {
    const jpeg = await sharp(await saved(earlier))
      .jpeg({ quality: later })
      .toBuffer();
    const [fact] = resaveFact(jpeg, await decoded(jpeg));
    expect(fact?.value).toMatch(/^at least twice; before at about quality \d+$/);
    expect(Math.abs(Number(fact?.value.split(' ').at(-1)) - earlier)).toBeLessThanOrEqual(3);
  });
  it.each([60, 75, 92])('is not made up for a file saved once at %d', async (quality) => {
    const jpeg = await saved(quality);
    expect(resaveFact(jpeg, await decoded(jpeg))).toEqual([]);
  });
  it('needs a picture with content', async () => {
    const flat = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } })
      .jpeg()
      .toBuffer();
    expect(resaveFact(flat, await decoded(flat))).toEqual([]);
  });
});

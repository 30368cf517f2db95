import { foreignText } from '@touchstone/shared/words';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { packedText, withChunks } from '../fixtures/png-chunks.ts';
import { isComfyGraph } from './comfy-graph.ts';
import { decodeComment } from './exif-text.ts';
import { readMetadata } from './read-metadata.ts';
import { readXmpFields } from './xmp-fields.ts';

const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#468' } })
  .png()
  .toBuffer();

function found(keyword: string, text: string): (string | number | boolean | null | undefined)[] {
  const bytes = withChunks(png, packedText(keyword, text));
  const { evidence } = readMetadata(bytes, {
    format: 'png',
    width: 8,
    height: 8,
    frames: 1,
    exif: undefined,
    xmp: undefined,
  });
  return evidence.map(({ details }) => details.generator);
}

/** Packed, these take a few kB of a file. Where reading is quadratic, a test takes an hour. */
const LONG = 3_000_000;

describe('text made to cost time', () => {
  it.each([
    ['a command of quotation marks', 'Dream', '" '.repeat(LONG / 2)],
    ['a sampler without an end', 'prompt', `{3: {class_type: ${'sampler'.repeat(LONG / 7)}!`],
    ['an empty latent without an end', 'workflow', `{3: {class_type: Empty${'Latent'.repeat(LONG / 6)}!`],
    ['a profile of blanks', 'Raw profile type exif', ' \n'.repeat(LONG / 2)],
  ])('%s', (_, keyword, text) => {
    expect(found(keyword, text)).toEqual([]);
  });

  it('zeros before a letter, and after the text', () => {
    const zeros = '\0'.repeat(1_000_000);
    expect(decodeComment(Buffer.from(`ASCII\0\0\0${zeros}x${zeros}`))).toBe(`${zeros}x`);
  });

  it('graphs inside graphs', () => {
    const nested = (levels: number, inside: string) => `${'{"prompt":'.repeat(levels)}${inside}${'}'.repeat(levels)}`;
    expect(isComfyGraph(nested(150_000, '{}'))).toBe(false);
    expect(isComfyGraph(nested(1, '{"3":{"class_type":"KSampler"}}'))).toBe(true);
  });
});

describe('XMP made to cost time', () => {
  const get = (inside: string) =>
    readXmpFields(Buffer.from(`${inside}<rdf:RDF><rdf:Description xmp:CreatorTool="Canon &lol9;"/></rdf:RDF>`)).get(
      'CreatorTool',
    );
  it.each([
    [
      'an entity of entities',
      `<!DOCTYPE x [<!ENTITY lol "ha">${Array.from({ length: 9 }, (_, index) => `<!ENTITY lol${index + 1} "${`&lol${index || ''};`.repeat(10)}">`).join('')}]>`,
    ],
    ['entities without end', `<!doctype x [${'<!ENTITY e "x">'.repeat(60_000)}]>`],
    ['a quarter of a million tags', '<a/>'.repeat(250_000)],
    ['levels of names that are no Latin', '<é>'.repeat(100) + '</é>'.repeat(100)],
    ['levels of names that are no letters', '<_>'.repeat(100) + '</_>'.repeat(100)],
  ])('is not parsed: %s', (_, inside) => {
    expect(get(inside)).toBeUndefined();
  });
  it('is read with the long lists that editors drag along', () => {
    expect(get('<rdf:li>uuid:0123456789abcdef</rdf:li>'.repeat(15_000))).toBe('Canon &lol9;');
  });
});

it('names are shown without what turns or cannot be seen', () => {
  const text = 'Ca\u200bn\u00adon\u202e\u2066 \u{e0041}R\u31645\ufeff\u0000';
  expect(foreignText(text, { most: 80 })).toBe('Ca n on R 5');
  expect(foreignText('\u3164\u2800\u200b', { most: 80 })).toBe('');
});

describe('the same places, written by generators', () => {
  it.each([
    ['InvokeAI', 'Dream', '"a cat, "quoted" too" -s50 -S42 -W512 -H512 -C7.5 -Ak_lms'],
    ['ComfyUI', 'prompt', '{3: {class_type: KSampler, inputs: {seed: 1}}}'],
    ['ComfyUI', 'prompt', '{5: {class_type: EmptySD3LatentImage, inputs: {width: 1}}}'],
  ])('%s', (generator, keyword, text) => {
    expect(found(keyword, text)).toEqual([generator]);
  });
  it('options without a prompt say nothing', () => {
    expect(found('Dream', '-s50 -S42 -C7.5')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { isAnimatedWebp, pictureKind } from './picture-kind.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const bitmap = `BM${'\0'.repeat(12)}\x28${'\0'.repeat(20)}`;

describe('pictureKind', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF89a', 'gif'],
    ['RIFF\0\0\0\0WEBP', 'webp'],
    ['\0\0\0\x1cftypavif', 'avif'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1avif', 'avif'],
    ['\0\0\0\x1cftypheic', 'heic'],
    ['  <svg xmlns="x">', 'svg'],
    ['<?xml version="1.0"?><!-- drawn --><svg width="1"/>', 'svg'],
    ['II*\0', 'tiff'],
    ['MM\0+', 'bigtiff'],
    ['\xff\x0a', 'jxl'],
    ['\0\0\x01\0', 'ico'],
    [bitmap, 'bmp'],
  ])('knows %j as %s', (text, kind) => expect(pictureKind(bytes(text))).toBe(kind));

  it.each([
    '<!doctype html><p>no hot-linking',
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    '',
    'BM is how this plain text happens to begin',
    'GIF8',
    'RIFF\0\0\0\0AVI ',
    '\0\0\0\x1cftypisom',
    '{"error":1}',
  ])('knows that %j is no picture', (text) => expect(pictureKind(bytes(text))).toBeUndefined());
});

it('knows a WebP that says that it moves', () => {
  const webp = (flags: number) => bytes(`RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0${String.fromCharCode(flags)}\0\0\0`);
  expect([isAnimatedWebp(webp(0x12)), isAnimatedWebp(webp(0x10)), isAnimatedWebp(bytes('GIF89a'))]).toEqual([
    true,
    false,
    false,
  ]);
});

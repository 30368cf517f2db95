import { expect, it } from 'vitest';
import { mayMove } from './moving-picture.ts';

const webp = (flags: number) => `RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0${String.fromCharCode(flags)}\0\0\0`;

it.each([
  ['GIF89a', true],
  ['\0\0\0 ftypavis', true],
  ['\0\0\0 ftypavif', false],
  [webp(0x12), true],
  [webp(0x10), false],
  ['RIFF\0\0\0\0WEBPVP8 \0\0\0\0\xff\xff', false],
  ['\x89PNG\r\n\x1a\n', false],
  ['', false],
])('%j may move: %s', async (head, expected) => {
  const bytes = Uint8Array.from(head, (letter) => letter.charCodeAt(0));
  expect(await mayMove(new Blob([bytes]))).toBe(expected);
});

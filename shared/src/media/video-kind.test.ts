import { expect, it } from 'vitest';
import { isForeignVideo, isVideo } from './video-kind.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

it.each([
  ['\0\0\0 ftypisom\0\0\x02\0', true],
  ['\0\0\0\x14ftypqt  ', true],
  ['\0\0\0\x08wide\0\0\0\0mdat', true],
  ['\x1a\x45\xdf\xa3\x01\0\0\0', true],
  ['\0\0\0 ftypavis\0\0\0\0', true],
  ['\0\0\0 ftypavif\0\0\0\0', false],
  ['\0\0\0 ftypheic\0\0\0\0', false],
  ['\0\0\0 ftypM4A \0\0\0\0', false],
  ['\0\0\0 ftypcrx \0\0\0\0', false],
  ['\x89PNG\r\n\x1a\n', false],
  ['GIF89a', false],
  ['', false],
  ['\0\0\0', false],
])('%j is a video: %s', (head, expected) => {
  expect(isVideo(bytes(head))).toBe(expected);
});

const packets = (step: number, first: number): string => '\0'.repeat(first) + `G${'\0'.repeat(step - 1)}`.repeat(3);

it.each([
  ['RIFF\x20\0\0\0AVI LIST', true],
  ['\0\0\x01\xba', true],
  ['FLV\x01\x05', true],
  ['OggS', true],
  [packets(188, 0), true],
  [packets(192, 4), true],
  ['RIFF\x20\0\0\0WAVEfmt ', false],
  ['G is a letter, not a packet', false],
  ['', false],
])('%j is a video of a container that is not read: %s', (head, expected) => {
  expect(isForeignVideo(bytes(head))).toBe(expected);
});

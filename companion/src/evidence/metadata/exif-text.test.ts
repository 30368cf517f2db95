import { describe, expect, it } from 'vitest';
import { decodeComment } from './exif-text.ts';

const code = Buffer.from('UNICODE\0');
const little = (text: string): Buffer => Buffer.concat([code, Buffer.from(text, 'utf16le')]);
const big = (text: string): Buffer => Buffer.concat([code, Buffer.from(text, 'utf16le').swap16()]);

const SETTINGS = '\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42';
const TEXTS = [
  '一只戴着帽子的猫坐在海边的岩石上看着远方的灯塔'.repeat(40) + SETTINGS,
  '帽子をかぶった猫が海辺の岩の上に座って遠くの灯台を見ている'.repeat(40) + SETTINGS,
  '모자를 쓴 고양이가 바닷가 바위에 앉아 있다'.repeat(40) + SETTINGS,
  'кошка в шляпе сидит на скале у моря'.repeat(40) + SETTINGS,
  'قطة ترتدي قبعة تجلس على صخرة'.repeat(40) + SETTINGS,
  '日',
  `a cat${SETTINGS}`,
  '猫 🐈 in the rain',
];

describe.each(TEXTS)('a comment behind "UNICODE": %.12s', (text) => {
  it('is read in either byte order, without a mark', () => {
    expect(decodeComment(little(text))).toBe(text);
    if (text.length > 1) expect(decodeComment(big(text))).toBe(text);
  });
  it('follows its mark, whatever it looks like', () => {
    expect(decodeComment(little(`\ufeff${text}`))).toBe(text);
    expect(decodeComment(big(`\ufeff${text}`))).toBe(text);
  });
  it('is read as UTF-8, as programs that follow Exif 3.0 write it', () => {
    expect(decodeComment(Buffer.concat([code, Buffer.from(`${text}\0`)]))).toBe(text);
  });
});

it('UTF-8 behind no code, or the code of ASCII, is read as such', () => {
  const text = `猫${SETTINGS}`;
  expect(decodeComment(Buffer.from(text))).toBe(text);
  expect(decodeComment(Buffer.concat([Buffer.from('ASCII\0\0\0'), Buffer.from(text)]))).toBe(text);
});

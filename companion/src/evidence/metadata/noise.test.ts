import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffFormat } from '../../intake/sniff.ts';
import { readHeader } from '../../picture-decoder/process/read-header.ts';
import { fuse } from '../../verdict/fuse.ts';
import { chunk, damaged, packedText, segment, textChunk, withChunks, withSegments } from '../fixtures/png-chunks.ts';
import { A1111, COMFY, declaredSource } from '../fixtures/settings.ts';
import { readMetadata } from './read-metadata.ts';

/** What an attacker would like to have read: settings, declarations, labels, names. */
const PAYLOADS = [
  `parameters\0${A1111}`,
  COMFY,
  declaredSource('trainedAlgorithmicMedia'),
  '{"AIGC":{"Label":"1","ContentProducer":"x","ProduceID":"y"}}',
  'Made with OpenAI Labs',
  'jumbf c2pa trainedAlgorithmicMedia',
] as const;

const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } });
const withCamera = picture.clone().withExif({ IFD0: { Make: 'Canon', Model: 'Canon EOS R5' } });
const png = await picture.clone().png().toBuffer();
const jpeg = await withCamera.clone().jpeg().toBuffer();
const webp = await withCamera.clone().webp().toBuffer();
const others = await Promise.all(
  (['avif', 'gif', 'tiff'] as const).map((format) => picture.clone().toFormat(format).toBuffer()),
);
const fakeThumbnail = withSegments(
  await picture.clone().jpeg().toBuffer(),
  segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${declaredSource('trainedAlgorithmicMedia')}`)),
);

const originals: readonly (readonly [string, Buffer])[] = [
  ['JPEG', jpeg],
  ['PNG', png],
  ['WebP', webp],
  ...others.map((bytes, index) => [['AVIF', 'GIF', 'TIFF'][index] ?? '', bytes] as const),
  ['PNG of a generator', withChunks(png, textChunk('parameters', A1111))],
];

const payload = fc.constantFrom(...PAYLOADS).map((text) => Buffer.from(text));
const junk = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));
type Noise = (bytes: Buffer) => Buffer;
const isPng = (bytes: Buffer): boolean => bytes[0] === 0x89;
const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff;

/** Ways to put bytes into or behind a file that its format does not read as metadata. */
const noises: fc.Arbitrary<Noise> = fc.oneof(
  fc.tuple(payload, junk).map(
    ([text, more]): Noise =>
      (bytes) =>
        Buffer.concat([bytes, more, text]),
  ),
  payload.map(
    (text): Noise =>
      (bytes) =>
        Buffer.concat([bytes, textChunk('parameters', text.toString('latin1'))]),
  ),
  payload.map((): Noise => (bytes) => Buffer.concat([bytes, fakeThumbnail])),
  payload.map(
    (text): Noise =>
      (bytes) =>
        isPng(bytes) ? withChunks(bytes, damaged(textChunk('prompt', text.toString('latin1')))) : bytes,
  ),
  payload.map(
    (text): Noise =>
      (bytes) =>
        isPng(bytes) ? withChunks(bytes, damaged(packedText('workflow', text.toString('latin1')))) : bytes,
  ),
  payload.map(
    (text): Noise =>
      (bytes) =>
        isPng(bytes) ? withChunks(bytes, chunk('teSt', text)) : bytes,
  ),
  payload.map(
    (text): Noise =>
      (bytes) =>
        isPng(bytes) ? withChunks(bytes, textChunk('Comment', `see ${text.length}`)) : bytes,
  ),
  payload.map(
    (text): Noise =>
      (bytes) =>
        isJpeg(bytes) ? withSegments(bytes, segment(0xef, text)) : bytes,
  ),
  payload.map(
    (text): Noise =>
      (bytes) =>
        isJpeg(bytes) ? withSegments(bytes, segment(0xfe, Buffer.from(`caption: ${text.length}`))) : bytes,
  ),
  payload.map(
    (text): Noise =>
      (bytes) =>
        isJpeg(bytes) ? withSegments(bytes, segment(0xfe, text)) : bytes,
  ),
  // Where other containers keep their metadata, behind the end of this one.
  payload.map(
    (text): Noise =>
      (bytes) => {
        const [length, uuid] = [Buffer.alloc(4), Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex')];
        length.writeUInt32BE(24 + text.length);
        const box = Buffer.concat([length, Buffer.from('uuid'), uuid, text]);
        return Buffer.concat([bytes, box, Buffer.from('\x21\xff\x0bXMP DataXMP', 'latin1'), text, Buffer.alloc(2)]);
      },
  ),
  // A second picture in an application segment, as previews are.
  fc.constant<Noise>((bytes) =>
    isJpeg(bytes) ? withSegments(bytes, segment(0xe2, Buffer.concat([Buffer.from('MPF\0'), fakeThumbnail]))) : bytes,
  ),
);

const thresholds = { fakeAbove: 0.85, realBelow: 0.3 };
async function verdictOf(bytes: Buffer, probability: number) {
  const found = readMetadata(bytes, await readHeader(bytes, sniffFormat(bytes)));
  return fuse(found.evidence, probability, 'quick', thresholds, {
    path: 'original-bytes',
    kind: 'image',
    shorterSide: 1080,
    minimumSide: 200,
    frames: 1,
    flatness: 0,
    jpegQuality: 90,
    quickOnly: false,
    disagree: false,
    fileCaveats: found.caveats,
  });
}

describe('noise that is no metadata', () => {
  it.each(originals)('moves no verdict of a %s', async (_, original) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(noises, { minLength: 1, maxLength: 4 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        async (list, probability) => {
          const noisy = list.reduce((bytes, noise) => noise(bytes), original);
          const [before, after] = [await verdictOf(original, probability), await verdictOf(noisy, probability)];
          expect(after).toMatchObject({
            value: before.value,
            probability: before.probability,
            confidence: before.confidence,
            reasons: before.reasons,
          });
        },
      ),
      { numRuns: 60, seed: 20_240_503 },
    );
  });

  it('says that something was skipped when a chunk is damaged, and reads the rest', async () => {
    const bytes = withChunks(png, damaged(textChunk('prompt', COMFY)), textChunk('parameters', A1111));
    const { value, caveats } = await verdictOf(bytes, 0.5);
    expect(value).toBe('fake');
    expect(caveats.map(({ code }) => code)).toEqual(['metadata-skipped']);
  });
});

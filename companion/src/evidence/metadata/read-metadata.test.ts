import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffFormat } from '../../intake/sniff.ts';
import { readHeader } from '../../picture-decoder/process/read-header.ts';
import {
  internationalText,
  packedText,
  withChunks as pngWithChunks,
  segment,
  textChunk,
  withSegments,
} from '../fixtures/png-chunks.ts';
import { A1111, COMFY, declaredSource, sourceTypeTerm, xmpPacket } from '../fixtures/settings.ts';
import { cameraName } from './camera.ts';
import { readFields } from './file-fields.ts';
import { NO_BLOCKS } from './metadata-block.ts';
import { pngBlocks } from './png-blocks.ts';
import { readMetadata } from './read-metadata.ts';

const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } });
const png = await picture.clone().png().toBuffer();
const jpeg = await picture.clone().jpeg().toBuffer();

const settings = A1111;
const comfy = COMFY;
const text = textChunk;
const packed = packedText;
const international = internationalText;
/** Puts chunks between the header and the pixels. */
const withChunks = (...chunks: Buffer[]): Buffer => pngWithChunks(png, ...chunks);
const xmp = xmpPacket;
const term = sourceTypeTerm;
const declared = declaredSource;

const xmpSegment = (packet: string): Buffer => segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`));

async function codes(bytes: Buffer): Promise<(string | undefined)[]> {
  const found = readMetadata(bytes, await readHeader(bytes, sniffFormat(bytes))).evidence;
  return found.map(({ code, details }) => (details.generator ? `${code} ${details.generator}` : code));
}

describe('generator settings', () => {
  it.each([
    ['Stable Diffusion WebUI', withChunks(text('parameters', settings))],
    ['Stable Diffusion WebUI', withChunks(packed('parameters', settings))],
    ['Stable Diffusion WebUI', withChunks(international('parameters', settings))],
    ['ComfyUI', withChunks(text('prompt', comfy))],
    ['ComfyUI', withChunks(text('workflow', JSON.stringify({ nodes: [{ type: 'KSamplerAdvanced' }] })))],
    ['InvokeAI', withChunks(text('invokeai_metadata', '{"positive_prompt":"a cat"}'))],
    ['NovelAI', withChunks(text('Software', 'NovelAI'), text('Comment', '{"steps":28,"sampler":"k_euler","uc":""}'))],
  ])('of %s in a PNG', async (generator, bytes) => {
    expect(await codes(bytes)).toEqual([`generator-metadata ${generator}`]);
  });
  it.each(['jpeg', 'webp'] as const)('of Stable Diffusion WebUI in the EXIF comment of a %s', async (format) => {
    const exif = { IFD2: { UserComment: settings } };
    expect(await codes(await picture.clone().withExif(exif).toFormat(format).toBuffer())).toEqual([
      'generator-metadata Stable Diffusion WebUI',
    ]);
  });
});

describe('XMP in a JPEG', () => {
  const camera = xmpSegment(declared('digitalCapture'));
  const ai = xmpSegment(declared('trainedAlgorithmicMedia'));
  it.each([
    ['the first of two that contradict each other', withSegments(jpeg, camera, ai), []],
    ['the first, whatever it says', withSegments(jpeg, ai, camera), ['declared-ai-source']],
    ['not one in a comment', withSegments(jpeg, segment(0xfe, ai)), []],
    ['not one in another segment', withSegments(jpeg, segment(0xe2, ai.subarray(4))), []],
    [
      'not one without its name',
      withSegments(jpeg, segment(0xe1, Buffer.from(declared('trainedAlgorithmicMedia')))),
      [],
    ],
    [
      'not one of a later part',
      withSegments(
        jpeg,
        segment(0xe1, Buffer.from(`http://ns.adobe.com/xmp/extension/\0${declared('trainedAlgorithmicMedia')}`)),
      ),
      [],
    ],
  ])('%s counts', async (_, bytes, expected) => {
    expect(await codes(bytes)).toEqual(expected);
  });
});

describe('what is no settings', () => {
  it.each([
    ['a caption that names a generator', withChunks(text('Description', 'made with Stable Diffusion'))],
    ['a recipe with steps', withChunks(text('parameters', 'Steps: 3, then stir'))],
    ['a graph that samples nothing', withChunks(text('workflow', '{"nodes":[{"type":"LoadImage"}]}'))],
    ['JSON that is none', withChunks(text('prompt', '{"class_type": KSampler'))],
    [
      'a chunk with a wrong checksum',
      Buffer.from(withChunks(text('parameters', settings)).map((byte, at) => (at === 45 ? byte ^ 1 : byte))),
    ],
    ['a chunk after the end', Buffer.concat([png, text('parameters', settings)])],
    [
      'settings with a word before them in a comment',
      withSegments(jpeg, segment(0xfe, Buffer.from(`${settings}\nby me`))),
    ],
    [
      'a line of settings alone in a comment',
      withSegments(jpeg, segment(0xfe, Buffer.from(settings.slice(settings.indexOf('Steps'))))),
    ],
    ['text after the end', Buffer.concat([png, Buffer.from(settings)])],
    ['text after the end of a JPEG', Buffer.concat([jpeg, Buffer.from(`parameters\0${settings}`)])],
    ['a PNG chunk inside a JPEG', Buffer.concat([jpeg, text('parameters', settings)])],
    ['XMP after the end of a JPEG', Buffer.concat([jpeg, Buffer.from(declared('trainedAlgorithmicMedia'))])],
  ])('%s', async (_, bytes) => {
    expect(await codes(bytes)).toEqual([]);
  });
  it('a decompression bomb', () => {
    const bomb = withChunks(packed('parameters', settings.repeat(200_000)));
    expect(pngBlocks(bomb)).toMatchObject({ text: new Map(), skipped: true });
  });
});

describe('IPTC digital source type', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff'] as const)('in a %s', async (format) => {
    const bytes = await picture.clone().withXmp(declared('trainedAlgorithmicMedia')).toFormat(format).toBuffer();
    expect(await codes(bytes)).toEqual(['declared-ai-source']);
  });
  it.each([
    [
      'an element',
      `><Iptc4xmpExt:DigitalSourceType>${term('trainedAlgorithmicMedia')}</Iptc4xmpExt:DigitalSourceType></rdf:Description>`,
      ['declared-ai-source'],
    ],
    [
      'a resource',
      `><Iptc4xmpExt:DigitalSourceType rdf:resource="${term('trainedAlgorithmicMedia')}"/></rdf:Description>`,
      ['declared-ai-source'],
    ],
    [
      'parts',
      `Iptc4xmpExt:DigitalSourceType="${term('compositeWithTrainedAlgorithmicMedia')}"/>`,
      ['declared-ai-parts'],
    ],
    ['a camera', `Iptc4xmpExt:DigitalSourceType="${term('digitalCapture')}"/>`, []],
    ['another vocabulary', 'Iptc4xmpExt:DigitalSourceType="http://evil.test/trainedAlgorithmicMedia"/>', []],
    ['a mention', `Iptc4xmpExt:DigitalSourceType="not ${term('trainedAlgorithmicMedia')}"/>`, []],
    ['a longer word', `Iptc4xmpExt:DigitalSourceType="${term('trainedAlgorithmicMedia')}/no"/>`, []],
    ['the word alone', 'Iptc4xmpExt:DigitalSourceType="trainedAlgorithmicMedia"/>', ['declared-ai-source']],
    ['a code', 'Iptc4xmpExt:DigitalSourceType="digsrctype:trainedAlgorithmicMedia"/>', ['declared-ai-source']],
    ['a word of another vocabulary', 'Iptc4xmpExt:DigitalSourceType="generated"/>', []],
    ['two words', 'Iptc4xmpExt:DigitalSourceType="no trainedAlgorithmicMedia"/>', []],
    ['only in a caption', `Iptc4xmpExt:Headline="${term('trainedAlgorithmicMedia')}"/>`, []],
  ])('as %s', async (_, property, expected) => {
    expect(await codes(await picture.clone().withXmp(xmp(property)).jpeg().toBuffer())).toEqual(expected);
  });
});

describe('camera', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('in the EXIF block of a %s', async (format) => {
    const bytes = await picture
      .clone()
      .withExif({ IFD0: { Make: 'NIKON CORPORATION', Model: 'NIKON D850' } })
      .toFormat(format)
      .toBuffer();
    const [camera] = readMetadata(bytes, await readHeader(bytes, sniffFormat(bytes))).evidence;
    expect(camera).toMatchObject({
      code: 'camera-metadata',
      direction: 'camera',
      strength: 0.1,
      details: { camera: 'NIKON CORPORATION NIKON D850' },
    });
    expect(camera?.sentence).toContain('NIKON D850');
  });
  it('in a TIFF, which has no block but is one', async () => {
    // sharp writes no camera into TIFF; the block of a JPEG without its prefix is a complete TIFF structure.
    const exif = { IFD0: { Make: 'Canon', Model: 'Canon EOS R5' } };
    const { exif: block } = await sharp(await picture.clone().withExif(exif).jpeg().toBuffer()).metadata();
    expect(cameraName(readFields({ ...NO_BLOCKS, exif: block ? [block.subarray(6)] : [] }))).toBe('Canon EOS R5');
  });
  it('needs make and model', async () => {
    expect(
      await codes(
        await picture
          .clone()
          .withExif({ IFD0: { Model: 'D850' } })
          .jpeg()
          .toBuffer(),
      ),
    ).toEqual([]);
  });
});

import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { readHeader } from '../../picture-decoder/process/read-header.ts';
import { segment, withSegments } from '../fixtures/png-chunks.ts';
import { xmpPacket } from '../fixtures/settings.ts';
import { readMetadata } from './read-metadata.ts';

/** What a person may write into a photograph, in fields for people. */
const NAMES = [
  'OpenAI',
  'Midjourney',
  'Adobe Firefly',
  'Photo: Grok Smith/AP',
  'Grok',
  'Stability AI',
  'Black Forest Labs',
  'Google AI',
  'Meta AI',
  'Image Playground',
  'ComfyUI',
  'DALL-E 3',
  'Getty Images / Midjourney',
  'not Made with Google AI',
];
const XMP_FIELDS = [
  'photoshop:Credit',
  'photoshop:Source',
  'photoshop:Headline',
  'photoshop:AuthorsPosition',
  'photoshop:CaptionWriter',
  'photoshop:Instructions',
  'dc:title',
  'dc:description',
  'dc:creator',
  'dc:rights',
  'dc:subject',
  'dc:source',
  'exif:UserComment',
];
/** IPTC-IIM, record 2: byline, byline title, credit, source, copyright, caption, caption writer, headline, title, keywords. */
const IPTC_DATASETS = [80, 85, 110, 115, 116, 120, 122, 105, 5, 25];
const EXIF_FIELDS = ['Artist', 'Copyright', 'ImageDescription'];

let photograph: Buffer;

beforeAll(async () => {
  photograph = await sharp({ create: { width: 96, height: 64, channels: 3, background: '#456' } })
    .jpeg()
    .toBuffer();
});

/** The photograph with a Canon's entries and one more of a person's. */
async function withExif(field: string, text: string): Promise<Buffer> {
  const camera = { Make: 'Canon', Model: 'Canon EOS R5', Software: 'Firmware Version 1.8.1', [field]: text };
  return sharp(photograph)
    .withExif({ IFD0: camera, IFD2: { FNumber: '28/10', ISOSpeedRatings: '200' } })
    .jpeg()
    .toBuffer();
}

async function withXmp(field: string, text: string): Promise<Buffer> {
  const canon = await withExif('Artist', 'Anna Arndt');
  return sharp(canon)
    .keepExif()
    .withXmp(xmpPacket(`${field}="${text}"/>`))
    .jpeg()
    .toBuffer();
}

/** A JPEG with an IPTC-IIM record in its Photoshop segment, behind the first marker. */
async function withIptc(dataset: number, text: string): Promise<Buffer> {
  const canon = await withExif('Artist', 'Anna Arndt');
  const value = Buffer.from(text);
  const record = Buffer.concat([Buffer.from([0x1c, 2, dataset, value.length >> 8, value.length & 255]), value]);
  const padded = record.length % 2 === 0 ? record : Buffer.concat([record, Buffer.from([0])]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(record.length);
  const resource = Buffer.concat([Buffer.from('8BIM\x04\x04\0\0', 'latin1'), length, padded]);
  const body = Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resource]);
  const head = Buffer.from([0xff, 0xed, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([canon.subarray(0, 2), head, body, canon.subarray(2)]);
}

const accusing = async (bytes: Buffer): Promise<string[]> =>
  readMetadata(bytes, await readHeader(bytes, 'jpeg'))
    .evidence.filter(({ direction }) => direction === 'ai')
    .map(({ code }) => code);

describe('attack: a word in a photograph calls it generated', () => {
  it.each(NAMES)('by the credit line "%s", in XMP and in IPTC', async (name) => {
    expect(await accusing(await withXmp('photoshop:Credit', name))).toEqual([]);
    expect(await accusing(await withIptc(110, name))).toEqual([]);
  });

  it.each(XMP_FIELDS)('by %s in XMP', async (field) => {
    for (const name of NAMES) expect(await accusing(await withXmp(field, name)), name).toEqual([]);
  });

  it.each(IPTC_DATASETS)('by dataset 2:%i of IPTC', async (dataset) => {
    for (const name of NAMES) expect(await accusing(await withIptc(dataset, name)), name).toEqual([]);
  });

  it.each(EXIF_FIELDS)('by %s in EXIF', async (field) => {
    for (const name of NAMES) expect(await accusing(await withExif(field, name)), name).toEqual([]);
  });

  it('by the job number of a photo studio in its caption', async () => {
    const caption = 'Annual meeting, Job ID: 55a1e8ab-f876-4090-aed7-4737b2bb4010';
    expect(await accusing(await withExif('ImageDescription', caption))).toEqual([]);
    expect(await accusing(await withXmp('dc:description', caption))).toEqual([]);
  });
});

describe('attack: a comment in a photograph calls it generated', () => {
  const FRAGMENTS = [
    ...NAMES,
    'Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42',
    'a cat\nSteps: 20, CFG scale: 7',
    'my photograph, not: a cat\nSteps: 20, Sampler: Euler a, Seed: 42\nreally',
    '{"prompt":"a cat","seed":1,"software":"Fooocus"}',
    '{"class_type":"KSampler"}',
    '{"3":{"class_type":"KSampler"}}',
    '{"AIGC":{"Label":"1","ContentProducer":"x","ProduceID":"y"}}',
    'parameters\0a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42',
  ];
  it.each(FRAGMENTS)('by the name or fragment %j', async (text) => {
    const canon = await withExif('Artist', 'Anna Arndt');
    const comment = segment(0xfe, Buffer.from(text));
    expect(await accusing(withSegments(canon, comment))).toEqual([]);
  });
});

describe('the phrases of generators', () => {
  it.each(['Made with Google AI', 'Apple Image Playground'])('"%s" still counts as credit', async (phrase) => {
    expect(await accusing(await withXmp('photoshop:Credit', phrase))).toEqual(['generator-software']);
    expect(await accusing(await withIptc(110, phrase))).toEqual(['generator-software']);
  });
});

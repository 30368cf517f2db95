import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { A1111, COMFY, xmpPacket } from '../evidence/fixtures/settings.ts';
import { box, fileType, keyedEntries } from '../evidence/fixtures/tagged-video.ts';
import { readMetadata } from '../evidence/metadata/read-metadata.ts';
import { sniffFormat } from '../intake/sniff.ts';
import { readHeader } from '../picture-decoder/process/read-header.ts';
import { fileMetadata } from './file-metadata.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-metadata-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const decoder = {
  readHeader: ({ bytes, format }: { bytes: Uint8Array; format: ReturnType<typeof sniffFormat> }) =>
    readHeader(bytes, format),
};

async function ofFile(bytes: Buffer) {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    return await fileMetadata(file, bytes.length, decoder);
  } finally {
    await file.close();
  }
}

const still = sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } });
const packet = xmpPacket(`xmlns:comfy="urn:comfy" comfy:prompt="${COMFY.replaceAll('"', '&quot;')}"/>`);

it.each([
  [
    'WebP',
    () =>
      still
        .clone()
        .withExif({ IFD2: { UserComment: A1111 } })
        .webp()
        .toBuffer(),
  ],
  ['WebP with XMP', () => still.clone().withXmp(packet).webp().toBuffer()],
  ['AVIF', () => still.clone().withXmp(packet).avif({ effort: 0 }).toBuffer()],
])('a %s says as a file of moving pictures what it says as a picture', async (_, make) => {
  const bytes = await make();
  const format = sniffFormat(bytes);
  const asPicture = readMetadata(bytes, await readHeader(bytes, format));
  const asFile = await ofFile(bytes);
  expect(asPicture.evidence[0]?.code).toBe('generator-metadata');
  expect(asFile.evidence).toEqual(asPicture.evidence);
  expect(asFile.facts).toEqual(asPicture.facts);
});

it('a video says what its entries say', async () => {
  const { evidence, facts } = await ofFile(Buffer.concat([fileType, box('moov', keyedEntries({ prompt: COMFY }))]));
  expect(evidence.map(({ code }) => code)).toEqual(['generator-metadata']);
  expect(facts).toContainEqual(expect.objectContaining({ name: 'Generator', value: 'ComfyUI' }));
});

it('a picture that is damaged says nothing', async () => {
  expect(await ofFile(Buffer.from('GIF89a'))).toEqual({ evidence: [], facts: [] });
});

import sharp from 'sharp';
import { expect, it } from 'vitest';
import { sniffFormat } from '../../intake/sniff.ts';
import { readHeader } from '../../picture-decoder/process/read-header.ts';
import { textChunk, withChunks } from '../fixtures/png-chunks.ts';
import { readMetadata } from './read-metadata.ts';

const blank = sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } });

async function factsOf(bytes: Buffer) {
  return readMetadata(bytes, await readHeader(bytes, sniffFormat(bytes))).facts;
}

it('of the place are private', async () => {
  const packet =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Lübeck" ' +
    'photoshop:Credit="Anna Arndt"/></rdf:RDF></x:xmpmeta>';
  const facts = await factsOf(await blank.clone().jpeg().withXmp(packet).toBuffer());
  expect(facts).toContainEqual(expect.objectContaining({ name: 'Place', value: 'Lübeck', private: true }));
  expect(facts).toContainEqual(expect.objectContaining({ name: 'Credit', value: 'Anna Arndt', private: false }));
});

it.each([
  ['C:\\Users\\anna\\models\\a.safetensors', '~\\models\\a.safetensors'],
  ['/home/anna/models/a.safetensors', '~/models/a.safetensors'],
  ['/Users/anna/models/a.safetensors', '~/models/a.safetensors'],
])('of a workflow with %s do not name the owner', async (path, shown) => {
  const workflow = JSON.stringify({ 1: { class_type: 'KSampler', inputs: { seed: 1, model: path } } });
  const facts = await factsOf(withChunks(await blank.clone().png().toBuffer(), textChunk('prompt', workflow)));
  const settings = facts.find(({ name }) => name === 'Settings')?.value;
  expect(settings).toContain('KSampler');
  expect(settings).not.toContain('anna');
  expect(settings).toContain(
    JSON.stringify(shown)
      .slice(1, -1)
      .replace(/^~[\\/]+/, ''),
  );
});

import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testPicture } from '../../pipeline/fixtures/test-pictures.ts';
import { createDice, mutate } from './fixtures/mutations.ts';
import { signPicture } from './fixtures/sign-picture.ts';
import { createTestAuthority } from './fixtures/test-authority.ts';
import { testReader } from './fixtures/test-reader.ts';
import type { ProvenanceReader } from './provenance-reader.ts';

/** Of each container; 2,000 in all. */
const MUTATIONS = { jpeg: 600, png: 600, webp: 200, gif: 200, tiff: 200, avif: 200 } as const;

let reader: ProvenanceReader;
let end: () => Promise<void>;
const files = new Map<string, Uint8Array>();

beforeAll(async () => {
  const authority = await createTestAuthority('Example Trust');
  const signer = await authority.issue('Example');
  ({ reader, end } = testReader({ signers: authority.pem }));
  for (const format of Object.keys(MUTATIONS) as (keyof typeof MUTATIONS)[]) {
    const bytes = await testPicture(40, 30).toFormat(format).toBuffer();
    const ingredient = { bytes, relationship: 'parentOf', title: 'before' } as const;
    const actions = [{ action: 'c2pa.opened' }, { action: 'c2pa.edited', source: 'trainedAlgorithmicMedia' }];
    files.set(format, await signPicture(bytes, `image/${format}`, signer, { actions, ingredients: [ingredient] }));
  }
}, 300_000);
afterAll(() => end());

/** Where the manifest store begins: the length of its outermost box, before its type. */
function storeStart(bytes: Uint8Array): number {
  return Buffer.from(bytes).indexOf('jumb') - 4;
}

/** A PNG whose manifest chunk has the damage inside and its length and checksum right, or it would not be looked into. */
function damagedPng(bytes: Uint8Array, start: number, dice: (below: number) => number): Uint8Array {
  const png = Buffer.from(bytes);
  const end = start + png.readUInt32BE(start - 8);
  const body = Buffer.concat([
    Buffer.from('caBX'),
    mutate(png.subarray(start, end), 0, Math.min(end - start, 12_000), dice),
  ]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, start - 8), length, body, sum, png.subarray(end + 4)]);
}

it.each(Object.entries(MUTATIONS))(
  'damaged manifests in %s are answered, believed only where nothing signed was hit, and cost no thread (%i)',
  async (format, count) => {
    const bytes = files.get(format) as Uint8Array;
    const start = storeStart(bytes);
    const dice = createDice(count + format.length);
    const states = new Set<string>();
    for (let round = 0; round < count; round++) {
      const damaged =
        format === 'png'
          ? damagedPng(bytes, start, dice)
          : mutate(bytes, start, Math.min(bytes.length, start + 12_000), dice);
      const found = await reader.read(damaged);
      const state = found?.provenance.state ?? 'nothing';
      states.add(state);
      // A padding byte may change without consequence; everything that is signed may not.
      if (state === 'trusted') expect(found?.provenance.actions).toHaveLength(2);
      expect(found?.provenance.failures ?? []).not.toContain('reader.timeLimit');
      expect(found?.provenance.failures ?? []).not.toContain('reader.crash');
    }
    expect(states).toContain('broken');
  },
  600_000,
);

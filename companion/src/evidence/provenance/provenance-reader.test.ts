import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPicture } from '../../pipeline/fixtures/test-pictures.ts';
import { signPicture, type TestManifest } from './fixtures/sign-picture.ts';
import { createTestAuthority, type TestSigner } from './fixtures/test-authority.ts';
import { ownReader, testReader } from './fixtures/test-reader.ts';
import type { ProvenanceReader } from './provenance-reader.ts';

const CAPTURED: TestManifest = { actions: [{ action: 'c2pa.created', source: 'digitalCapture' }] };
const GENERATED: TestManifest = { actions: [{ action: 'c2pa.created', source: 'trainedAlgorithmicMedia' }] };

let reader: ProvenanceReader;
let end: () => Promise<void>;
let known: TestSigner;
let expired: TestSigner;
let stranger: TestSigner;
let rootPem: string;
let jpeg: Buffer;

beforeAll(async () => {
  const authority = await createTestAuthority('Example Trust');
  rootPem = authority.pem;
  known = await authority.issue('Example Pictures');
  expired = await authority.issue('Example Past', { from: -400, to: -30 });
  stranger = await (await createTestAuthority('Somebody Else')).issue('Stranger');
  ({ reader, end } = testReader({ signers: rootPem }));
  jpeg = await testPicture(320, 240).jpeg().toBuffer();
}, 300_000);
afterAll(() => end());

/** Signature and IHDR. */
const PNG_HEAD_BYTES = 33;

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

const signed = (manifest: TestManifest, signer = known, bytes: Uint8Array = jpeg) =>
  signPicture(bytes, 'image/jpeg', signer, manifest);
const codes = async (bytes: Uint8Array) => (await reader.read(bytes))?.evidence.map(({ code }) => code);

describe('the validation state', () => {
  it('is trusted for an unbroken manifest of a known signer', async () => {
    const found = await reader.read(await signed(CAPTURED));
    expect(found?.provenance).toMatchObject({
      state: 'trusted',
      origin: 'camera',
      signer: 'Example Pictures',
      issuer: 'Example Trust',
      claimGenerator: 'Touchstone tests 1.0',
      actions: [{ action: 'c2pa.created', digitalSourceType: 'digitalCapture', ai: false }],
      failures: [],
      trustList: { name: 'Your own trust list', interim: false },
    });
    expect(found?.evidence).toMatchObject([{ code: 'c2pa-camera', direction: 'camera', kind: 'provenance' }]);
  });

  it('is broken when a pixel was altered', async () => {
    const bytes = await signed(GENERATED);
    const at = bytes.length - 40;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const found = await reader.read(bytes);
    expect(found?.provenance).toMatchObject({ state: 'broken', origin: null, trustList: null });
    expect(found?.provenance.failures).toContain('assertion.dataHash.mismatch');
    expect(found?.evidence).toMatchObject([
      { code: 'c2pa-broken', direction: 'neutral', details: { changed: 'pixels' } },
    ]);
  });

  it('is broken when the manifest was altered', async () => {
    const bytes = Buffer.from(await signed(CAPTURED));
    const at = bytes.indexOf('digitalCapture');
    bytes.write('digitalCapturE', at);
    const found = await reader.read(bytes);
    expect(found?.provenance.state).toBe('broken');
    expect(found?.provenance.failures).toContain('assertion.hashedURI.mismatch');
    expect(found?.evidence).toMatchObject([{ code: 'c2pa-broken', details: { changed: 'statement' } }]);
  });

  it('is broken when the signature belongs to another certificate', async () => {
    const forged: TestSigner = { ...known, sign: stranger.sign };
    const found = await reader.read(await signed(GENERATED, forged));
    expect(found?.provenance).toMatchObject({ state: 'broken', origin: null });
    expect(found?.provenance.failures).toContain('claimSignature.mismatch');
  });

  it('is an unknown signer when nobody on the list vouches, and then a camera claim weighs nothing', async () => {
    const found = await reader.read(await signed(CAPTURED, stranger));
    expect(found?.provenance).toMatchObject({ state: 'unknown-signer', signer: 'Stranger', trustList: null });
    expect(found?.evidence).toMatchObject([{ code: 'c2pa-unknown-signer', direction: 'neutral', strength: 0 }]);
  });

  it('is an unknown signer when the certificate had expired and no time stamp shows an earlier date', async () => {
    const found = await reader.read(await signed(GENERATED, expired));
    expect(found?.provenance.state).toBe('unknown-signer');
    expect(found?.provenance.failures).toContain('signingCredential.expired');
    expect(found?.evidence).toMatchObject([{ code: 'c2pa-ai-unknown-signer', direction: 'ai' }]);
  });

  it('does not trust a signer that only an authority for time stamps vouches for', async () => {
    const other = await createTestAuthority('Nobody');
    const own = ownReader({ signers: other.pem, timeStamps: rootPem });
    expect((await own.read(await signed(CAPTURED)))?.provenance.state).toBe('unknown-signer');
  });

  it('is an unknown signer for everybody when the list cannot be read', async () => {
    const own = ownReader({ signers: 'no certificate in it', timeStamps: 'nor here' });
    expect((await own.read(await signed(CAPTURED)))?.provenance.state).toBe('unknown-signer');
  });

  it('names the interim list when only that one vouches', async () => {
    const other = await createTestAuthority('Nobody');
    const own = ownReader({ signers: other.pem, interim: rootPem });
    const found = await own.read(await signed(GENERATED));
    expect(found?.provenance).toMatchObject({ state: 'trusted', trustList: { interim: true } });
    expect(found?.evidence).toMatchObject([{ code: 'c2pa-ai', details: { interim: true } }]);
  });
});

describe('containers', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('reads %s', async (format) => {
    const bytes = await testPicture(64, 48).toFormat(format).toBuffer();
    const found = await reader.read(await signPicture(bytes, `image/${format}`, known, GENERATED));
    expect(found?.provenance).toMatchObject({ state: 'trusted', origin: 'ai' });
  });

  it('finds nothing in files without Content Credentials', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const) {
      expect(await reader.read(await testPicture(64, 48).toFormat(format).toBuffer())).toBeUndefined();
    }
    expect(await reader.read(Buffer.from('no picture at all'))).toBeUndefined();
  });

  it('says so when the credentials are on a server, and asks nobody', async () => {
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      '<rdf:Description xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="https://example.org/m.c2pa"/>' +
      '</rdf:RDF></x:xmpmeta>';
    const withXmp = (format: 'jpeg' | 'png' | 'webp' | 'tiff') => testPicture(64, 48).withXmp(xmp).toFormat(format);
    const png = await testPicture(64, 48).png().toBuffer();
    const chunk = pngChunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`));
    const files = [
      await withXmp('jpeg').toBuffer(),
      await withXmp('webp').toBuffer(),
      await withXmp('tiff').toBuffer(),
      Buffer.concat([png.subarray(0, PNG_HEAD_BYTES), chunk, png.subarray(PNG_HEAD_BYTES)]),
    ];
    for (const bytes of files) {
      const found = await reader.read(bytes);
      expect(found).toMatchObject({ provenance: { remoteManifest: true, origin: null }, evidence: [] });
    }
  });
});

describe('ingredients', () => {
  const EDITED = [{ action: 'c2pa.opened' }, { action: 'c2pa.color_adjustments' }];

  it('are a tree with thumbnails that were encoded anew', async () => {
    const first = { bytes: await signed(GENERATED), relationship: 'parentOf', title: 'first' } as const;
    const second = { ...first, bytes: await signed({ actions: EDITED, ingredients: [first] }), title: 'second' };
    const thumbnail = await testPicture(600, 400).withMetadata().jpeg().toBuffer();
    const third = await signed({ actions: EDITED, ingredients: [{ ...second, thumbnail }] });
    const found = await reader.read(third);
    expect(found?.provenance).toMatchObject({
      state: 'trusted',
      origin: 'ai',
      ingredients: [
        {
          title: 'second',
          relationship: 'parentOf',
          state: 'trusted',
          ingredients: [{ title: 'first', state: 'trusted', claimGenerator: 'Touchstone tests 1.0', ingredients: [] }],
        },
      ],
    });
    const [ingredient] = found?.provenance.ingredients ?? [];
    const data = Buffer.from((ingredient?.thumbnail ?? '').replace('data:image/jpeg;base64,', ''), 'base64');
    expect(await sharp(data).metadata()).toMatchObject({ format: 'jpeg', width: 128, height: 85 });
  });

  it('keep the origin of a generated picture that was only adjusted, and turn it into parts when more was done', async () => {
    const generated = { bytes: await signed(GENERATED), relationship: 'parentOf', title: 'generated' } as const;
    expect(await codes(await signed({ actions: EDITED, ingredients: [generated] }))).toEqual(['c2pa-ai']);
    const painted = [...EDITED, { action: 'c2pa.drawing' }];
    expect(await codes(await signed({ actions: painted, ingredients: [generated] }))).toEqual(['c2pa-ai-parts']);
  });

  it('that were placed make parts, and those of a prompt make nothing', async () => {
    const placed = { bytes: await signed(GENERATED), relationship: 'componentOf', title: 'placed' } as const;
    const actions = [{ action: 'c2pa.created', source: 'digitalCreation' }, { action: 'c2pa.placed' }];
    expect(await codes(await signed({ actions, ingredients: [placed] }))).toEqual(['c2pa-ai-parts']);
    const prompt = { ...placed, relationship: 'inputTo' } as const;
    const created = actions.slice(0, 1);
    expect(await codes(await signed({ actions: created, ingredients: [prompt] }))).toEqual(['c2pa-other']);
  });

  it('whose signer is unknown speak with the voice of a stranger', async () => {
    const foreign = { bytes: await signed(GENERATED, stranger), relationship: 'parentOf', title: 'foreign' } as const;
    const found = await reader.read(await signed({ actions: EDITED, ingredients: [foreign] }));
    expect(found?.provenance).toMatchObject({ state: 'trusted', ingredients: [{ state: 'unknown-signer' }] });
    expect(found?.evidence).toMatchObject([{ code: 'c2pa-ai-unknown-signer', details: { signer: 'Stranger' } }]);
  });

  it('that were broken before count for nothing', async () => {
    const bytes = await signed(GENERATED);
    bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
    const broken = { bytes, relationship: 'parentOf', title: 'broken' } as const;
    const found = await reader.read(await signed({ actions: EDITED, ingredients: [broken] }));
    expect(found?.provenance).toMatchObject({ state: 'trusted', origin: null, ingredients: [{ state: 'broken' }] });
    expect(found?.evidence).toMatchObject([{ code: 'c2pa-other', direction: 'neutral' }]);
  });

  it('from a camera stay from a camera only while every pixel does', async () => {
    const photo = { bytes: await signed(CAPTURED), relationship: 'parentOf', title: 'photo' } as const;
    const published = [{ action: 'c2pa.opened' }, { action: 'c2pa.published' }];
    expect(await codes(await signed({ actions: published, ingredients: [photo] }))).toEqual(['c2pa-camera']);
    expect(await codes(await signed({ actions: EDITED, ingredients: [photo] }))).toEqual(['c2pa-other']);
    const foreign = { ...photo, bytes: await signed(CAPTURED, stranger) };
    expect(await codes(await signed({ actions: published, ingredients: [foreign] }))).toEqual(['c2pa-other']);
  });
});

describe('attacks', () => {
  it('appended to a file without credentials move nothing', async () => {
    const carrier = await signed(GENERATED);
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const) {
      const photo = await testPicture(64, 48).toFormat(format).toBuffer();
      for (const tail of [carrier, carrier.subarray(2), Buffer.from('c2pa trainedAlgorithmicMedia jumb')]) {
        expect(await reader.read(Buffer.concat([photo, tail]))).toBeUndefined();
      }
    }
  });

  it('with the manifest of another picture are broken, not believed', async () => {
    const carrier = Buffer.from(await signed(GENERATED));
    const start = carrier.indexOf(Buffer.from([0xff, 0xeb]));
    const segments: Buffer[] = [];
    for (let at = start; carrier[at] === 0xff && carrier[at + 1] === 0xeb; at += 2 + carrier.readUInt16BE(at + 2)) {
      segments.push(carrier.subarray(at, at + 2 + carrier.readUInt16BE(at + 2)));
    }
    const photo = await testPicture(320, 240, 7).jpeg().toBuffer();
    const found = await reader.read(Buffer.concat([photo.subarray(0, 2), ...segments, photo.subarray(2)]));
    expect(found?.provenance).toMatchObject({ state: 'broken', origin: null });
    expect(found?.evidence).toMatchObject([{ code: 'c2pa-broken', direction: 'neutral' }]);
  });

  it('with texts that would fool a reader come out as plain short lines', async () => {
    const title = `\u202Egnp.live\u0007\n${'x'.repeat(5000)}`;
    const agent = 'Ca\u3164\u200bm\u034fera\u2028 <img src=x onerror=alert(1)>';
    const ingredient = { bytes: jpeg, relationship: 'parentOf', title } as const;
    const manifest = { actions: [{ action: 'c2pa.opened', softwareAgent: agent }], ingredients: [ingredient] };
    const found = await reader.read(await signed(manifest));
    const [shown] = found?.provenance.ingredients ?? [];
    expect(shown?.title).toMatch(/^gnp\.live x{1,200}$/);
    expect(found?.provenance.actions[0]?.softwareAgent).toBe('Ca m era <img src=x onerror=alert(1)>');
  });
});

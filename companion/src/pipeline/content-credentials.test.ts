import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CaptureSource, CompanionSettings, ResultRecord } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signPicture, type TestManifest } from '../evidence/provenance/fixtures/sign-picture.ts';
import { createTestAuthority, type TestSigner } from '../evidence/provenance/fixtures/test-authority.ts';
import { testTrustFolder } from '../evidence/provenance/fixtures/test-reader.ts';
import { createPipeline } from './create-pipeline.ts';
import { testPicture } from './fixtures/test-pictures.ts';
import type { Pipeline } from './pipeline.ts';

const packFolders = [fileURLToPath(new URL('../../../models/packs', import.meta.url))];
const source: CaptureSource = { kind: 'image', path: 'original-bytes', private: false };
const GENERATED: TestManifest = { actions: [{ action: 'c2pa.created', source: 'trainedAlgorithmicMedia' }] };
const CAPTURED: TestManifest = { actions: [{ action: 'c2pa.created', source: 'digitalCapture' }] };

let pipeline: Pipeline;
let known: TestSigner;
let folder: string;
let photo: Buffer;

beforeAll(async () => {
  const authority = await createTestAuthority('Example Trust');
  known = await authority.issue('Example Pictures');
  folder = testTrustFolder({ signers: authority.pem });
  pipeline = await createPipeline({
    settings: () => v.parse(CompanionSettings, {}),
    logger: pino({ level: 'silent' }),
    packFolders,
    trustFolder: folder,
    provider: 'cpu',
  });
  photo = await testPicture().jpeg({ quality: 90 }).toBuffer();
}, 300_000);
afterAll(async () => {
  await pipeline.close();
  rmSync(folder, { recursive: true, force: true });
});

const check = (bytes: Uint8Array) => pipeline.check({ source, lane: 'asked', bytes, pack: 'starter' });
const signed = (manifest: TestManifest) => signPicture(photo, 'image/jpeg', known, manifest);

describe('a record', { timeout: 300_000 }, () => {
  it('holds valid Content Credentials, which decide', async () => {
    const generated = await check(await signed(GENERATED));
    expect(v.is(ResultRecord, generated)).toBe(true);
    expect(generated).toMatchObject({
      verdict: { value: 'fake', confidence: 'high' },
      provenance: { state: 'trusted', origin: 'ai', signer: 'Example Pictures' },
    });
    expect(generated.verdict.reasons[0]).toMatchObject({ code: 'c2pa-ai', direction: 'ai' });

    const captured = await check(await signed(CAPTURED));
    expect(captured.verdict).toMatchObject({ value: 'real', confidence: 'high' });
    expect(captured.verdict.reasons[0]?.code).toBe('c2pa-camera');
  });

  it('of a broken file has a caveat and the verdict of the same pixels without credentials', async () => {
    const bare = await check(photo);
    // After the end of the picture: the pixels stay, the hash does not.
    const broken = await check(Buffer.concat([await signed(GENERATED), Buffer.from('appended')]));
    expect(broken.provenance).toMatchObject({ state: 'broken', origin: null });
    expect(broken.verdict.caveats.map(({ code }) => code)).toContain('provenance-broken');
    expect(broken.verdict).toMatchObject({ value: bare.verdict.value, probability: bare.verdict.probability });
  });

  it('is not moved by credentials that are appended', async () => {
    const bare = await check(photo);
    const attacked = await check(Buffer.concat([photo, await signed(GENERATED)]));
    expect(attacked.provenance).toBeUndefined();
    expect(attacked.verdict).toMatchObject({ value: bare.verdict.value, probability: bare.verdict.probability });
    expect(attacked.verdict.caveats).toEqual(bare.verdict.caveats);
  });
});

it('credentials of a file are read without judging it', async () => {
  expect((await pipeline.readProvenance(await signed(CAPTURED)))?.provenance.origin).toBe('camera');
  expect(await pipeline.readProvenance(photo)).toBeUndefined();
}, 300_000);

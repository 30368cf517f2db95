import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPack } from '../judging/run-pack.ts';
import { listPacks } from '../pack/pack-folder.ts';
import { openPack } from '../session/pack-session.ts';
import { CATALOGUE, type CatalogueEntry } from './catalogue.ts';
import { findRemovable, installPack, type Offer, removePack } from './install-pack.ts';

/**
 * Stand-ins made for this test: mean colour of a 32 x 32 input times a matrix. One logit is 4 R + 2 G - 5 B; the two
 * classes are (4 R + 2 G - 5 B, -3 R + G + 2.5 B).
 */
const oneLogit = Buffer.from(
  'CAg6wwEKJAoMcGl4ZWxfdmFsdWVzEgFwIhFHbG9iYWxBdmVyYWdlUG9vbAocCgFwEgFmIgdGbGF0dGVuKgsKBGF4aXMYAaABAgoWCgFmCgF3EgZsb2dpdHMiBk1hdE11bBIIc3RhbmQtaW4qFwgDCAEQAUIBd0oMAACAQAAAAEAAAKDAWicKDHBpeGVsX3ZhbHVlcxIXChUIARIRCgMSAW4KAggDCgIIIAoCCCBiGQoGbG9naXRzEg8KDQgBEgkKAxIBbgoCCAFCBAoAEA0=',
  'base64',
);
const twoClasses = Buffer.from(
  'CAg6zwEKJAoMcGl4ZWxfdmFsdWVzEgFwIhFHbG9iYWxBdmVyYWdlUG9vbAocCgFwEgFmIgdGbGF0dGVuKgsKBGF4aXMYAaABAgoWCgFmCgF3EgZsb2dpdHMiBk1hdE11bBIIc3RhbmQtaW4qIwgDCAIQAUIBd0oYAACAQAAAQMAAAABAAACAPwAAoMAAACBAWicKDHBpeGVsX3ZhbHVlcxIXChUIARIRCgMSAW4KAggDCgIIIAoCCCBiGQoGbG9naXRzEg8KDQgBEgkKAxIBbgoCCAJCBAoAEA0=',
  'base64',
);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let into: string;
let server: Server;
let address: string;
const yes = async (): Promise<boolean> => true;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-install-'));
  into = join(folder, 'installed');
  server = createServer((request, response) => {
    if (request.url === '/model.onnx') response.end(oneLogit);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** The bundled entry, with the address and the hash of the stand-in. */
function standIn(name: string, hash = sha256(oneLogit)): (source: string) => CatalogueEntry | undefined {
  const entry = CATALOGUE.find((candidate) => candidate.name === name);
  if (!entry) throw new Error(`${name} is not in the catalogue`);
  const manifest = {
    ...entry.manifest,
    input: {
      ...(entry.manifest.input as object),
      size: [32, 32],
      views: [{ kind: 'resize-shorter', side: 40, crop: 'center', rounding: 'down' }],
    },
  };
  return (source) => (source === name ? { ...entry, url: `${address}/model.onnx`, sha256: hash, manifest } : undefined);
}

async function huggingFaceFolder(): Promise<string> {
  const source = join(folder, 'My Detector');
  await mkdir(join(source, 'onnx'), { recursive: true });
  await writeFile(join(source, 'config.json'), JSON.stringify({ id2label: { 0: 'human', 1: 'artificial' } }));
  await writeFile(
    join(source, 'preprocessor_config.json'),
    JSON.stringify({
      size: { height: 32, width: 32 },
      resample: 2,
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.5, 0.5, 0.5],
    }),
  );
  await writeFile(join(source, 'onnx', 'model.onnx'), twoClasses);
  return source;
}

describe('the catalogue', () => {
  it.each(CATALOGUE.map(({ name }) => name))('%s installs on a yes, with its pinned hash, and runs', async (name) => {
    const offers: Offer[] = [];
    const pack = await installPack({
      source: name,
      into,
      find: standIn(name),
      confirm: async (offer) => offers.push(offer) > 0,
    });
    expect(offers).toMatchObject([
      { licence: expect.stringMatching(/MIT/), homepage: expect.stringMatching(/^https:/) },
    ]);
    expect((await listPacks([into])).packs.values().next().value?.manifest.model.sha256).toBe(sha256(oneLogit));
    const session = await openPack(pack);
    // A grey picture of value 255: normalised to (1 - mean) / std in each channel, then 4 R + 2 G - 5 B.
    const { mean = [0, 0, 0], std = [1, 1, 1] } = pack.manifest.input;
    const [r, g, b] = mean.map((value, channel) => (1 - value) / (std[channel] ?? 1));
    const answer = await runPack(session, { data: new Uint8Array(60 * 48 * 3).fill(255), width: 60, height: 48 });
    expect(answer.logit).toBeCloseTo(4 * (r ?? 0) + 2 * (g ?? 0) - 5 * (b ?? 0), 3);
    await session.release();
  });

  it('downloads nothing on a no', async () => {
    const refused = installPack({ source: 'sieve', into, find: standIn('sieve'), confirm: async () => false });
    await expect(refused).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(into)).toEqual([]);
  });

  it('installs nothing when the file has another hash', async () => {
    const find = standIn('sieve', 'a'.repeat(64));
    await expect(installPack({ source: 'sieve', into, find, confirm: yes })).rejects.toMatchObject({
      code: 'hash-mismatch',
    });
    expect((await listPacks([into])).packs.size).toBe(0);
  });
});

describe('a Hugging Face folder', () => {
  it('installs with its own preprocessing; the class named "artificial" means AI', async () => {
    const pack = await installPack({ source: await huggingFaceFolder(), into, confirm: yes });
    expect(pack.manifest).toMatchObject({
      name: 'my-detector',
      input: { name: 'pixel_values', kernel: 'pillow-bilinear', mean: [0.5, 0.5, 0.5] },
      output: { logit: 'logits', classes: { count: 2, ai: 1 } },
    });
    const session = await openPack(pack);
    const answer = await runPack(session, { data: new Uint8Array(32 * 32 * 3).fill(255), width: 32, height: 32 });
    expect(answer.logit).toBeCloseTo(-3 + 1 + 2.5 - (4 + 2 - 5), 4);
    expect(answer.embeddings).toHaveLength(0);
    await session.release();
  });

  it('is refused when the graph and the labels disagree', async () => {
    const source = await huggingFaceFolder();
    await writeFile(join(source, 'onnx', 'model.onnx'), oneLogit);
    await expect(installPack({ source, into, confirm: yes })).rejects.toMatchObject({ code: 'pack-invalid' });
  });
});

describe('installing', () => {
  it('takes a folder with a pack.json, under another name if asked, and refuses the same name twice', async () => {
    const source = (await installPack({ source: await huggingFaceFolder(), into, confirm: yes })).folder;
    const copy = await installPack({ source, into, name: 'Second Opinion', confirm: yes });
    expect(copy.manifest.name).toBe('second-opinion');
    await expect(installPack({ source, into, confirm: yes })).rejects.toMatchObject({ code: 'pack-exists' });
    expect([...(await listPacks([into])).packs.keys()].sort()).toEqual(['my-detector@1', 'second-opinion@1']);
    expect((await readdir(into)).filter((name) => name.startsWith('.staging'))).toEqual([]);
  });

  it('says so when the source is nothing it knows', async () => {
    await expect(installPack({ source: '/nowhere', into, confirm: yes })).rejects.toMatchObject({
      code: 'pack-unknown',
    });
  });

  it('removes what it installed, and only that', async () => {
    const pack = await installPack({ source: await huggingFaceFolder(), into, confirm: yes });
    await removePack(findRemovable(pack.manifest.name, [pack]));
    expect((await listPacks([into])).packs.size).toBe(0);
    expect(() => findRemovable('../installed', [pack])).toThrow(expect.objectContaining({ code: 'pack-unknown' }));
  });
});

import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listPacks } from '../pack/pack-folder.ts';
import { MODEL, NEWER, PINNED, type Publisher, sha256, startPublisher } from './fixtures/publisher.ts';
import { installPack, type Offer } from './install-pack.ts';
import { readRelease } from './publisher-release.ts';

/** The same, whose first operator nobody knows. */
const CUSTOM = Buffer.from(MODEL.toString('latin1').replace('GlobalAveragePool', 'GlobalAveragePooX'), 'latin1');

let publisher: Publisher;
beforeEach(async () => {
  publisher = await startPublisher();
});
afterEach(() => publisher.close());

const read = (have: readonly string[] = [PINNED]) => readRelease(publisher.pinned(), have, { into: publisher.into });

async function install(confirm: (offer: Offer) => Promise<boolean> = async () => true) {
  const release = await read();
  if (!release) throw new Error('nothing newer');
  const { entry, golden } = release;
  return installPack({ source: entry.name, into: publisher.into, golden, find: () => entry, confirm });
}

const installed = async (): Promise<string[]> => [...(await listPacks([publisher.into])).packs.keys()];

describe('a publisher of models wants', () => {
  it('to have its model fetched before a yes', async () => {
    await expect(install(async () => false)).rejects.toMatchObject({ code: 'cancelled' });
    expect(publisher.asked).toEqual(['GET /manifest.json', 'HEAD /files/model.onnx']);
  });

  it('to bring an older model back that was withdrawn, or the same again', async () => {
    expect(await read([PINNED, NEWER])).toBeUndefined();
    expect(await read([PINNED, '2026-12-24'])).toBeUndefined();
    publisher.told.version = PINNED;
    expect(await read()).toBeUndefined();
    expect(publisher.asked.filter((one) => one !== 'GET /manifest.json')).toEqual([]);
  });

  it('to lead to files elsewhere', async () => {
    for (const url of [
      'https://evil.example/files/model.onnx',
      `${publisher.address}/files/../other/model.onnx`,
      'file:///etc/passwd',
    ]) {
      publisher.told.model_url = url;
      await expect(read()).rejects.toMatchObject({ code: 'pack-invalid' });
    }
  });

  it('to send more than was told', async () => {
    publisher.model = Buffer.concat([MODEL, Buffer.alloc(1_000_000)]);
    await expect(install()).rejects.toMatchObject({ code: 'too-large' });
    expect(await installed()).toEqual([]);
  });

  it('to send another file than was told', async () => {
    publisher.model = Buffer.from(MODEL);
    publisher.model[publisher.model.length - 1] = 14;
    await expect(install()).rejects.toMatchObject({ code: 'hash-mismatch' });
    expect(await installed()).toEqual([]);
  });

  it('to run operators that nobody knows', async () => {
    publisher.model = CUSTOM;
    publisher.told.sha256 = sha256(CUSTOM);
    await expect(install()).rejects.toMatchObject({ code: 'pack-invalid' });
    expect(await installed()).toEqual([]);
  });

  it('to answer otherwise than its publisher states', async () => {
    publisher.told.golden_logit = 1000;
    await expect(install()).rejects.toMatchObject({ code: 'pack-invalid' });
    expect(await installed()).toEqual([]);
  });

  it('to fill the memory or the schema with a manifest', async () => {
    for (const change of [
      { norm_std: [0, 1, 1] },
      { sha256: 'x' },
      { version: '../../elsewhere' },
      { calibration: { type: 'sigmoid', temperature: -1, bias: 0 } },
      { bytes: 1e18 },
    ]) {
      const before = publisher.told;
      publisher.told = { ...publisher.told, ...change };
      await expect(read()).rejects.toMatchObject({ code: 'pack-invalid' });
      publisher.told = before;
    }
    publisher.told.notes = 'x'.repeat(100_000);
    await expect(read()).rejects.toMatchObject({ code: 'too-large' });
    expect((await readdir(publisher.into)).filter((name) => name.startsWith('.staging'))).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { calibrate } from '../judging/calibration.ts';
import { readPack } from './pack-folder.ts';
import { encodePublished, type PublishedLooks, readPublished } from './published-real.ts';
import { verifyPackFiles } from './verify-files.ts';

const STARTER = fileURLToPath(new URL('../../packs/starter', import.meta.url));
const PICTURES = 3;
const CONDITIONS = ['clean', 'web'];

let folder: string;
let columns: number;
let looks: PublishedLooks[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-published-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(STARTER, folder, { recursive: true });
  columns = (await readPack(folder)).manifest.output.embedding?.size ?? 0;
  looks = CONDITIONS.map((_, condition) => ({
    design: {
      values: Float32Array.from({ length: PICTURES * columns }, (_unused, i) => Math.sin(i + condition)),
      rows: PICTURES,
      columns,
    },
    baseLogits: Float64Array.of(-1.5, 0.25, condition),
  }));
});

/** Writes the file and what pack.json says of it. */
async function publish(bytes: Uint8Array, change: object = {}): Promise<void> {
  const path = join(folder, 'pack.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  const published = {
    file: 'published-real.bin',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.byteLength,
    graph: manifest.model.sha256,
    pictures: PICTURES,
    conditions: CONDITIONS,
    meaning: 'real photographs',
    ...change,
  };
  await writeFile(join(folder, 'published-real.bin'), bytes);
  await writeFile(path, JSON.stringify({ ...manifest, published }));
}

describe('the real pictures that a pack brings along', () => {
  it('come back as they were written, but for what half precision loses', async () => {
    await publish(encodePublished(looks));
    const pack = await readPack(folder);
    await verifyPackFiles(pack);
    const found = await readPublished(pack);
    expect(found).toHaveLength(CONDITIONS.length);
    for (const [index, { design, baseLogits }] of found.entries()) {
      const wanted = looks[index];
      expect([...baseLogits]).toEqual([...(wanted?.baseLogits ?? [])]);
      expect({ ...design, values: design.values.length }).toEqual({
        rows: PICTURES,
        columns,
        values: PICTURES * columns,
      });
      for (const [i, value] of design.values.entries()) {
        expect(Math.abs(value - (wanted?.design.values[i] ?? Number.NaN))).toBeLessThan(1e-3);
      }
    }
  });

  it('are none where a pack brings none', async () => {
    expect(await readPublished(await readPack(folder))).toEqual([]);
  });

  it.each([
    ['of another graph', { graph: 'a'.repeat(64) }, /another graph/],
    ['of another number of pictures', { pictures: PICTURES + 1 }, /published.bytes/],
    ['under the name of the model', { file: 'MODEL.onnx' }, /different names/],
    ['outside of the pack', { file: '../model.bin' }, /published.file/],
  ])('are refused %s', async (_, change, why) => {
    await publish(encodePublished(looks), change);
    await expect(readPack(folder)).rejects.toMatchObject({ code: 'pack-invalid', detail: expect.stringMatching(why) });
  });

  it('are refused where the file was changed, or holds no numbers', async () => {
    const bytes = encodePublished(looks);
    bytes.fill(0xff, 0, 4);
    await publish(bytes);
    const pack = await readPack(folder);
    await expect(readPublished(pack)).rejects.toMatchObject({ detail: expect.stringMatching(/finite/) });
    await writeFile(join(folder, 'published-real.bin'), bytes.fill(0));
    await expect(verifyPackFiles(pack)).rejects.toMatchObject({ detail: expect.stringMatching(/sha256/) });
  });

  it('cannot be written where a feature is too large', () => {
    const design = { values: Float32Array.of(1e6), rows: 1, columns: 1 };
    expect(() => encodePublished([{ design, baseLogits: Float64Array.of(0) }])).toThrow(RangeError);
  });
});

it('the shipped thorough pack brings a thousand real photographs, clean and as a web page shows them, and accuses at most one in a hundred', async () => {
  const pack = await readPack(fileURLToPath(new URL('../../packs/thorough', import.meta.url)));
  const { calibration, thresholds, output, published } = pack.manifest;
  expect(published?.conditions).toEqual(['clean', 'web']);
  const found = await readPublished(pack);
  expect(found).toHaveLength(2);
  for (const { design, baseLogits } of found) {
    expect(baseLogits.length).toBeGreaterThanOrEqual(1_000);
    expect(design).toMatchObject({ rows: baseLogits.length, columns: output.embedding?.size });
    const accused = baseLogits.filter((logit) => calibrate(logit, calibration) > thresholds.fakeAbove).length;
    expect(accused / baseLogits.length).toBeLessThanOrEqual(0.01);
  }
});

import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPack } from '../judging/run-pack.ts';
import { goldenView } from '../pack/golden.ts';
import { listPacks, readPack } from '../pack/pack-folder.ts';
import { openPack } from './pack-session.ts';

const packsFolder = fileURLToPath(new URL('../../packs', import.meta.url));
const starter = join(packsFolder, 'starter');
let scratch = '';

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'touchstone-packs-'));
});
afterAll(() => rm(scratch, { recursive: true }));

async function changedCopy(name: string, change: (manifest: Record<string, unknown>) => void): Promise<string> {
  const folder = join(scratch, name);
  await cp(starter, folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(starter, 'pack.json'), 'utf8'));
  change(manifest);
  await rm(join(folder, 'pack.json'));
  await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest));
  return folder;
}

/** A pack.json with a native look. */
interface Manifest {
  readonly input: Record<string, unknown>;
  readonly output: { tokens?: unknown; readonly native: Record<string, unknown> };
}

/** Numbers of the starter's embedding, which stands for tokens here. */
const FEATURES = 1024;

/** What else a pack says of a head of each kind. */
const HEADS = {
  face: { margin: 1.3, minimumSide: 128, above: 1 },
  native: { minimumSide: 640, from: 0.05, detail: { fine: 0.1, high: 0.01 }, share: 0.5, scale: 0.8, bias: -0.1 },
} as const;

/** A starter pack that answers to faces, or to native looks, by a line over its embedding. @param head what its file holds */
async function withTokenHead(
  which: keyof typeof HEADS,
  name: string,
  head: { readonly kind: string; readonly weights?: readonly unknown[]; readonly bias?: number },
): Promise<string> {
  const text = JSON.stringify(head);
  const { output } = (await readPack(starter)).manifest;
  const file = { file: `${which}.json`, sha256: createHash('sha256').update(text).digest('hex'), bytes: text.length };
  const golden = head.weights?.length === FEATURES ? await goldenOf(head.weights as number[], head.bias ?? 0) : 0;
  const folder = await changedCopy(`${which}-${name}`, (m) =>
    Object.assign(m.output as object, {
      tokens: { name: output.embedding?.name, size: [1, FEATURES] },
      [which]: { head: { ...file, version: '1.0.0' }, ...HEADS[which], meaning: 'a test', golden },
    }),
  );
  await writeFile(join(folder, `${which}.json`), text);
  return folder;
}

async function goldenOf(weights: readonly number[], bias: number): Promise<number> {
  const pack = await readPack(starter);
  const session = await openPack(pack);
  const { embeddings } = await session.run([{ data: new Uint8Array(goldenView(pack.manifest.input)), count: 1 }]);
  await session.release();
  return weights.reduce((sum, weight, i) => sum + weight * (embeddings[i] ?? Number.NaN), bias);
}

describe('installed packs', async () => {
  const { packs, refused } = await listPacks([packsFolder]);
  it('are all valid', () => {
    expect(refused).toEqual([]);
    expect([...packs.values()].map(({ manifest }) => manifest.name)).toContain('starter');
  });
  it.each([...packs.values()])('$manifest.name answers its golden logit', async (pack) => {
    const session = await openPack(pack);
    expect(Math.abs(session.goldenLogit - pack.manifest.golden.logit)).toBeLessThanOrEqual(
      pack.manifest.golden.tolerance,
    );
    await session.release();
  });
});

describe('a pack', async () => {
  const pack = await readPack(starter);

  it('answers each view of a batch as if it were alone', async () => {
    const session = await openPack(pack);
    const golden = { data: new Uint8Array(goldenView(pack.manifest.input)), count: 1 };
    const grey = { data: new Uint8Array(224 * 224 * 3).fill(128), count: 1 };
    const alone = await session.run([grey]);
    const together = await session.run([golden, grey]);
    expect(together.logits[0]).toBeCloseTo(pack.manifest.golden.logit, 3);
    expect(together.logits[1]).toBeCloseTo(alone.logits[0] ?? Number.NaN, 3);
    expect(together.embeddings).toHaveLength(2 * (pack.manifest.output.embedding?.size ?? 0));
    await session.release();
  });

  it('judges a raw picture', async () => {
    const session = await openPack(pack);
    const data = Uint8Array.from({ length: 640 * 480 * 3 }, (_, i) => (i * 31) % 251);
    const answer = await runPack(session, { data, width: 640, height: 480 });
    expect(answer.probability).toBeGreaterThan(0);
    expect(answer.probability).toBeLessThan(1);
    // One row for each of its five crops.
    expect(answer.embeddings).toHaveLength(5 * 1024);
    expect(answer.patches).toBeUndefined();
    await session.release();
  });

  it('answers to faces where it says so', async () => {
    const { logit } = pack.manifest.golden;
    const face = { logit: 'logit', margin: 1.3, minimumSide: 128, above: 1, meaning: 'a test', golden: logit };
    const folder = await changedCopy('faces', (m) => Object.assign(m.output as object, { face }));
    const session = await openPack(await readPack(folder));
    const picture = { data: new Uint8Array(224 * 224 * 3).fill(90), width: 224, height: 224 };
    const answer = await runPack(session, picture);
    expect(answer.face).toBeCloseTo(answer.logit, 4);
    await session.release();
    const other = await changedCopy('other-faces', (m) =>
      Object.assign(m.output as object, { face: { ...face, golden: logit + 1 } }),
    );
    await expect(openPack(await readPack(other))).rejects.toMatchObject({
      detail: expect.stringMatching(/golden logit/),
    });
  });

  it.each([
    ['face', 'faces'],
    ['native', 'natives'],
  ] as const)('answers with its %s head by a line over the tokens of its graph', async (which, rows) => {
    const weights = Array.from({ length: FEATURES }, (_, i) => ((i % 7) - 3) / 100);
    const folder = await withTokenHead(which, 'head', { kind: 'logistic', weights, bias: 0.25 });
    const session = await openPack(await readPack(folder));
    const outputs = await session.run([{ data: new Uint8Array(goldenView(pack.manifest.input)), count: 1 }]);
    const due = weights.reduce((sum, weight, i) => sum + weight * (outputs.embeddings[i] ?? Number.NaN), 0.25);
    expect(outputs[rows]).toHaveLength(1);
    expect(outputs[rows]?.[0]).toBeCloseTo(due, 4);
    expect(outputs[rows === 'faces' ? 'natives' : 'faces']).toBeUndefined();
    await session.release();
  });

  it('whose native head answers otherwise than it says is refused', async () => {
    const weights = Array.from({ length: FEATURES }, () => 0.01);
    const folder = await withTokenHead('native', 'other', { kind: 'logistic', weights, bias: 0.25 });
    const manifest = JSON.parse(await readFile(join(folder, 'pack.json'), 'utf8'));
    manifest.output.native.golden += 1;
    await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest));
    await expect(openPack(await readPack(folder))).rejects.toMatchObject({
      detail: expect.stringMatching(/golden logit/),
    });
  });

  it.each([
    ['of too few weights', { kind: 'logistic', weights: [1], bias: 0 }, /1 weights for 1024/],
    ['of another kind', { kind: 'neighbours', neighbours: 1, labels: '01', vectors: '' }, /neighbours/],
    ['with a weight that is no number', { kind: 'logistic', weights: [null], bias: 0 }, /weights/],
  ])('with a line over its tokens %s is refused', async (name, head, detail) => {
    const folder = await withTokenHead('face', name.replaceAll(' ', '-'), head);
    await expect(openPack(await readPack(folder))).rejects.toMatchObject({
      code: 'pack-invalid',
      detail: expect.stringMatching(detail),
    });
  });

  it('whose line over its tokens was changed is refused', async () => {
    const folder = await withTokenHead('face', 'changed', { kind: 'logistic', weights: [], bias: 0 });
    const text = await readFile(join(folder, 'face.json'), 'utf8');
    await writeFile(join(folder, 'face.json'), text.replace('"bias":0', '"bias":1'));
    await expect(openPack(await readPack(folder))).rejects.toMatchObject({ detail: expect.stringMatching(/sha256/) });
  });

  it.each([
    ['without tokens', (output: Record<string, unknown>) => delete output.tokens],
    ['beside a logit', ({ face }: Record<string, unknown>) => Object.assign(face as object, { logit: 'logit' })],
    [
      'under the name of the card',
      ({ face }: Record<string, { head?: object }>) => Object.assign(face?.head ?? {}, { file: 'card.md' }),
    ],
  ] as const)('with a line %s is refused when it is listed', async (name, change) => {
    const folder = await withTokenHead('face', name.replaceAll(' ', '-'), {
      kind: 'logistic',
      weights: [],
      bias: 0,
    });
    const manifest = JSON.parse(await readFile(join(folder, 'pack.json'), 'utf8'));
    change(manifest.output);
    await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest));
    await expect(readPack(folder)).rejects.toMatchObject({ code: 'pack-invalid' });
  });

  it.each([
    ['of a picture smaller than its view', (m: Manifest) => Object.assign(m.output.native, { minimumSide: 64 })],
    ['without tokens', (m: Manifest) => delete m.output.tokens],
    ['without a share', (m: Manifest) => Object.assign(m.output.native, { share: 0 })],
    [
      'beside a second one',
      (m: Manifest) =>
        Object.assign(m.input, { second: { view: { kind: 'squash' }, from: 0.2, to: 0.8, minimumSide: 300 } }),
    ],
  ] as const)('with a native look %s is refused when it is listed', async (name, change) => {
    const folder = await withTokenHead('native', name.replaceAll(' ', '-'), {
      kind: 'logistic',
      weights: [],
      bias: 0,
    });
    const manifest = JSON.parse(await readFile(join(folder, 'pack.json'), 'utf8')) as Manifest;
    change(manifest);
    await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest));
    await expect(readPack(folder)).rejects.toMatchObject({ code: 'pack-invalid' });
  });

  it.each([
    [
      'other weights',
      (m: Record<string, unknown>) => Object.assign(m.model as object, { sha256: 'a'.repeat(64) }),
      /sha256/,
    ],
    ['another length', (m: Record<string, unknown>) => Object.assign(m.model as object, { bytes: 7 }), /7/],
    [
      'another golden logit',
      (m: Record<string, unknown>) => Object.assign(m.golden as object, { logit: -1 }),
      /golden/,
    ],
    [
      'an output that is not there',
      (m: Record<string, unknown>) => Object.assign(m.output as object, { logit: 'x' }),
      /lacks x/,
    ],
  ])('with %s is refused when it is opened', async (name, change, detail) => {
    const folder = await changedCopy(name.replaceAll(' ', '-'), change);
    await expect(openPack(await readPack(folder))).rejects.toMatchObject({
      code: 'pack-invalid',
      detail: expect.stringMatching(detail),
    });
  });

  it.each([
    [
      'a path that leaves its folder',
      (m: Record<string, unknown>) => Object.assign(m.model as object, { file: '../model.onnx' }),
    ],
    ['an unknown format', (m: Record<string, unknown>) => Object.assign(m, { format: 4 })],
    [
      'thresholds that cross',
      (m: Record<string, unknown>) => Object.assign(m.thresholds as object, { realBelow: 0.99 }),
    ],
    [
      'a word for the less probable side',
      (m: Record<string, unknown>) => Object.assign(m.thresholds as object, { realBelow: 0.55 }),
    ],
    [
      'a lean beyond its verdict',
      (m: Record<string, unknown>) => Object.assign(m.thresholds as object, { leansAi: 0.999 }),
    ],
    [
      'a lean across one half',
      (m: Record<string, unknown>) => Object.assign(m.thresholds as object, { leansAuthentic: 0.51 }),
    ],
  ])('with %s is refused when it is listed', async (name, change) => {
    const folder = await changedCopy(name.replaceAll(' ', '-'), change);
    await expect(readPack(folder)).rejects.toMatchObject({ code: 'pack-invalid' });
  });

  it('that is not there at all is refused', async () => {
    await expect(readPack(join(scratch, 'nothing'))).rejects.toMatchObject({ code: 'pack-invalid' });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkGraph, describeHuggingFaceFolder, readPack, verifyPackFiles } from '@touchstone/models';
import { TouchstoneError } from '@touchstone/shared';
import { installStandIns } from '../../bench/stand-in-pack.ts';
import { mutate } from '../../src/evidence/fixtures/mutate.ts';
import type { FuzzTarget, SeededRandom } from '../fuzz-target.ts';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-fuzz-packs-'));
await installStandIns(folder);
const description = await readFile(join(folder, 'packs', 'quick', 'pack.json'));
const graph = await readFile(join(folder, 'packs', 'quick', 'model.onnx'));
// What it would be without a change is taken, so that a refusal is the change's.
checkGraph(join(folder, 'packs', 'quick', 'model.onnx'), []);

/** Fields of ONNX that lead further in, as onnx.proto3 numbers them. */
const FIELDS = [1, 2, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15, 22, 23, 25];
const VALUES: readonly unknown[] = [null, -1, 0, 1e308, 2 ** 53, '', '../x', '__proto__', [], {}, true, 'NaN', [[]]];
/** Depths beyond what is allowed, so that the limit is met. */
const MAX_DEPTH = 40;

/** Messages in messages, of the right shape and the wrong sense. */
function randomMessage(random: SeededRandom, depth: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = random.int(4); i >= 0; i--) {
    const field = random.pick(FIELDS);
    if (depth === 0 || random.int(3) === 0) parts.push(Buffer.from([field * 8, random.int(128)]));
    else {
      const body = random.int(4) === 0 ? Buffer.from(random.bytes(random.int(9))) : randomMessage(random, depth - 1);
      const wide = field * 8 + 2;
      const key = wide < 128 ? [wide] : [(wide & 127) | 128, wide >> 7];
      const size = [(body.length & 127) | 128, ((body.length >> 7) & 127) | 128, (body.length >> 14) & 127];
      parts.push(Buffer.from(key), Buffer.from(size), body);
    }
    // The size above has three groups of seven bits.
    if (parts.reduce((sum, part) => sum + part.length, 0) > 100_000) break;
  }
  return Buffer.concat(parts);
}

/** One entry somewhere inside is replaced by another kind of value, or left out. */
function changedJson(text: string, random: SeededRandom): string {
  const data = JSON.parse(text) as Record<string, unknown>;
  let place: Record<string, unknown> = data;
  for (;;) {
    const key = random.pick(Object.keys(place));
    const inner = place[key];
    if (typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && random.int(3) > 0) {
      place = inner as Record<string, unknown>;
      continue;
    }
    if (random.int(5) === 0) delete place[key];
    else place[key] = random.pick(VALUES);
    return JSON.stringify(data);
  }
}

const config = JSON.stringify({ architectures: ['A'], num_labels: 2, id2label: { 0: 'real', 1: 'fake' } });
const preprocessor = JSON.stringify({
  size: { height: 224, width: 224 },
  resample: 2,
  do_center_crop: true,
  crop_size: 224,
  image_mean: [0.5, 0.5, 0.5],
  image_std: [0.5, 0.5, 0.5],
});

const whole = (bytes: Uint8Array): [number, number] => [0, bytes.length];

async function tryOne(random: SeededRandom): Promise<void> {
  const kind = random.int(4);
  if (kind === 0) {
    const changed = (text: string) => (random.int(2) === 0 ? text : changedJson(text, random));
    describeHuggingFaceFolder(JSON.parse(changed(config)), JSON.parse(changed(preprocessor)));
  } else if (kind === 1) {
    const text = random.int(2) === 0 ? changedJson(description.toString(), random) : undefined;
    const bytes = text ?? mutate(description, whole(description), (below) => random.int(below));
    await writeFile(join(folder, 'pack.json'), bytes);
    await verifyPackFiles(await readPack(folder));
  } else {
    const bytes =
      kind === 2
        ? mutate(graph, whole(graph), (below) => random.int(below))
        : randomMessage(random, random.int(MAX_DEPTH));
    const path = join(folder, 'model.onnx');
    await writeFile(path, bytes);
    checkGraph(path, ['model.data']);
  }
}

/** Descriptions and graphs of packs, up to where a graph would run: that happens in a process that may crash. */
export const target: FuzzTarget = {
  name: 'packs',
  async run(random) {
    try {
      await tryOne(random);
    } catch (error) {
      if (!(error instanceof TouchstoneError) || error.code === 'internal') throw error;
    }
  },
  async close() {
    rmSync(folder, { recursive: true, force: true });
  },
};

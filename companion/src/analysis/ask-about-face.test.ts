import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Pack, type RawPicture, readPack, type ViewBatch } from '@touchstone/models';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InferenceEngine } from '../inference/inference-engine.ts';
import { askAboutFace, cutFor } from './ask-about-face.ts';

/** Written by models/training/face_golden.py. */
interface Golden {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  readonly side: number;
  /** Cells a side of each view. */
  readonly cells: number;
  /** Box: left, top, right, bottom in pixels; cells: mean red, green and blue of each, row by row. */
  readonly faces: readonly {
    readonly name: string;
    readonly box: readonly number[];
    readonly cells: readonly number[];
  }[];
}

/**
 * Levels of 256 by which the mean of a cell may differ: two libraries resize. Of enlarged views libvips lays the pixels half a pixel lower and
 * further right than Pillow, which is up to 5 levels in these waves.
 */
const NEAR = { shrunk: 1, enlarged: 6 } as const;

const golden: Golden = JSON.parse(await readFile(new URL('fixtures/face-views.json', import.meta.url), 'utf8'));
let pack: Pack;

beforeAll(async () => {
  const thorough = await readPack(fileURLToPath(new URL('../../../models/packs/thorough', import.meta.url)));
  const face = { logit: 'logit', margin: golden.margin, minimumSide: 128, above: 1, meaning: 'a test', golden: 0 };
  const { manifest } = thorough;
  pack = { ...thorough, manifest: { ...manifest, output: { ...manifest.output, face } } };
});

/** Waves of three colours, as face_golden.py makes them. */
function madePicture(): RawPicture {
  const { width, height } = golden;
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [pixel, c] = [Math.floor(i / 3), i % 3];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return 127.5 + 100 * Math.sin(x / (9 + 4 * c) + y / (31 - 7 * c));
  });
  return { data, width, height };
}

function cellsOf({ data }: ViewBatch): number[] {
  const { side, cells } = golden;
  const step = side / cells;
  const sums = new Float64Array(cells * cells * 3);
  for (const [i, value] of data.entries()) {
    const [pixel, c] = [Math.floor(i / 3), i % 3];
    const [x, y] = [Math.floor((pixel % side) / step), Math.floor(pixel / side / step)];
    const cell = (y * cells + x) * 3 + c;
    sums[cell] = (sums[cell] ?? 0) + value / step ** 2;
  }
  return [...sums];
}

describe('the view of a face', () => {
  it.each(golden.faces)('$name is the one that the head was taught on', async ({ box, cells }) => {
    const [left = 0, top = 0, right = 0, bottom = 0] = box;
    const { width, height } = golden;
    const area = { x: left / width, y: top / height, width: (right - left) / width, height: (bottom - top) / height };
    const cut = cutFor(pack, madePicture(), area);
    const seen: ViewBatch[] = [];
    const engine: Pick<InferenceEngine, 'judge'> = {
      judge: async (_, views) => {
        seen.push(views);
        const answer = { logit: 0, probability: 0.5, embeddings: new Float32Array(0), patches: undefined, face: 7 };
        return { answer, provider: 'cpu' };
      },
    };
    expect(cut && (await askAboutFace(cut, pack, { lane: 'asked' }, engine))).toBe(7);
    expect(seen.map(({ count }) => count)).toEqual([1]);
    const found = seen.flatMap(cellsOf);
    expect(found).toHaveLength(cells.length);
    const near = Math.min(cut?.width ?? 0, cut?.height ?? 0) > golden.side ? NEAR.shrunk : NEAR.enlarged;
    for (const [i, mean] of found.entries()) expect(Math.abs(mean - (cells[i] ?? Number.NaN))).toBeLessThan(near);
  });

  it('is not made of a face smaller than the pack was measured on, nor for a pack that does not answer to faces', () => {
    const small = { x: 0.1, y: 0.1, width: 127 / golden.width, height: 0.5 };
    expect(cutFor(pack, madePicture(), small)).toBeUndefined();
    const { face: _, ...output } = pack.manifest.output;
    const silent = { ...pack, manifest: { ...pack.manifest, output } };
    expect(cutFor(silent, madePicture(), { x: 0, y: 0, width: 1, height: 1 })).toBeUndefined();
  });
});

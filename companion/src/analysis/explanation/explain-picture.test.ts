import { fileURLToPath } from 'node:url';
import {
  combineLogits,
  type PackAnswer,
  type PackManifest,
  type RawPicture,
  readPack,
  type ViewBatch,
  viewsOf,
} from '@touchstone/models';
import { Explanation } from '@touchstone/shared';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { toGrid, viewAreas } from './cells.ts';
import { explainPicture } from './explain-picture.ts';
import { occlusionCells } from './occlusion.ts';
import { regionsOf } from './regions.ts';

const folder = fileURLToPath(new URL('../../../../models/packs/quick', import.meta.url));
const { manifest: quick } = await readPack(folder);

const VIEW_SIDE = 64;

/** A pack that looks at the whole picture at once, and has no patches. */
const wholePack: PackManifest = {
  ...quick,
  name: 'whole',
  input: { ...quick.input, size: [VIEW_SIDE, VIEW_SIDE], views: [{ kind: 'squash' }] },
  output: { logit: 'logit' },
};

/** A picture of one grey with one bright rectangle, in parts of its sides. */
function spotted(width: number, height: number, spot: { x: number; y: number; side: number }): RawPicture {
  const data = new Uint8Array(width * height * 3).fill(90);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inside = Math.abs(x / width - spot.x) < spot.side / 2 && Math.abs(y / height - spot.y) < spot.side / 2;
      // Stripes: a hidden cell takes their mean, so that nothing of them is left. One pixel of the view wide, since finer ones are
      // gone in some views before anything is hidden.
      if (inside && Math.floor((x * VIEW_SIDE) / width) % 2 === 0)
        data.fill(250, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return { data, width, height };
}

/** A session that knows one thing: rough places speak for AI (or for a camera). Counts its runs. */
function roughnessJudge(manifest: PackManifest, sign: 1 | -1 = 1) {
  const [height, width] = manifest.input.size;
  let runs = 0;
  const judge = async ({ data, count }: ViewBatch): Promise<PackAnswer> => {
    runs += 1;
    const logits = Float32Array.from({ length: count }, (_, view) => {
      let sum = 0;
      for (let y = 0; y < height; y += 1) {
        for (let x = 1; x < width; x += 1) {
          const at = ((view * height + y) * width + x) * 3;
          sum += Math.abs((data[at] ?? 0) - (data[at - 3] ?? 0)) / 255;
        }
      }
      return (sign * sum * 20) / (width * height);
    });
    return {
      logit: combineLogits(logits, 'mean-logit'),
      probability: 0.5,
      embeddings: new Float32Array(0),
      patches: undefined,
    };
  };
  return { judge, runs: () => runs };
}

/** Cell of the grid with the largest value, as the middle of it in parts of the picture. */
function peakOf({ columns, rows, values }: Explanation): { x: number; y: number } {
  const peak = values.indexOf(Math.max(...values));
  return { x: ((peak % columns) + 0.5) / columns, y: (Math.floor(peak / columns) + 0.5) / rows };
}

describe('explainPicture by occlusion', () => {
  it('gives the one place that moves the score the peak, for pictures of any shape', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 120, max: 320 }),
        fc.integer({ min: 120, max: 320 }),
        fc.nat(),
        async (width, height, which) => {
          const cells = occlusionCells(wholePack.input, { width, height });
          const cell = cells[which % cells.length] ?? { left: 0, top: 0, right: 1, bottom: 1 };
          const spot = { x: (cell.left + cell.right) / 2, y: (cell.top + cell.bottom) / 2, side: 0.12 };
          const { judge, runs } = roughnessJudge(wholePack);
          const explanation = await explainPicture(viewsOf(spotted(width, height, spot)), wholePack, 'ai', judge);
          expect(v.is(Explanation, explanation)).toBe(true);
          const peak = peakOf(explanation);
          expect(peak.x).toBeGreaterThan(cell.left);
          expect(peak.x).toBeLessThan(cell.right);
          expect(peak.y).toBeGreaterThan(cell.top);
          expect(peak.y).toBeLessThan(cell.bottom);
          expect(Math.max(...explanation.values)).toBe(1);
          expect(explanation.runs).toBe(runs());
          expect(explanation.runs).toBeLessThanOrEqual(12);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('names the place, and only in the direction of the verdict', async () => {
    const picture = spotted(200, 200, { x: 0.15, y: 0.85, side: 0.2 });
    const ai = await explainPicture(viewsOf(picture), wholePack, 'ai', roughnessJudge(wholePack).judge);
    expect(ai.regions).toEqual([{ place: 'lower-left', weight: 1 }]);
    const against = await explainPicture(viewsOf(picture), wholePack, 'authentic', roughnessJudge(wholePack).judge);
    expect(against.regions).toEqual([]);
    const camera = await explainPicture(viewsOf(picture), wholePack, 'authentic', roughnessJudge(wholePack, -1).judge);
    expect(camera.regions[0]?.place).toBe('lower-left');
    expect(Math.min(...camera.values)).toBe(-1);
  });

  it('says nothing of a picture in which nothing moves the score', async () => {
    const flat = { data: new Uint8Array(100 * 100 * 3).fill(90), width: 100, height: 100 };
    const { values, regions } = await explainPicture(viewsOf(flat), wholePack, 'ai', roughnessJudge(wholePack).judge);
    expect([new Set(values), regions]).toEqual([new Set([0]), []]);
  });

  it('leaves out what no view looks at', async () => {
    const centre: PackManifest = {
      ...wholePack,
      input: { ...wholePack.input, views: [{ kind: 'resize-shorter', side: 64, crop: 'center' }] },
    };
    const picture = spotted(400, 100, { x: 0.5, y: 0.5, side: 0.2 });
    const { columns, rows, values } = await explainPicture(
      viewsOf(picture),
      centre,
      'ai',
      roughnessJudge(centre).judge,
    );
    expect([columns, rows]).toEqual([16, 4]);
    const outside = values.filter((_, index) => Math.abs((index % columns) - 7.5) > 2);
    expect(outside).toHaveLength(48);
    expect(outside.every((value) => value === 0)).toBe(true);
    expect(Math.max(...values)).toBe(1);
  });

  it('fails as its runs fail', async () => {
    const picture = spotted(100, 100, { x: 0.5, y: 0.5, side: 0.2 });
    let calls = 0;
    const judge = (views: ViewBatch) => {
      calls += 1;
      return calls > 3 ? Promise.reject(new Error('cancelled')) : roughnessJudge(wholePack).judge(views);
    };
    await expect(explainPicture(viewsOf(picture), wholePack, 'ai', judge)).rejects.toThrow('cancelled');
  });
});

describe('explainPicture by patches', () => {
  const picture = spotted(300, 200, { x: 0.5, y: 0.5, side: 0.2 });
  const answerOf = (patches: Float32Array, logit: number) => async (): Promise<PackAnswer> => ({
    logit,
    probability: 0.5,
    embeddings: new Float32Array(0),
    patches,
  });

  it('takes the map of a pack whose score is the mean of its patches, in two runs', async () => {
    const patches = new Float32Array(2 * 49).fill(-1);
    // The first view shows the whole height; its upper left cell lies at the left edge of the central square.
    patches[0] = 30;
    const mean = patches.reduce((sum, value) => sum + value, 0) / patches.length;
    const explanation = await explainPicture(viewsOf(picture), quick, 'ai', answerOf(patches, mean));
    expect(explanation).toMatchObject({ method: 'patches', runs: 2, regions: [{ place: 'upper-left', weight: 1 }] });
    const [first] = viewAreas(quick.input, picture);
    const peak = peakOf(explanation);
    expect(peak.x).toBeGreaterThan(first?.left ?? 1);
    expect(peak.x).toBeLessThan((first?.left ?? 0) + 1 / 7);
    expect(peak.y).toBeLessThan(1 / 7);
  });

  it('does not take a map that is not the score', async () => {
    const patches = new Float32Array(2 * 49).fill(3);
    const explanation = await explainPicture(viewsOf(picture), quick, 'ai', answerOf(patches, 1));
    expect(explanation.method).toBe('occlusion');
  });
});

describe('regionsOf', () => {
  it('names no place when the evidence lies everywhere', () => {
    expect(regionsOf([{ left: 0, top: 0, right: 1, bottom: 1, value: 1 }], 'ai')).toEqual([]);
  });

  it('names at most three, strongest first', () => {
    const places = [0, 1, 2].map((column) => ({ left: column / 3, right: (column + 1) / 3 }));
    const cells = [0.7, 1, 0.9].map((value, index) => ({
      left: 0,
      right: 1,
      top: 0,
      bottom: 1,
      ...places[index],
      value,
    }));
    const regions = regionsOf(
      cells.map((cell) => ({ ...cell, bottom: 1 / 3 })),
      'none',
    );
    expect(regions.map(({ place }) => place)).toEqual(['upper', 'upper-right', 'upper-left']);
  });
});

it('keeps the mean of a map when cells are laid on a grid that fits them', () => {
  const cells = [0, 1].flatMap((row) =>
    [0, 1].map((column) => ({
      left: column / 2,
      right: (column + 1) / 2,
      top: row / 2,
      bottom: (row + 1) / 2,
      value: row * 2 + column,
    })),
  );
  const { values } = toGrid(cells, { width: 100, height: 100 });
  expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(1.5, 9);
});

import { type PackAnswer, type PackManifest, prepareViews, type RawPicture, type ViewBatch } from '@touchstone/models';
import type { Explanation, VerdictValue } from '@touchstone/shared';
import { type Cell, scaled, toGrid, viewAreas } from './cells.ts';
import { hideIn, occlusionCells, occlusionValues } from './occlusion.ts';
import { patchCells } from './patch-map.ts';
import { regionsOf } from './regions.ts';

/** Judges the views of one picture. Called several times at once, so that the answers come in batches. */
export type JudgeViews = (views: ViewBatch) => Promise<PackAnswer>;

/**
 * Finds where in a picture a pack's score comes from: by the pack's own patches when its score is made of them, else by
 * hiding one part of the picture after the other (at most 12 runs of the graph).
 * @param picture decoded at full size
 * @param verdict whose places are named
 */
export async function explainPicture(
  picture: RawPicture,
  manifest: PackManifest,
  verdict: VerdictValue,
  judge: JudgeViews,
): Promise<Explanation> {
  const start = performance.now();
  const views = await prepareViews(picture, manifest.input);
  const whole = await judge(views);
  const patches = patchCells(manifest, whole, picture);
  const { cells, runs } = patches ? { cells: patches, runs: 1 } : await occlude(views, whole);
  const { columns, rows, values } = scaled(toGrid(cells, picture));
  return {
    method: patches ? 'patches' : 'occlusion',
    columns,
    rows,
    values: values.map((value) => Math.round(value * 1e3) / 1e3),
    regions: regionsOf(cells, verdict).map(({ place, weight }) => ({ place, weight: Math.round(weight * 1e3) / 1e3 })),
    pack: `${manifest.name}@${manifest.version}`,
    runs,
    took: Math.round(performance.now() - start),
  };

  async function occlude(untouched: ViewBatch, answer: PackAnswer): Promise<{ cells: Cell[]; runs: number }> {
    const areas = occlusionCells(manifest.input, picture);
    const where = viewAreas(manifest.input, picture);
    const answers = await Promise.all(areas.map((area) => judge(hideIn(untouched, where, area, manifest.input.size))));
    return { cells: occlusionValues(areas, answer, answers), runs: areas.length + 1 };
  }
}

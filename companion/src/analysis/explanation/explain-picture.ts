import type { PackAnswer, PackManifest, ViewBatch, ViewSource } from '@touchstone/models';
import type { Explanation, Leaning } from '@touchstone/shared';
import { type Area, scaled, toGrid, viewAreas } from './cells.ts';
import { blurViews, hideIn, occlusionCells, occlusionValues } from './occlusion.ts';
import { patchCells, patchesAreScore } from './patch-map.ts';
import { regionsOf } from './regions.ts';

/** Judges the views of one picture. Called several times at once, so that the answers come in batches. */
export type JudgeViews = (views: ViewBatch) => Promise<PackAnswer>;

/**
 * Finds where in a picture a pack's score comes from: by the pack's own patches when its score is made of them, else by
 * hiding one part of the picture after the other (at most 12 runs of the graph).
 * @param side of the verdict, whose places are named
 */
export async function explainPicture(
  picture: ViewSource,
  manifest: PackManifest,
  side: Leaning,
  judge: JudgeViews,
): Promise<Explanation> {
  const start = performance.now();
  const { size } = manifest.input;
  const views = await picture.views(manifest.input);
  const filling = await blurViews(views, size);
  const where = viewAreas(manifest.input, picture);
  const [first, ...others] = occlusionCells(manifest.input, picture);
  const hiding = (area: Area): Promise<PackAnswer> => judge(hideIn(views, filling, where, area, size));

  const [whole, ...hidden] = await Promise.all([judge(views), ...(first ? [hiding(first)] : [])]);
  const patches = patchesAreScore(manifest, [whole, ...hidden]);
  if (!patches) hidden.push(...(await Promise.all(others.map(hiding))));
  const cells = patches
    ? patchCells(manifest, whole, picture)
    : occlusionValues(first ? [first, ...others] : [], whole, hidden);
  const { columns, rows, values } = scaled(toGrid(cells, picture));
  return {
    method: patches ? 'patches' : 'occlusion',
    columns,
    rows,
    values: values.map((value) => Math.round(value * 1e3) / 1e3),
    regions: regionsOf(cells, side).map(({ place, weight }) => ({ place, weight: Math.round(weight * 1e3) / 1e3 })),
    pack: `${manifest.name}@${manifest.version}`,
    runs: hidden.length + 1,
    took: Math.round(performance.now() - start),
  };
}

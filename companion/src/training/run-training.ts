import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Pack, readPublished } from '@touchstone/models';
import type { TeachData, TeachItem } from '@touchstone/models/learning';
import { packLabel, type TrainingStage, throwIfCancelled } from '@touchstone/shared';
import { unusableDataset } from '@touchstone/shared/words';
import { type DatasetItem, decodeVector, type ItemLook, type SeenItem, wasSeen } from './dataset.ts';
import type { FitThread } from './fit-thread.ts';
import { type LookAtItemsRooms, lookAtItems } from './look-at-items.ts';
import { summariseDataset } from './summarise-dataset.ts';
import { writeDocument } from './training-files.ts';
import type { KeptDataset, KeptTraining } from './training-records.ts';
import { predictionsOf, resultOf } from './training-result.ts';
import type { TrainingStore } from './training-store.ts';
import { type HeadPackPlaces, writeHeadPack } from './write-head-pack.ts';

export const [RESULT, PREDICTIONS] = ['result.json', 'predictions.json'];

export interface RunRooms extends LookAtItemsRooms {
  readonly store: TrainingStore;
  readonly fit: FitThread;
  readonly packs: Omit<HeadPackPlaces, 'draft'>;
  /** @throws TouchstoneError `pack-unknown` */
  readonly teachable: (label: string) => Pack;
}

/** Is told what is being done, and how much of it: a share, 0..1, and that of it which was done before this beginning. */
export type TellProgress = (stage: TrainingStage, share: number | null, before?: number) => void;

async function looksOf(
  rooms: RunRooms,
  { id, base: label }: Pick<KeptDataset, 'id' | 'base'>,
  tell: TellProgress,
  signal: AbortSignal,
) {
  tell('loading', null);
  const base = rooms.teachable(label);
  const items = await rooms.store.items(id);
  const looks = await lookAtItems(rooms, {
    folder: rooms.store.datasetFolder(id),
    items,
    base,
    signal,
    onProgress: (done, all, before) => tell('embedding', done / Math.max(1, all), before / Math.max(1, all)),
  });
  return { base, items, looks };
}

/** Looks at every picture of a data set. @returns what is in it */
export async function runDataset(rooms: RunRooms, kept: KeptDataset, tell: TellProgress, signal: AbortSignal) {
  const { base, items, looks } = await looksOf(rooms, kept, tell, signal);
  return summariseDataset(items, looks, base);
}

/** Pictures that were seen, as the learning room takes them. */
function teachData(items: readonly DatasetItem[], looks: ReadonlyMap<number, ItemLook>, base: Pack) {
  const seen = items.flatMap((described, item) => {
    const look = looks.get(item);
    return wasSeen(look) ? [{ described, item, look }] : [];
  });
  const columns = base.manifest.output.embedding?.size ?? 0;
  const values = new Float32Array(seen.length * columns);
  for (const [row, { look }] of seen.entries()) values.set(decodeVector(look.vector), row * columns);
  const data: TeachData = {
    design: { values, rows: seen.length, columns },
    items: seen.map(
      ({ described: { truth, ties, part }, look }): TeachItem => ({
        label: truth === 'ai' ? 1 : 0,
        ties,
        hash: look.hash,
        baseLogit: look.logit,
        part,
      }),
    ),
    base: {
      calibration: base.manifest.calibration,
      thresholds: base.manifest.thresholds,
    },
  };
  return { data, taughtItems: seen.map(({ item }) => item), dataHash: hashOf(seen) };
}

/** One hash for what taught, whatever its order. */
function hashOf(seen: readonly { readonly described: DatasetItem; readonly look: SeenItem }[]): string {
  const lines = seen.map(({ described, look }) => `${look.sha256} ${described.truth}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/**
 * Teaches a pack: from the pictures of a data set to an installed pack with its result. Whatever ends in the middle goes on with what
 * was looked at, and makes the same pack.
 * @returns `name@version`
 * @throws TouchstoneError `dataset-unusable` without both classes, `pack-unknown`, `cancelled`, and as `installPack`
 */
export async function runTraining(
  rooms: RunRooms,
  kept: KeptTraining,
  tell: TellProgress,
  signal: AbortSignal,
): Promise<string> {
  const { id, settings, version } = kept;
  const { base, items, looks } = await looksOf(rooms, { id: kept.dataset, base: kept.base }, tell, signal);
  const { data, taughtItems, dataHash } = teachData(items, looks, base);
  for (const [label, fault] of [
    [1, 'unread-ai'],
    [0, 'unread-real'],
  ] as const) {
    if (!data.items.some((item) => item.label === label)) throw unusableDataset(fault);
  }
  tell('training', 0);
  const published = await readPublished(base);
  const taught = await rooms.fit.teach({ ...data, published }, { ...settings, c: settings.penalty }, tell, signal);
  throwIfCancelled(signal);
  tell('evaluating', null);
  const folder = rooms.store.trainingFolder(id);
  const pack = packLabel({ name: settings.name, version });
  const result = resultOf({
    training: id,
    pack,
    base: { label: kept.base, fakeAbove: base.manifest.thresholds.fakeAbove },
    taught,
  });
  await writeDocument(join(folder, PREDICTIONS), predictionsOf(taught, items, looks, taughtItems));
  await writeDocument(join(folder, RESULT), result);
  const { trained, tested } = result;
  const plan = {
    name: settings.name,
    version,
    base,
    taught,
    training: kept,
    dataHash,
    counts: { trained, tested },
  };
  await writeHeadPack(plan, rooms.looker, { draft: join(folder, 'pack'), ...rooms.packs });
  return pack;
}

import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Pack } from '@touchstone/models';
import type { DatasetSummary } from '@touchstone/shared';
import type { Logger } from 'pino';
import * as v from 'valibot';
import type { History } from '../store/record-store.ts';
import { type DatasetItem, isRemoved } from './dataset.ts';
import { forgetMap } from './dataset-maps.ts';
import { isCaseTie, itemOf } from './gather-labels.ts';
import { forgetLooks, readLooks } from './look-at-items.ts';
import { PREDICTIONS } from './run-training.ts';
import { summariseDataset } from './summarise-dataset.ts';
import { readDocument, writeDocument } from './training-files.ts';
import type { KeptDataset } from './training-records.ts';
import { forgottenPrediction, KeptPrediction } from './training-result.ts';
import type { TrainingStore } from './training-store.ts';

/** Records that are looked up between two looks at everything else that waits. */
const RECORDS_PER_TURN = 100;

export interface ForgettingRooms {
  readonly store: TrainingStore;
  readonly log: Pick<History, 'get' | 'query' | 'mayComeBack'>;
  /** @throws TouchstoneError `pack-unknown` */
  readonly teachable: (label: string) => Pack;
  readonly logger: Logger;
}

/** What keeps data sets and results from outliving the records they were made of. Installed packs stay. */
export interface Forgetting {
  /** Begins to take out what came of records that are gone. */
  recordsGone(): void;
  /** The same for one data set or training whose work has ended: it may have written what it knew before. */
  afterWork(id: string): Promise<void>;
  /** Changes the list of a data set while nothing is taken out of it. @throws what `change` throws */
  changeItems(id: string, change: (items: readonly DatasetItem[]) => Promise<readonly DatasetItem[]>): Promise<void>;
  /** When all that was begun is done. */
  settled(): Promise<void>;
}

/**
 * Takes names, sites, features and named evidence of deleted records out of data sets and of the predictions of trainings. Where another
 * record of the same content is there, its name and site take their place.
 */
export function createForgetting({ store, log, teachable, logger }: ForgettingRooms): Forgetting {
  let looked = 0;
  async function isGone(recordId: string): Promise<boolean> {
    looked += 1;
    if (looked % RECORDS_PER_TURN === 0) await setImmediate();
    return (await log.get(recordId)) === undefined && !(await log.mayComeBack(recordId));
  }

  /** What stays of an item: itself, the same picture by another record, or its place alone. */
  async function remainder(item: DatasetItem): Promise<DatasetItem> {
    const { place, truth, part } = item;
    if (place.kind !== 'record' || !(await isGone(place.recordId))) return item;
    const { records } = await log.query({ filter: { content: place.sha256 }, limit: 1 });
    const other = records[0] && itemOf(records[0]);
    const kept = other && { ...other, ties: [...other.ties, ...item.ties.filter(isCaseTie)] };
    return { ...(kept ?? { name: '', ties: [], place: { kind: 'removed' } }), truth, ...(part && { part }) };
  }

  async function forgetInDataset(kept: KeptDataset): Promise<void> {
    const { id } = kept;
    const before = await store.items(id);
    const items: DatasetItem[] = [];
    for (const item of before) items.push(await remainder(item));
    const removed = new Set(items.flatMap((item, index) => (isRemoved(item) ? [index] : [])));
    const changed = items.some((item, index) => item !== before[index]);
    // Features first, and the list last: whatever ends in the middle is found again.
    const forgotten = removed.size > 0 && (await forgetLooks(store.datasetFolder(id), removed));
    if (forgotten || changed) await forgetMap(store.datasetFolder(id));
    if (!changed && !forgotten && removed.size === kept.removed) return;
    const { summary } = store.datasets.get(id) ?? kept;
    await store.saveDataset(id, {
      removed: removed.size,
      summary: summary && (await summaryOf(kept, items, summary)),
    });
    if (changed) await store.saveItems(id, items);
  }

  async function summaryOf({ id, base }: KeptDataset, items: readonly DatasetItem[], last: DatasetSummary) {
    try {
      const pack = teachable(base);
      return summariseDataset(items, await readLooks(store.datasetFolder(id), pack), pack);
    } catch {
      // Without its base nothing can be counted anew; names go all the same.
      const named = (list: DatasetSummary['doubtfulItems']) =>
        list.map((one) => ({ ...one, name: items[one.item]?.name ?? '' })).filter(({ name }) => name !== '');
      return { ...last, unreadableItems: named(last.unreadableItems), doubtfulItems: named(last.doubtfulItems) };
    }
  }

  async function forgetInTraining(id: string, datasetId: string): Promise<void> {
    const path = join(store.trainingFolder(id), PREDICTIONS);
    const predictions = await readDocument(path, v.array(KeptPrediction));
    const gone = new Set<number>();
    for (const { item, recordId } of predictions ?? []) {
      if (recordId !== null && (await isGone(recordId))) gone.add(item);
    }
    if (!predictions || gone.size === 0) return;
    const items = store.datasets.has(datasetId) ? await store.items(datasetId) : [];
    await writeDocument(
      path,
      predictions.map((one) => forgottenPrediction(one, gone, items)),
    );
  }

  async function forgetIn(id: string): Promise<void> {
    const dataset = store.datasets.get(id);
    if (dataset) await forgetInDataset(dataset);
    const training = store.trainings.get(id);
    if (training) await forgetInTraining(id, training.dataset);
  }

  let working: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    working = working.then(work).catch((error: unknown) => {
      // The next start tries again.
      logger.error({ err: error }, 'what came of deleted records could not be taken out of data sets');
    });
    return working;
  };
  let waits = false;
  return {
    recordsGone() {
      // One that has not begun sees what is deleted until it does.
      if (waits) return;
      waits = true;
      void inTurn(async () => {
        waits = false;
        for (const id of [...store.datasets.keys(), ...store.trainings.keys()]) await forgetIn(id);
      });
    },
    afterWork: (id) => inTurn(() => forgetIn(id)),
    async changeItems(id, change) {
      let failure: { readonly error: unknown } | undefined;
      await inTurn(async () => {
        try {
          const kept = store.datasets.get(id);
          if (!kept) return;
          const items = await change(await store.items(id));
          await store.saveItems(id, items);
          const summary = kept.summary && (await summaryOf(kept, items, kept.summary));
          await store.saveDataset(id, { summary });
        } catch (error) {
          failure = { error };
        }
      });
      if (failure) throw failure.error;
    },
    settled: () => working,
  };
}

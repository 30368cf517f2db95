import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listPacks, type Pack } from '@touchstone/models';
import {
  type Dataset,
  type DatasetMap,
  packLabel,
  TouchstoneError,
  type Training,
  type TrainingPrediction,
  TrainingResult,
  type TrainingSettings,
  type Truth,
} from '@touchstone/shared';
import { unusableDataset } from '@touchstone/shared/words';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import * as v from 'valibot';
import type { PackControl } from '../packs/pack-control.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { History } from '../store/record-store.ts';
import { type DatasetItem, isRemoved } from './dataset.ts';
import { createDatasetMaps } from './dataset-maps.ts';
import type { FitThread } from './fit-thread.ts';
import { createForgetting } from './forget-records.ts';
import type { LookAtItemsRooms } from './look-at-items.ts';
import { PREDICTIONS, RESULT, type RunRooms } from './run-training.ts';
import { readDocument } from './training-files.ts';
import { createTrainingQueue } from './training-queue.ts';
import {
  datasetView,
  hasEnded,
  type KeptDataset,
  type KeptTraining,
  type PackStanding,
  trainingView,
} from './training-records.ts';
import { KeptPrediction, predictionOf } from './training-result.ts';
import { openTrainingStore } from './training-store.ts';

export interface NewDataset {
  readonly from: Dataset['from'];
  readonly name: string;
  /** Pack by name or `name@version`; without it the one that settles what a person asks about. */
  readonly base?: string | undefined;
  /** @param folder of its own, in which `files` is there for what is unpacked */
  readonly gather: (folder: string) => Promise<readonly DatasetItem[]>;
}

export interface PredictionFilter {
  readonly part?: 'train' | 'test' | undefined;
  readonly truth?: 'ai' | 'real' | undefined;
  readonly said?: 'ai' | 'real' | undefined;
}

/** Data sets, and the trainings of packs on them: one at a time, in the order they came, over every restart. */
export interface Trainings {
  /** @throws TouchstoneError `dataset-unusable`, `pack-unknown`, `pack-invalid`, and what `gather` throws; nothing is left then */
  addDataset(asked: NewDataset): Promise<Dataset>;
  /** Newest first. */
  datasets(): Dataset[];
  dataset(id: string): Dataset | undefined;
  /** @returns the item and the folder its files are in */
  datasetItem(id: string, item: number): Promise<{ item: DatasetItem; folder: string } | undefined>;
  /** Where its pictures lie, as far as that is known; begins to find out. @throws TouchstoneError `pack-unknown` without its base */
  map(id: string): Promise<DatasetMap | undefined>;
  /** Says what pictures are, and labels the records that they come from. @throws TouchstoneError `dataset-unusable` while it is looked at */
  setTruth(id: string, items: readonly number[], truth: Truth): Promise<Dataset | undefined>;
  /** Cancels what works on it first. */
  removeDataset(id: string): Promise<Dataset | undefined>;
  /**
   * On the version of the base that is installed: one that is gone since is replaced, and the pictures are looked at anew.
   * @throws TouchstoneError `not-found` without such a data set, `dataset-unusable` for one that failed
   */
  begin(dataset: string, settings: TrainingSettings): Promise<Training>;
  /** Newest first. */
  trainings(): Training[];
  training(id: string): Training | undefined;
  /** Cancels one that goes on, and removes one that has ended; its pack stays. */
  removeTraining(id: string): Promise<Training | undefined>;
  result(id: string): Promise<TrainingResult | undefined>;
  predictions(id: string, filter: PredictionFilter): Promise<TrainingPrediction[] | undefined>;
  /** @throws TouchstoneError `pack-unknown` where the pack was removed since, `base-missing` where that was which it was taught on */
  packOf(id: string): Promise<Pack>;
  /** @throws TouchstoneError `not-found`, `pack-unknown`, `base-missing` */
  use(id: string): Promise<Training>;
  rollBack(id: string): Promise<Training>;
  /** Calls `listener` after each change of a training until `signal` aborts. */
  subscribe(listener: (training: Training) => void, signal: AbortSignal): void;
  /** When everything that came of records deleted so far is gone from data sets and trainings. */
  settled(): Promise<void>;
  /** Stops what goes on; it goes on with the next start. */
  close(): Promise<void>;
}

export interface TrainingRooms extends LookAtItemsRooms {
  readonly log: Pick<History, 'get' | 'original' | 'query' | 'setLabel' | 'subscribe' | 'mayComeBack'>;
  readonly fit: FitThread;
  readonly control: PackControl;
  readonly settings: SettingsStore;
  readonly packFolders: readonly string[];
  readonly logger: Logger;
  /** The data folder. */
  readonly home: string;
}

const TIER_KEYS = { quick: 'quickPack', thorough: 'thoroughPack' } as const;

export async function openTrainings(rooms: TrainingRooms): Promise<Trainings> {
  const { control, settings, logger, fit, home } = rooms;
  const store = await openTrainingStore(join(home, 'training'));
  const packs = { into: join(home, 'packs'), packFolders: rooms.packFolders };
  const running: RunRooms = { ...rooms, store, packs, teachable: (label) => control.teachable(label) };
  const listeners = new Set<(training: Training) => void>();
  const isChosen = ({ tier, pack }: KeptTraining): boolean =>
    pack !== null && settings.current()[TIER_KEYS[tier]] === pack;
  function standingOf(kept: KeptTraining): PackStanding {
    const state = kept.pack === null ? 'unknown' : control.stateOf(kept.pack);
    return { inUse: isChosen(kept) && state === 'installed', baseMissing: state === 'base-missing' };
  }
  const viewOf = (kept: KeptTraining): Training => trainingView(kept, standingOf(kept), queue.going(kept.id));
  const viewOfDataset = (kept: KeptDataset): Dataset => datasetView(kept, queue.going(kept.id));
  function changed(id: string): void {
    const kept = store.trainings.get(id);
    if (kept) for (const listener of listeners) listener(viewOf(kept));
  }
  const forgetting = createForgetting({ ...running, log: rooms.log, logger });
  const queue = createTrainingQueue({ running, control, logger, onChange: changed, onEnd: forgetting.afterWork });
  const { save, cancel, enqueue } = queue;
  const maps = createDatasetMaps(running);
  const closing = new AbortController();
  rooms.log.subscribe((event) => {
    // What may come back is kept until it may not.
    if (event.type === 'erased' || (event.type === 'deleted' && !event.held)) forgetting.recordsGone();
  }, closing.signal);
  // Of a deletion that the last companion did not live to see through.
  forgetting.recordsGone();

  async function nextVersion(name: string): Promise<string> {
    const { packs: installed } = await listPacks(rooms.packFolders);
    const versions = [
      ...[...installed.values()].map(({ manifest }) => manifest).filter((one) => one.name === name),
      ...[...store.trainings.values()].filter((one) => one.settings.name === name),
    ].map(({ version }) => Number(/^\d+$/.exec(version)?.[0] ?? 0));
    return String(Math.max(0, ...versions) + 1);
  }

  function needTraining(id: string): KeptTraining {
    const kept = store.trainings.get(id);
    if (!kept) throw new TouchstoneError('not-found');
    return kept;
  }

  /** A data set whose base was replaced, as by an update, is looked at anew by the version of now. */
  async function onInstalledBase(kept: KeptDataset): Promise<KeptDataset> {
    if (control.stateOf(kept.base) === 'installed') return kept;
    const [name = ''] = kept.base.split('@');
    const given = control.stateOf(name) === 'installed' ? name : undefined;
    const base = packLabel(control.teachable(given).manifest);
    await cancel(kept.id);
    await save(kept.id, { base, state: 'pending', summary: null, endedAt: null, error: null });
    enqueue(kept.id);
    return store.datasets.get(kept.id) ?? kept;
  }

  async function packOf(id: string): Promise<Pack> {
    const { pack } = needTraining(id);
    const { packs: installed } = await listPacks(rooms.packFolders);
    const found = pack === null ? undefined : installed.get(pack);
    if (!found && pack !== null && control.stateOf(pack) === 'base-missing') {
      throw new TouchstoneError('base-missing', pack);
    }
    if (!found) throw new TouchstoneError('pack-unknown', pack ?? 'the training has not ended');
    return found;
  }

  return {
    async addDataset({ from, name, base, gather }) {
      const id = ulid();
      const label = packLabel(control.teachable(base).manifest);
      const kept = await store.addDataset(id, async (folder) => {
        await mkdir(join(folder, 'files'), { mode: 0o700 });
        const items = await gather(folder);
        for (const truth of ['ai', 'real'] as const) {
          if (items.some((item) => item.truth === truth)) continue;
          throw unusableDataset(`no-${truth}`);
        }
        return {
          items,
          kept: {
            id,
            name,
            from,
            base: label,
            items: items.length,
            state: 'pending',
            createdAt: Date.now(),
            endedAt: null,
            error: null,
            summary: null,
            removed: 0,
          },
        };
      });
      enqueue(id);
      return viewOfDataset(kept);
    },
    datasets: () => [...store.datasets.values()].map(viewOfDataset).reverse(),
    dataset(id) {
      const kept = store.datasets.get(id);
      return kept && viewOfDataset(kept);
    },
    async datasetItem(id, number) {
      if (!store.datasets.has(id)) return undefined;
      const item = (await store.items(id))[number];
      return item && { item, folder: store.datasetFolder(id) };
    },
    async map(id) {
      const kept = store.datasets.get(id);
      if (kept) await onInstalledBase(kept);
      return maps.of(id);
    },
    async setTruth(id, items, truth) {
      const kept = store.datasets.get(id);
      if (!kept) return undefined;
      if (!hasEnded(kept)) throw unusableDataset('working');
      const wanted = new Set(items);
      await forgetting.changeItems(id, async (all) => {
        for (const { place } of [...wanted].flatMap((item) => all[item] ?? [])) {
          if (place.kind === 'record') await rooms.log.setLabel(place.recordId, truth === 'ai' ? 'fake' : 'real');
        }
        return all.map((item, index) => (wanted.has(index) && !isRemoved(item) ? { ...item, truth } : item));
      });
      return viewOfDataset(store.datasets.get(id) ?? kept);
    },
    async removeDataset(id) {
      const kept = store.datasets.get(id);
      if (!kept) return undefined;
      const users = [...store.trainings.values()].filter((one) => one.dataset === id && !hasEnded(one));
      for (const one of [...users.map((user) => user.id), id]) await cancel(one);
      const view = viewOfDataset(store.datasets.get(id) ?? kept);
      await store.removeDataset(id);
      return view;
    },
    async begin(datasetId, wanted) {
      const known = store.datasets.get(datasetId);
      if (!known) throw new TouchstoneError('not-found');
      const dataset = await onInstalledBase(known);
      if (dataset.state === 'failed' || dataset.state === 'cancelled') {
        throw unusableDataset('not-looked-at');
      }
      const { tier } = control.teachable(dataset.base).manifest;
      const kept: KeptTraining = {
        id: ulid(),
        state: 'pending',
        createdAt: Date.now(),
        endedAt: null,
        error: null,
        dataset: datasetId,
        datasetName: dataset.name,
        settings: wanted,
        base: dataset.base,
        tier,
        version: await nextVersion(wanted.name),
        pack: null,
      };
      await store.addTraining(kept);
      enqueue(kept.id);
      return viewOf(kept);
    },
    trainings: () => [...store.trainings.values()].map(viewOf).reverse(),
    training(id) {
      const kept = store.trainings.get(id);
      return kept && viewOf(kept);
    },
    async removeTraining(id) {
      const kept = store.trainings.get(id);
      if (!kept) return undefined;
      if (hasEnded(kept)) await store.removeTraining(id);
      else await cancel(id);
      return viewOf(store.trainings.get(id) ?? kept);
    },
    async result(id) {
      const kept = store.trainings.get(id);
      if (kept?.state !== 'completed') return undefined;
      return readDocument(join(store.trainingFolder(id), RESULT), TrainingResult);
    },
    async predictions(id, { part, truth, said }) {
      const kept = store.trainings.get(id);
      if (kept?.state !== 'completed') return undefined;
      const all = await readDocument(join(store.trainingFolder(id), PREDICTIONS), v.array(KeptPrediction));
      return all
        ?.map(predictionOf)
        .filter(
          (one) =>
            (part === undefined || one.part === part) &&
            (truth === undefined || one.truth === truth) &&
            (said === undefined || one.said === said),
        );
    },
    packOf,
    async use(id) {
      const label = packLabel((await packOf(id)).manifest);
      const kept = needTraining(id);
      const key = TIER_KEYS[kept.tier];
      const before = settings.current()[key];
      if (before !== label) {
        await settings.update({ [key]: label });
        await save(id, { before });
      }
      return viewOf(needTraining(id));
    },
    async rollBack(id) {
      const kept = needTraining(id);
      if (isChosen(kept)) await settings.update({ [TIER_KEYS[kept.tier]]: kept.before ?? null });
      changed(id);
      return viewOf(needTraining(id));
    },
    subscribe(listener, signal) {
      if (signal.aborted) return;
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    settled: forgetting.settled,
    async close() {
      closing.abort();
      await queue.close();
      await forgetting.settled();
      await maps.close();
      await fit.close();
    },
  };
}

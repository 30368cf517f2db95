import { join } from 'node:path';
import * as v from 'valibot';
import { DatasetItem } from './dataset.ts';
import { listFolders, makeFolder, readDocument, removeFolder, writeDocument } from './training-files.ts';
import { hasEnded, KeptDataset, KeptTraining } from './training-records.ts';

const [DATASET, TRAINING, ITEMS] = ['dataset.json', 'training.json', 'items.json'];

/** Data sets and trainings, in a folder each below `training` of the data folder. */
export interface TrainingStore {
  readonly datasets: Map<string, KeptDataset>;
  readonly trainings: Map<string, KeptTraining>;
  datasetFolder(id: string): string;
  trainingFolder(id: string): string;
  /** @param gather fills the folder and says what is in it; what it throws leaves nothing behind */
  addDataset(
    id: string,
    gather: (folder: string) => Promise<{ readonly kept: KeptDataset; readonly items: readonly DatasetItem[] }>,
  ): Promise<KeptDataset>;
  addTraining(kept: KeptTraining): Promise<void>;
  items(datasetId: string): Promise<readonly DatasetItem[]>;
  saveItems(datasetId: string, items: readonly DatasetItem[]): Promise<void>;
  saveDataset(id: string, change: Partial<KeptDataset>): Promise<KeptDataset | undefined>;
  saveTraining(id: string, change: Partial<KeptTraining>): Promise<KeptTraining | undefined>;
  removeDataset(id: string): Promise<void>;
  removeTraining(id: string): Promise<void>;
}

/** Opens what is there. What was under way when the last companion ended waits again. */
export async function openTrainingStore(root: string): Promise<TrainingStore> {
  const [datasetsFolder, trainingsFolder] = [join(root, 'datasets'), join(root, 'trainings')];
  const datasets = new Map<string, KeptDataset>();
  const trainings = new Map<string, KeptTraining>();
  const again = <Kept extends KeptDataset | KeptTraining>(kept: Kept): Kept =>
    hasEnded(kept) ? kept : { ...kept, state: 'pending' };
  for (const id of await listFolders(datasetsFolder)) {
    const kept = await readDocument(join(datasetsFolder, id, DATASET), KeptDataset);
    if (kept) datasets.set(id, again(kept));
  }
  for (const id of await listFolders(trainingsFolder)) {
    const kept = await readDocument(join(trainingsFolder, id, TRAINING), KeptTraining);
    if (kept) trainings.set(id, again(kept));
  }
  const datasetFolder = (id: string): string => join(datasetsFolder, id);
  const trainingFolder = (id: string): string => join(trainingsFolder, id);

  return {
    datasets,
    trainings,
    datasetFolder,
    trainingFolder,
    async addDataset(id, gather) {
      let added: KeptDataset | undefined;
      await makeFolder(datasetsFolder, id, async (folder) => {
        const { kept, items } = await gather(folder);
        await writeDocument(join(folder, ITEMS), items);
        await writeDocument(join(folder, DATASET), kept);
        added = kept;
      });
      if (!added) throw new Error('a data set was made of nothing');
      datasets.set(id, added);
      return added;
    },
    async addTraining(kept) {
      await makeFolder(trainingsFolder, kept.id, (folder) => writeDocument(join(folder, TRAINING), kept));
      trainings.set(kept.id, kept);
    },
    items: async (id) => (await readDocument(join(datasetFolder(id), ITEMS), v.array(DatasetItem))) ?? [],
    saveItems: (id, items) => writeDocument(join(datasetFolder(id), ITEMS), items),
    async saveDataset(id, change) {
      const kept = datasets.get(id);
      if (!kept) return undefined;
      const changed = { ...kept, ...change };
      datasets.set(id, changed);
      await writeDocument(join(datasetFolder(id), DATASET), changed);
      return changed;
    },
    async saveTraining(id, change) {
      const kept = trainings.get(id);
      if (!kept) return undefined;
      const changed = { ...kept, ...change };
      trainings.set(id, changed);
      await writeDocument(join(trainingFolder(id), TRAINING), changed);
      return changed;
    },
    async removeDataset(id) {
      datasets.delete(id);
      await removeFolder(datasetFolder(id));
    },
    async removeTraining(id) {
      trainings.delete(id);
      await removeFolder(trainingFolder(id));
    },
  };
}

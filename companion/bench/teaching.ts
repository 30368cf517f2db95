import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Pack } from '@touchstone/models';
import { CompanionSettings, packLabel, TAUGHT_MODELS, TrainingSettings } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import type { Looker } from '../src/analysis/picture-look.ts';
import { openHistory } from '../src/log/create-result-log.ts';
import type { PackControl } from '../src/packs/pack-control.ts';
import { createPipeline } from '../src/pipeline/create-pipeline.ts';
import { openSettings } from '../src/settings/settings-store.ts';
import { createFitThread } from '../src/training/fit-thread.ts';
import { createStandInLooker, pictureText, SHIPPED } from '../src/training/fixtures/stand-in-looker.ts';
import { gatherFolder } from '../src/training/gather-folder.ts';
import { openTrainings, type Trainings } from '../src/training/trainings.ts';
import { BARE_LOOK, openBareWork } from './bare-work.ts';
import { level, type Measurement } from './statistics.ts';
import { fullHdPhotos } from './test-photo.ts';

/** From pictures that were looked at to a result with its installed pack, at most. Milliseconds. */
const WANTED_MS = 20_000;
const ASKED_EVERY_MS = 20;

async function ended(state: () => string | undefined): Promise<void> {
  while (state() === 'pending' || state() === 'processing') await wait(ASKED_EVERY_MS);
  if (state() !== 'completed') throw new Error(`a training was ${state()}`);
}

/** Writes pictures of both classes. @param bytesOf of each, by class and number */
async function writePictures(
  folder: string,
  count: number,
  bytesOf: (truth: 'ai' | 'real', index: number) => Uint8Array | string,
): Promise<void> {
  for (const truth of ['ai', 'real'] as const) {
    await mkdir(join(folder, truth), { recursive: true });
    for (let index = 0; index < count / 2; index += 1) {
      await writeFile(join(folder, truth, `${index}.jpg`), bytesOf(truth, index));
    }
  }
}

interface Rooms {
  readonly looker: Looker;
  readonly control: PackControl;
}

/** Trainings in a data folder of their own, and a folder for their pictures. */
async function withTrainings<Found>(
  { looker, control }: Rooms,
  use: (trainings: Trainings, pictures: string) => Promise<Found>,
): Promise<Found> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-teaching-'));
  const history = openHistory(join(home, 'history.sqlite'));
  const trainings = await openTrainings({
    looker,
    control,
    settings: await openSettings(home, () => undefined),
    fit: createFitThread(),
    log: history.history,
    embeddings: history.embeddings,
    packFolders: [SHIPPED, join(home, 'packs')],
    logger: pino({ level: 'silent' }),
    home,
  });
  try {
    return await use(trainings, join(home, 'pictures'));
  } finally {
    await trainings.close();
    await history.history.close();
    await rm(home, { recursive: true });
  }
}

/**
 * Data sets that were looked at, to results: choosing hyper-parameters by cross-validation, fitting, measuring beside the unmodified pack,
 * the word on every picture with its reasons, and the pack tried and installed. The features have the starter pack's length and tell the
 * classes apart as a stand-in sees them.
 * @param count pictures, both classes together
 */
export async function teaching(count: number, rounds: number): Promise<Measurement[]> {
  const looker = await createStandInLooker();
  const control: PackControl = {
    pinned: () => ({ quickPack: null, thoroughPack: null }),
    labelOf: (given) => given,
    stateOf: () => 'installed',
    teachable: () => looker.base,
    refresh: async () => undefined,
    remove: async (given) => given,
  };
  return withTrainings({ looker, control }, async (trainings, pictures) => {
    await writePictures(pictures, count, pictureText);
    const gather = () => gatherFolder(pictures);
    const { id: dataset } = await trainings.addDataset({ from: 'folder', name: 'bench', gather });
    await ended(() => trainings.dataset(dataset)?.state);
    const found: Measurement[] = [];
    for (const model of TAUGHT_MODELS) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const start = performance.now();
        const { id } = await trainings.begin(dataset, v.parse(TrainingSettings, { model, seed: round }));
        await ended(() => trainings.training(id)?.state);
        times.push(performance.now() - start);
      }
      // The limit is that of what is taught without being told otherwise; the others take as long as they take.
      const limit = model === 'logistic' ? WANTED_MS : null;
      found.push(level(`${count} looked-at pictures to a taught pack, ${model}`, 'ms', times, limit));
    }
    return found;
  });
}

/** Different pictures; each is read, decoded and judged anew wherever it lies. */
const PHOTOS = 20;
/** Pictures that tell what the bare work costs. */
const BARE_SHARE = 0.1;

/**
 * Full-HD photographs that nobody has seen, to a pack taught on a shipped one: both its steps, beside decoding, preparing and running the graph
 * alone, picture after picture.
 * @param count pictures, both classes together
 */
export async function teachingUncached(pack: Pack, count: number): Promise<Measurement[]> {
  const pipeline = await createPipeline({
    settings: () => v.parse(CompanionSettings, {}),
    logger: pino({ level: 'silent' }),
    packFolders: [SHIPPED],
    provider: 'cpu',
  });
  const photos = await fullHdPhotos(PHOTOS);
  const photo = (index: number): Buffer => photos[index % PHOTOS] ?? Buffer.alloc(0);
  try {
    const bare = await openBareWork([pack], { thumbnail: false });
    const sample = Math.max(1, Math.round(count * BARE_SHARE));
    const begun = performance.now();
    for (let index = 0; index < sample; index += 1) await bare.judge(photo(index));
    const floor = ((performance.now() - begun) / sample) * count;
    await bare.close();
    const label = packLabel(pack.manifest);
    return await withTrainings({ looker: pipeline.looker, control: pipeline.packs }, async (trainings, pictures) => {
      await writePictures(pictures, count, (truth, index) => photo(2 * index + (truth === 'ai' ? 0 : 1)));
      const start = performance.now();
      const gather = () => gatherFolder(pictures);
      const { id: dataset } = await trainings.addDataset({ from: 'folder', name: 'bench', base: label, gather });
      await ended(() => trainings.dataset(dataset)?.state);
      const looked = performance.now() - start;
      const found = level(`${count} new pictures looked at to be taught, ${label}`, 'ms', [looked], floor);
      return [{ ...found, bare: BARE_LOOK }];
    });
  } finally {
    await pipeline.close();
  }
}

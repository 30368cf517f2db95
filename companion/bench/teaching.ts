import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TAUGHT_MODELS, TrainingSettings } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { openHistory } from '../src/log/create-result-log.ts';
import type { PackControl } from '../src/packs/pack-control.ts';
import { openSettings } from '../src/settings/settings-store.ts';
import { createFitThread } from '../src/training/fit-thread.ts';
import { createStandInLooker, pictureText, SHIPPED } from '../src/training/fixtures/stand-in-looker.ts';
import { gatherFolder } from '../src/training/gather-folder.ts';
import { openTrainings } from '../src/training/trainings.ts';
import { level, type Measurement } from './statistics.ts';

/** From pictures that were looked at to a result with its installed pack, at most. Milliseconds. */
const WANTED_MS = 20_000;
const ASKED_EVERY_MS = 20;

/**
 * Data sets that were looked at, to results: choosing hyper-parameters by cross-validation, fitting, measuring beside the unmodified pack,
 * the word on every picture with its reasons, and the pack tried and installed. The features have the starter pack's length and tell the
 * classes apart as a stand-in sees them.
 * @param count pictures, both classes together
 */
export async function teaching(count: number, rounds: number): Promise<Measurement[]> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-teaching-'));
  const looker = await createStandInLooker();
  const history = openHistory(join(home, 'history.sqlite'));
  const settings = await openSettings(home, () => undefined);
  const control: PackControl = {
    pinned: () => ({ quickPack: null, thoroughPack: null }),
    labelOf: (given) => given,
    teachable: () => looker.base,
    refresh: async () => undefined,
    remove: async (given) => given,
  };
  const trainings = await openTrainings({
    looker,
    control,
    settings,
    fit: createFitThread(),
    log: history.history,
    embeddings: history.embeddings,
    packFolders: [SHIPPED, join(home, 'packs')],
    logger: pino({ level: 'silent' }),
    home,
  });
  const ended = async (state: () => string | undefined): Promise<void> => {
    while (state() === 'pending' || state() === 'processing') await wait(ASKED_EVERY_MS);
    if (state() !== 'completed') throw new Error(`a training was ${state()}`);
  };
  try {
    const pictures = join(home, 'pictures');
    for (const truth of ['ai', 'real'] as const) {
      await mkdir(join(pictures, truth), { recursive: true });
      for (let index = 0; index < count / 2; index += 1) {
        await writeFile(join(pictures, truth, `${index}.jpg`), pictureText(truth, index));
      }
    }
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
  } finally {
    await trainings.close();
    await history.history.close();
    await rm(home, { recursive: true });
  }
}

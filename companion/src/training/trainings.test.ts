import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePublished, headAnswer, installPack, listPacks, type Pack } from '@touchstone/models';
import {
  CompanionSettings,
  MAX_DATASET_ITEMS,
  TAUGHT_MODELS,
  type Training,
  TrainingSettings,
} from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type OpenHistory, openHistory } from '../log/create-result-log.ts';
import { archivePack, unpackArchive } from '../packs/pack-archive.ts';
import type { PackControl } from '../packs/pack-control.ts';
import { openSettings } from '../settings/settings-store.ts';
import { createFitThread } from './fit-thread.ts';
import { createStandInLooker, pictureText, SHIPPED, type StandInLooker } from './fixtures/stand-in-looker.ts';
import { gatherFolder } from './gather-folder.ts';
import { openTrainings, type Trainings } from './trainings.ts';

let looker: StandInLooker;
let home: string;
let pictures: string;
let trainings: Trainings;
let history: OpenHistory;
/** Of packs that an update left behind. */
let states: Record<string, ReturnType<PackControl['stateOf']>>;

beforeAll(async () => {
  looker = await createStandInLooker();
});
beforeEach(async () => {
  states = {};
  home = await mkdtemp(join(tmpdir(), 'touchstone-training-'));
  pictures = join(home, 'pictures');
  history = openHistory(join(home, 'history.sqlite'));
  trainings = await open();
});
afterEach(async () => {
  await trainings.close();
  await history.history.close();
  await rm(home, { recursive: true, force: true });
});

async function open(base: Pack = looker.base): Promise<Trainings> {
  const settings = await openSettings(home, () => undefined);
  const control: PackControl = {
    pinned: () => ({ quickPack: null, thoroughPack: null }),
    labelOf: (given) => given,
    stateOf: (given) => states[given] ?? 'installed',
    teachable: () => base,
    refresh: async () => undefined,
    remove: async (given) => given,
  };
  return openTrainings({
    looker,
    control,
    settings,
    fit: createFitThread(),
    log: history.history,
    embeddings: {
      find: async () => undefined,
      keep: () => undefined,
      usage: async () => ({ count: 0, bytes: 0, maxBytes: 0 }),
      settled: async () => undefined,
    },
    packFolders: [SHIPPED, join(home, 'packs')],
    logger: pino({ level: 'silent' }),
    home,
  });
}

async function write(count: number, broken = 0): Promise<void> {
  for (const truth of ['ai', 'real'] as const) {
    await mkdir(join(pictures, truth), { recursive: true });
    for (let index = 0; index < count; index += 1) {
      const text = index < broken ? 'no picture' : pictureText(truth, index);
      await writeFile(join(pictures, truth, `${index}.jpg`), text);
    }
  }
}

const addFolder = () =>
  trainings.addDataset({ from: 'folder', name: 'pictures', gather: () => gatherFolder(pictures) });
const settings = (given: Partial<TrainingSettings> = {}): TrainingSettings => v.parse(TrainingSettings, given);

async function ended(id: string): Promise<Training> {
  await expect.poll(() => trainings.training(id)?.state).toMatch(/completed|failed|cancelled/);
  return trainings.training(id) as Training;
}

async function taught(given: Partial<TrainingSettings> = {}, count = 60): Promise<Training> {
  await write(count);
  const { id } = await addFolder();
  return ended((await trainings.begin(id, settings(given))).id);
}

async function packNamed(label: string | null, folders = [SHIPPED, join(home, 'packs')]): Promise<Pack> {
  const pack = (await listPacks(folders)).packs.get(label ?? '');
  if (!pack) throw new Error(`no pack ${label}`);
  return pack;
}

describe('a training', () => {
  it('ends in a pack like any other, with its result and the word on every picture', async () => {
    const training = await taught();
    expect(training).toMatchObject({ state: 'completed', pack: 'mine@1', error: null, inUse: false });
    const result = await trainings.result(training.id);
    expect(result).toMatchObject({ verdict: 'better', trained: 90, tested: 30, base: 'starter@0.1.0' });
    expect(result?.own?.area).toBeGreaterThan(0.95);
    expect(result?.own?.fakeAbove).toBeGreaterThanOrEqual(looker.base.manifest.thresholds.fakeAbove);
    const predictions = await trainings.predictions(training.id, { part: 'test' });
    expect(predictions).toHaveLength(30);
    for (const { probabilities, reasons, name } of predictions ?? []) {
      if (name !== 'ai/7.jpg') expect(reasons.map(({ kind }) => kind)).toEqual(Array(4).fill('picture'));
      expect(probabilities.ai + probabilities.real).toBeCloseTo(1, 12);
      expect(reasons).toHaveLength(4);
      expect(name).toMatch(/^(ai|real)\/\d+\.jpg$/);
    }
    const declared = (await trainings.predictions(training.id, {}))?.find(({ name }) => name === 'ai/7.jpg');
    expect(declared?.reasons.map(({ kind }) => kind)).toEqual(['evidence', 'picture', 'picture', 'picture']);
    expect(declared?.reasons[0]).toMatchObject({ evidence: { code: 'generator-metadata', direction: 'ai' } });
    const pack = await packNamed('mine@1');
    expect(pack.head?.base.manifest.name).toBe('starter');
    expect(pack.manifest.calibration.fittedOn).toContain('held out');
  });

  it.each(TAUGHT_MODELS)(
    'says of every picture what its pack says, also where that was carried to: %s',
    async (model) => {
      const { id, pack: label } = await taught({ model });
      const file = join(home, 'mine.tar');
      await writeFile(file, archivePack(await packNamed(label)));
      const elsewhere = join(home, 'elsewhere');
      const unpacked = await unpackArchive(file);
      onTestFinished(unpacked.remove);
      const carried = await installPack({
        source: unpacked.folder,
        into: elsewhere,
        packFolders: [SHIPPED],
        confirm: async () => true,
      });
      const predictions = (await trainings.predictions(id, {})) ?? [];
      expect(predictions).toHaveLength(120);
      for (const { name, probabilities } of predictions) {
        const [, truth = '', index = ''] = /^(\w+)\/(\d+)/.exec(name) ?? [];
        const bytes = new TextEncoder().encode(`${truth} ${index}`);
        const { vector, logit } = await looker.lookAt({ bytes, pack: looker.base, lane: 'bulk', client: '' });
        expect(Math.abs(headAnswer(carried, vector, logit).probability - probabilities.ai)).toBeLessThan(1e-6);
      }
      expect(await trainings.result(id)).toMatchObject({ model, verdict: 'better' });
      // What the graph sees in several views is judged as one picture, as it was taught.
      const [first, second] = [new Float32Array(1024).fill(0.5), new Float32Array(1024).fill(-0.25)];
      const both = Float32Array.from([...first, ...second]);
      const mean = new Float32Array(1024).fill(0.125);
      expect(headAnswer(carried, both, 0).logit).toBeCloseTo(headAnswer(carried, mean, 0).logit, 9);
    },
  );

  it('is held to the real pictures that its base brings along, and tells how many of them are accused', async () => {
    const { base } = looker;
    const { manifest } = base;
    const [pictures, columns] = [40, manifest.output.embedding?.size ?? 0];
    const folder = join(home, 'base');
    const values = Float32Array.from({ length: pictures * columns }, (_, i) => Math.sin(i));
    const baseLogits = Float64Array.from({ length: pictures }, (_, index) => index - pictures + 3);
    const bytes = encodePublished([{ design: { values, rows: pictures, columns }, baseLogits }]);
    await mkdir(folder);
    await writeFile(join(folder, 'real.bin'), bytes);
    const published = { file: 'real.bin', sha256: '', bytes: bytes.byteLength, pictures, conditions: ['clean'] };
    const held = { folder, manifest: { ...manifest, published: { ...published, graph: '', meaning: '' } } };
    await trainings.close();
    trainings = await open({ ...base, ...held });
    const { id } = await taught();
    const result = await trainings.result(id);
    const { scale, bias } = manifest.calibration;
    const accused = baseLogits.filter(
      (logit) => 1 / (1 + Math.exp(-(scale * logit + bias))) > manifest.thresholds.fakeAbove,
    ).length;
    expect(result?.published).toMatchObject({ pictures, unmodified: accused });
    expect(result?.published?.own).toBeLessThanOrEqual(accused);
    expect(result?.heldToPublished).toBe(true);
  });

  it('looks at each picture once, however often is taught', async () => {
    await taught();
    const { id } = trainings.datasets()[0] ?? { id: '' };
    const before = looker.looks;
    const again = await ended((await trainings.begin(id, settings({ start: 'scratch' }))).id);
    expect(again).toMatchObject({ state: 'completed', pack: 'mine@2' });
    expect(looker.looks).toBe(before);
    expect((await packNamed('mine@2')).head?.kind).toBe('logistic');
  });

  it('is used with one press, and back with another', async () => {
    const { id } = await taught();
    const chosen = async () => (await openSettings(home, () => undefined)).current().quickPack;
    expect(await trainings.use(id)).toMatchObject({ inUse: true });
    expect(await chosen()).toBe('mine@1');
    expect(await trainings.rollBack(id)).toMatchObject({ inUse: false });
    expect(await chosen()).toBe(v.parse(CompanionSettings, {}).quickPack);
  });

  it('whose base an update replaced is not in use, says so, and is taught anew with the pictures that are there', async () => {
    const { id, dataset } = await taught();
    await trainings.use(id);
    states = { 'mine@1': 'base-missing', 'starter@0.1.0': 'unknown' };
    expect(trainings.training(id)).toMatchObject({ state: 'completed', inUse: false, baseMissing: true });
    for (const folder of await readdir(join(home, 'packs'))) await rm(join(home, 'packs', folder), { recursive: true });
    await expect(trainings.use(id)).rejects.toMatchObject({ code: 'base-missing' });
    await expect(trainings.packOf(id)).rejects.toMatchObject({ code: 'base-missing' });
    await trainings.close();
    const { manifest } = looker.base;
    trainings = await open({ ...looker.base, manifest: { ...manifest, version: '0.2.0' } });
    const kept = trainings.training(id)?.settings ?? settings();
    const anew = await trainings.begin(dataset, kept);
    expect(anew).toMatchObject({ base: 'starter@0.2.0', settings: kept });
    await expect.poll(() => trainings.dataset(dataset)?.state, { timeout: 60_000 }).toBe('completed');
    expect(trainings.dataset(dataset)).toMatchObject({ base: 'starter@0.2.0', summary: { ai: 60, real: 60 } });
  });

  it('is cancelled, and removed once it has ended; its pack stays', async () => {
    await write(60);
    const { id } = await addFolder();
    const begun = await trainings.begin(id, settings());
    await trainings.removeTraining(begun.id);
    expect(trainings.training(begun.id)).toMatchObject({ state: 'cancelled', pack: null });
    const done = await ended((await trainings.begin(id, settings())).id);
    await trainings.removeTraining(done.id);
    expect(trainings.training(done.id)).toBeUndefined();
    expect((await packNamed(done.pack)).manifest.name).toBe('mine');
  });

  it('fails with what is wrong where only one class can be read', async () => {
    await write(3, 3);
    const { id } = await addFolder();
    const training = await ended((await trainings.begin(id, settings())).id);
    expect(training).toMatchObject({ state: 'failed', error: { code: 'dataset-unusable' } });
  });

  it('goes on with the next companion, and looks at nothing twice', async () => {
    await write(40);
    const { id } = await addFolder();
    const begun = await trainings.begin(id, settings());
    const before = looker.looks;
    await trainings.close();
    trainings = await open();
    const done = await ended(begun.id);
    expect(done).toMatchObject({ state: 'completed', pack: 'mine@1' });
    // Three were in work when it ended.
    expect(looker.looks - before).toBeLessThanOrEqual(80 + 3);
  });
});

describe('a data set', () => {
  it('tells what is in it before anything is taught', async () => {
    await write(60, 2);
    const { id } = await addFolder();
    await expect.poll(() => trainings.dataset(id)?.state).toBe('completed');
    expect(trainings.dataset(id)?.summary).toMatchObject({
      ai: 58,
      real: 58,
      unreadable: 4,
      duplicates: 0,
      groups: 116,
      enough: true,
      testable: true,
      unreadableItems: expect.arrayContaining([expect.objectContaining({ name: 'ai/0.jpg' })]),
    });
  });

  it('of ten thousand files of which nearly all are broken says so, names some, and teaches from the rest', async () => {
    await write(60);
    const broken = join(home, 'broken.jpg');
    await writeFile(broken, 'no picture');
    const { id } = await trainings.addDataset({
      from: 'folder',
      name: 'broken',
      gather: async () => {
        const good = await gatherFolder(pictures);
        const more = Array.from({ length: MAX_DATASET_ITEMS - good.length }, (_, index) => {
          const truth = index % 2 === 0 ? ('ai' as const) : ('real' as const);
          return { truth, name: `${index}.jpg`, ties: [], place: { kind: 'path' as const, path: broken } };
        });
        return [...more, ...good];
      },
    });
    await expect.poll(() => trainings.dataset(id)?.state).toBe('completed');
    const { summary } = trainings.dataset(id) ?? {};
    expect(summary).toMatchObject({ ai: 60, real: 60, unreadable: MAX_DATASET_ITEMS - 120, duplicates: 0 });
    expect(summary?.unreadableItems).toHaveLength(50);
    expect(summary?.unreadableItems[0]?.why).not.toBe('');
    const training = await ended((await trainings.begin(id, settings())).id);
    expect(training).toMatchObject({ state: 'completed', pack: 'mine@1' });
    expect(await trainings.predictions(training.id, {})).toHaveLength(120);
  });

  it('of one class is refused, and nothing is left', async () => {
    await mkdir(join(pictures, 'ai'), { recursive: true });
    await writeFile(join(pictures, 'ai', '1.jpg'), pictureText('ai', 1));
    await expect(addFolder()).rejects.toMatchObject({
      code: 'dataset-unusable',
      detail: expect.stringMatching(/real/),
    });
    expect(await readdir(join(home, 'training', 'datasets'))).toEqual([]);
  });

  it('is a map on which what is alike lies together, the same every time', async () => {
    await write(40, 1);
    const { id } = await addFolder();
    await expect.poll(async () => (await trainings.map(id))?.state).toBe('completed');
    const { points = [] } = (await trainings.map(id)) ?? {};
    expect(points).toHaveLength(78);
    for (const { x, y, unmodified } of points)
      for (const one of [x, y, unmodified]) expect(Math.abs(one - 0.5)).toBeLessThanOrEqual(0.5);
    const nearest = points.map((one) => {
      const far = (other: (typeof points)[number]) => Math.hypot(one.x - other.x, one.y - other.y);
      return points.filter((other) => other !== one).toSorted((a, b) => far(a) - far(b))[0]?.truth === one.truth;
    });
    expect(nearest.filter(Boolean).length).toBeGreaterThan(62);
    const { id: again } = await addFolder();
    await expect.poll(async () => (await trainings.map(again))?.state).toBe('completed');
    expect((await trainings.map(again))?.points).toEqual(points);
  });

  it('says anew what pictures are', async () => {
    await write(60);
    const { id } = await addFolder();
    await expect.poll(() => trainings.dataset(id)?.state).toBe('completed');
    const changed = await trainings.setTruth(id, [0, 1, 2, 5_000], 'real');
    expect(changed?.summary).toMatchObject({ ai: 57, real: 63 });
    expect((await trainings.datasetItem(id, 1))?.item).toMatchObject({ truth: 'real', name: 'ai/1.jpg' });
    expect(await trainings.setTruth('nowhere', [0], 'real')).toBeUndefined();
  });

  it('is removed with everything in it, and what was being taught from it is cancelled', async () => {
    await write(60);
    const { id } = await addFolder();
    const begun = await trainings.begin(id, settings());
    await trainings.removeDataset(id);
    expect(trainings.dataset(id)).toBeUndefined();
    expect(trainings.training(begun.id)?.state).toBe('cancelled');
    expect(await readdir(join(home, 'training', 'datasets'))).toEqual([]);
  });
});

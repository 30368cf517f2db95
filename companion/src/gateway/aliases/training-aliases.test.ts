import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Dataset, Training } from '@touchstone/shared';
import { CustomProgress, CustomResult, CustomTraining, DatasetList } from '@touchstone/shared/api';
import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStandInLooker, SHIPPED, type StandInLooker } from '../../training/fixtures/stand-in-looker.ts';
import { zipOfPictures } from '../../training/fixtures/zip-of-pictures.ts';
import { startTestCompanion, type TestCompanion, temporaryFolder } from '../fixtures/test-companion.ts';
import { type Program, programOf } from '../fixtures/token-of.ts';

let looker: StandInLooker;
let test: TestCompanion;
let program: Program;
beforeAll(async () => {
  looker = await createStandInLooker();
});
beforeEach(async () => {
  const home = await temporaryFolder();
  test = await startTestCompanion({ home, looker, packFolders: [SHIPPED, join(home, 'packs')] });
  program = await programOf(test, 'train');
});

/** A form as browsers write it. */
async function form(fields: Record<string, string>, files: Record<string, Buffer> = {}) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  for (const [name, bytes] of Object.entries(files))
    data.append(name, new Blob([new Uint8Array(bytes)]), 'pictures.zip');
  const sent = new Response(data);
  const type = sent.headers.get('content-type') ?? '';
  return { method: 'POST', headers: { 'content-type': type }, body: Buffer.from(await sent.arrayBuffer()) };
}
const json = (value: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const USER = { model_type: 'knn', data_source: 'user' };
const train = (asked: Awaited<ReturnType<typeof form>> | ReturnType<typeof json>) =>
  program.ask('/api/custom/train', asked);

async function begun(asked: Parameters<typeof train>[0]): Promise<string> {
  const answer = await train(asked);
  expect(answer.status, answer.text).toBe(202);
  return v.parse(CustomTraining, answer.json()).session_id;
}

async function ended(id: string): Promise<CustomProgress[]> {
  const told: CustomProgress[] = [];
  await expect
    .poll(
      async () => {
        const answer = await program.ask(`/api/custom/progress/${id}`);
        told.push(v.parse(CustomProgress, answer.json()));
        return told.at(-1)?.status;
      },
      { timeout: 240_000 },
    )
    .not.toBe('running');
  return told;
}

describe('the founding documents\u2019 addresses of trainings', () => {
  it('lead from a zip to metrics and the word on every tested picture, with its reasons', async () => {
    const hyperparameters = JSON.stringify({ n_neighbors: 3, random_state: 7, name: 'ours' });
    const id = await begun(
      await form(
        { ...USER, dataset_name: 'our pictures', hyperparameters },
        { training_file: await zipOfPictures(60) },
      ),
    );
    const told = await ended(id);
    expect(told.at(-1)).toEqual({ success: true, progress: 100, current_step: 'Completed.', status: 'completed' });
    for (const [index, { progress }] of told.entries()) {
      expect(progress).toBeGreaterThanOrEqual(told[index - 1]?.progress ?? 0);
    }
    const result = v.parse(CustomResult, (await program.ask(`/api/custom/result/${id}`)).json());
    expect(result.model_info).toMatchObject({
      model_type: 'neighbours',
      dataset_used: 'our pictures',
      feature_count: 1024,
      pack: 'ours@1',
    });
    const [[realAsReal, realAsAi], [aiAsReal, aiAsAi]] = result.metrics?.confusion_matrix ?? [
      [0, 0],
      [0, 0],
    ];
    expect(realAsReal + realAsAi + aiAsReal + aiAsAi).toBe(30);
    expect(result.metrics?.accuracy).toBeCloseTo((realAsReal + aiAsAi) / 30, 12);
    expect(result.metrics?.recall).toBeCloseTo(aiAsAi / (aiAsReal + aiAsAi), 12);
    expect(result.predictions).toHaveLength(30);
    for (const { prediction, confidence, probabilities, reasons, feature_importance } of result.predictions) {
      expect(confidence).toBe(probabilities[prediction]);
      expect(probabilities.AI + probabilities.Real).toBeCloseTo(1, 12);
      expect(reasons).toHaveLength(4);
      expect(Object.keys(feature_importance)).toHaveLength(4);
    }
    const inV1 = v.parse(Training, (await program.ask(`/v1/trainings/${id}`)).json());
    expect(inV1).toMatchObject({ state: 'completed', settings: { model: 'neighbours', neighbours: 3, seed: 7 } });
    expect(await readdir(join(test.home, 'spool')).catch(() => [])).toEqual([]);
  });

  it('test on the second zip, where there is one', async () => {
    const files = { training_file: await zipOfPictures(40), testing_file: await zipOfPictures(10, 40) };
    const id = await begun(await form({ ...USER, model_type: 'logistic_regression' }, files));
    await ended(id);
    const { predictions } = v.parse(CustomResult, (await program.ask(`/api/custom/result/${id}`)).json());
    expect(predictions).toHaveLength(20);
    for (const { name } of predictions) expect(Number(/\d+/.exec(name)?.[0])).toBeGreaterThanOrEqual(40);
  });

  it('take a data set that is there, by its name, in JSON', async () => {
    const zip = { method: 'POST', body: await zipOfPictures(20), headers: { 'content-type': 'application/zip' } };
    const { id: dataset } = v.parse(Dataset, (await program.ask('/v1/datasets?name=there', zip)).json());
    const asked = {
      model_type: 'logistic',
      data_source: 'dataset',
      dataset_name: 'there',
      hyperparameters: { C: 0.01 },
    };
    const id = await begun(json(asked));
    const training = v.parse(Training, (await program.ask(`/v1/trainings/${id}`)).json());
    expect(training).toMatchObject({ dataset, settings: { penalty: 0.01, start: 'base' } });
    expect((await ended(id)).at(-1)?.status).toBe('completed');
  });

  it('say in words what went wrong with a training', async () => {
    const broken = { training_file: await zipOfPictures(2) };
    const id = await begun(await form({ ...USER, model_type: 'mlp' }, broken));
    await test.companion.trainings.removeTraining(id);
    expect((await ended(id)).at(-1)).toMatchObject({ status: 'error', current_step: 'Cancelled.' });
    expect((await program.ask(`/api/custom/result/${id}`)).status).toBe(404);
  });

  it('refuse what they do not know, and keep nothing of it', async () => {
    const zip = await zipOfPictures(5);
    const refusals: [Parameters<typeof train>[0], number][] = [
      [json({ model_type: 'random_forest', data_source: 'labels' }), 400],
      [json({ model_type: 'mlp', data_source: 'labels', hyperparameters: { n_estimators: 3 } }), 400],
      [json({ model_type: 'mlp', data_source: 'labels', hyperparameters: { hidden_layers: [64, 32] } }), 400],
      [json({ model_type: 'mlp', data_source: 'dataset', dataset_name: 'nowhere' }), 404],
      [json({ model_type: 'mlp', data_source: 'labels' }), 422],
      [json(USER), 400],
      [await form(USER, { some_file: zip }), 400],
      [await form({ ...USER, hyperparameters: '{' }, { training_file: zip }), 400],
      [await form(USER, { training_file: Buffer.from('no zip') }), 422],
      [{ ...json({}), body: 'x'.repeat(100_000) }, 413],
    ];
    for (const [asked, status] of refusals) {
      const answer = await train(asked);
      expect(answer.status, answer.text).toBe(status);
    }
    expect(v.parse(DatasetList, (await program.ask('/v1/datasets')).json()).datasets).toEqual([]);
    expect(await readdir(join(test.home, 'spool')).catch(() => [])).toEqual([]);
  });

  it('need a token that may train', async () => {
    const reader = await programOf(test, 'read', 'check', 'admin');
    const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    for (const path of [`/api/custom/progress/${id}`, `/api/custom/result/${id}`]) {
      expect((await reader.ask(path)).json()).toMatchObject({ code: 'scope-missing' });
      expect((await program.ask(path)).status).toBe(404);
    }
    expect((await reader.ask('/api/custom/train', json(USER))).json()).toMatchObject({ code: 'scope-missing' });
  });
});

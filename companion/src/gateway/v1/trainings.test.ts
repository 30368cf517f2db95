import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Dataset, Training, TrainingResult } from '@touchstone/shared';
import { DatasetList, TrainingList, TrainingPredictionPage } from '@touchstone/shared/api';
import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createStandInLooker,
  pictureText,
  SHIPPED,
  type StandInLooker,
} from '../../training/fixtures/stand-in-looker.ts';
import { zipOfPictures } from '../../training/fixtures/zip-of-pictures.ts';
import { fileForm } from '../fixtures/file-form.ts';
import { openSession } from '../fixtures/open-session.ts';
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

const upload = (body: Buffer) => ({ method: 'POST', body, headers: { 'content-type': 'application/zip' } });
const json = (value: unknown) => ({ method: 'POST', body: JSON.stringify(value) });

async function completed(path: string): Promise<Training> {
  const ask = async () => v.parse(v.looseObject({ state: v.string() }), (await program.ask(path)).json()).state;
  await expect.poll(ask).toBe('completed');
  return (await program.ask(path)).json() as Training;
}

describe('/v1/datasets and /v1/trainings', () => {
  it('lead a program from a zip to a result, the word on each picture, and the pack as one file', async () => {
    const sent = await program.ask('/v1/datasets?name=ours', upload(await zipOfPictures(60)));
    expect(sent.status, sent.text).toBe(202);
    const { id } = v.parse(Dataset, sent.json());
    const looked = v.parse(Dataset, await completed(`/v1/datasets/${id}`));
    expect(looked).toMatchObject({ name: 'ours', from: 'upload', items: 120, summary: { ai: 60, real: 60 } });
    const begun = await program.ask('/v1/trainings', json({ dataset: id, settings: { name: 'our-own', seed: 7 } }));
    expect(begun.status, begun.text).toBe(202);
    const training = v.parse(Training, begun.json());
    const path = `/v1/trainings/${training.id}`;
    expect(await completed(path)).toMatchObject({ pack: 'our-own@1', dataset: id, datasetName: 'ours' });
    const result = v.parse(TrainingResult, (await program.ask(`${path}/result`)).json());
    expect(result).toMatchObject({ pack: 'our-own@1', base: 'starter@0.1.0', trained: 90, tested: 30 });
    const first = v.parse(TrainingPredictionPage, (await program.ask(`${path}/predictions?limit=20&part=test`)).json());
    expect(first).toMatchObject({ total: 30, next: '20' });
    const rest = await program.ask(`${path}/predictions?limit=20&part=test&cursor=${first.next}`);
    expect(v.parse(TrainingPredictionPage, rest.json())).toMatchObject({ next: null, predictions: { length: 10 } });
    const file = await program.ask(`${path}/pack`);
    expect(file.headers['content-type']).toBe('application/x-tar');
    expect(file.text).toContain('"our-own"');
    const lists = [
      v.parse(DatasetList, (await program.ask('/v1/datasets')).json()).datasets.map((one) => one.id),
      v.parse(TrainingList, (await program.ask('/v1/trainings')).json()).trainings.map((one) => one.id),
    ];
    expect(lists).toEqual([[id], [training.id]]);
    expect((await program.ask(path, { method: 'DELETE' })).status).toBe(200);
    expect((await program.ask(path)).status).toBe(404);
  });

  it('tell how far a training is, event by event, until it has ended', async () => {
    const { id } = v.parse(Dataset, (await program.ask('/v1/datasets', upload(await zipOfPictures(20)))).json());
    const training = v.parse(Training, (await program.ask('/v1/trainings', json({ dataset: id }))).json());
    const stream = await program.ask(`/v1/trainings/${training.id}/events`);
    const told = [...stream.text.matchAll(/^event: training\ndata: (.*)$/gm)].map(([, data]) =>
      v.parse(Training, JSON.parse(data ?? '')),
    );
    expect(told.at(-1)?.state).toBe('completed');
    expect(new Set(told.map(({ state }) => state))).not.toContain('failed');
  });

  it('take a form with the pictures of each class', async () => {
    const { headers, body } = fileForm([['1.jpg', pictureText('ai', 1)]], 'ai');
    const both = Buffer.concat([
      body.subarray(0, body.length - '--part--\r\n'.length),
      fileForm([['2.jpg', pictureText('real', 2)]], 'real').body,
    ]);
    const sent = await program.ask('/v1/datasets', { method: 'POST', headers, body: both });
    expect(v.parse(Dataset, sent.json())).toMatchObject({ items: 2, from: 'upload' });
  });

  const folder = async (...parts: (readonly [part: string, path: string, content: string])[]) => {
    const form = new FormData();
    for (const [part, path, content] of parts) form.append(part, new Blob([content]), path);
    const sent = new Response(form);
    const headers = { 'content-type': sent.headers.get('content-type') ?? '' };
    return program.ask('/v1/datasets', { method: 'POST', headers, body: Buffer.from(await sent.arrayBuffer()) });
  };
  const itemsOf = async (id: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => (await test.companion.trainings.datasetItem(id, index))?.item),
    );

  it('take a folder as a form, by its folders, without what lies or leads outside of them', async () => {
    const sent = await folder(
      ['picture', 'mine/notes.txt', 'notes'],
      ['picture', 'mine/ai/one/1.jpg', pictureText('ai', 1)],
      ['picture', 'mine/real/2.jpg', pictureText('real', 2)],
      ['picture', 'mine/real/../../../3.jpg', pictureText('real', 3)],
    );
    expect(sent.status, sent.text).toBe(202);
    const { id, items } = v.parse(Dataset, sent.json());
    expect(items).toBe(2);
    expect(await itemsOf(id, 2)).toMatchObject([
      { truth: 'ai', name: 'mine/ai/one/1.jpg', ties: ['folder ai/one'], place: { kind: 'own', file: '1' } },
      { truth: 'real', name: 'mine/real/2.jpg', place: { kind: 'own', file: '2' } },
    ]);
    expect((await readdir(join(test.home, 'training', 'datasets', id, 'files'))).toSorted()).toEqual(['1', '2']);
  });

  it('take a folder by its CSV file, and keep nothing of one that names what did not come', async () => {
    const labels = 'path,label,source\npictures/1.jpg,ai,a\n./2.jpg,0,\n';
    const sent = await folder(
      ['picture', 'mine/pictures/1.jpg', pictureText('ai', 1)],
      ['labels', 'mine/labels.csv', labels],
      ['picture', 'mine/2.jpg', pictureText('real', 2)],
      ['picture', 'mine/unnamed.jpg', pictureText('real', 3)],
    );
    const { id } = v.parse(Dataset, sent.json());
    expect(await itemsOf(id, 3)).toMatchObject([
      { truth: 'ai', name: 'pictures/1.jpg', ties: ['source a'] },
      { truth: 'real', name: './2.jpg', ties: [] },
      undefined,
    ]);
    const refusals: [Parameters<typeof folder>, RegExp][] = [
      [[['labels', 'labels.csv', labels]], /"fault":\{"kind":"csv-picture","line":2,"file":"pictures\/1.jpg"/],
      [[['labels', 'labels.csv', 'file,kind\na,b\n']], /"kind":"csv-columns"/],
      [[['labels', 'labels.csv', 'path,label\na.jpg,maybe\n']], /"detail":"Line 2 of the CSV file: the label is/],
      [
        [
          ['labels', 'labels.csv', labels],
          ['labels', 'more.csv', labels],
        ],
        /one part/,
      ],
      [[['picture', 'mine/1.jpg', pictureText('ai', 1)]], /dataset-unusable.*"kind":"no-ai"/],
      [[['else', 'mine/1.jpg', '']], /parts are named/],
    ];
    for (const [parts, why] of refusals) {
      const { status, text } = await folder(...parts);
      expect(status, text).toBeGreaterThanOrEqual(400);
      expect(text).toMatch(why);
    }
    expect(v.parse(DatasetList, (await program.ask('/v1/datasets')).json()).datasets).toHaveLength(1);
  });

  it('take the demo set, alone or joined to what a program brings', async () => {
    const alone = v.parse(Dataset, (await program.ask('/v1/datasets/demo', json({}))).json());
    expect(alone).toMatchObject({ from: 'demo', name: 'demo set', items: 131 });
    const sent = await program.ask('/v1/datasets?demo=true', upload(await zipOfPictures(2)));
    const joined = v.parse(Dataset, sent.json());
    expect(joined).toMatchObject({ from: 'upload', items: 4 + 131 });
    const [own, , , , first] = await itemsOf(joined.id, 5);
    expect(own).toMatchObject({ name: 'ai/0.jpg', place: { file: '0' } });
    expect(first).toMatchObject({ name: expect.stringMatching(/^demo\/photographs\//), place: { file: '4' } });
    expect((await program.ask('/v1/datasets?demo=perhaps', upload(await zipOfPictures(2)))).status).toBe(400);
  });

  it('take labels of the history, each content once', async () => {
    const ids: string[] = [];
    for (const text of ['one', 'one', 'two', 'three']) {
      const answer = await test.control('/api/check', {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'image/jpeg' },
      });
      ids.push((answer.json() as { id: string }).id);
    }
    for (const [index, label] of ['fake', 'fake', 'real', 'unsure'].entries()) {
      await test.control(`/api/history/records/${ids[index]}/label`, {
        method: 'PUT',
        body: JSON.stringify({ label }),
      });
    }
    const sent = await program.ask('/v1/datasets/labels', json({}));
    const { id } = v.parse(Dataset, sent.json());
    expect(sent.json()).toMatchObject({ items: 2, from: 'labels', removed: 0 });
    const looked = async () => v.parse(Dataset, (await program.ask(`/v1/datasets/${id}`)).json());
    await expect.poll(async () => (await looked()).state).toBe('completed');
    // What is said of pictures there is said of their records too.
    const said = { ...json({ items: [0, 1], truth: 'real' }), method: 'PUT' };
    expect((await program.ask(`/v1/datasets/${id}/truths`, said)).status).toBe(200);
    const labels = async () =>
      Promise.all(
        ids.map(async (one) => {
          const record = (await test.control(`/api/history/records/${one}`)).json() as { label: string };
          return record.label;
        }),
      );
    expect(await labels()).toEqual(['real', 'real', 'real', 'unsure']);
    // The last record of a content takes its item along, not the first.
    const remove = async (one: string | undefined) => {
      await test.control('/api/history/delete', { method: 'POST', body: JSON.stringify({ ids: [one] }) });
      await test.companion.trainings.settled();
    };
    const items = async () =>
      (await Promise.all([0, 1].map((item) => test.companion.trainings.datasetItem(id, item)))).map((one) => one?.item);
    const [, second] = ids;
    await remove(second);
    expect((await looked()).removed).toBe(0);
    expect((await items()).map((one) => one?.place)).toContainEqual(expect.objectContaining({ recordId: ids[0] }));
    // What may come back is kept until it may not.
    const held = await test.control('/api/history/delete', {
      method: 'POST',
      body: JSON.stringify({ ids: [ids[0]], undoable: true }),
    });
    const { undo } = held.json() as { undo: { deletion: string } };
    await test.companion.trainings.settled();
    expect((await looked()).removed).toBe(0);
    const back = { method: 'POST', body: JSON.stringify({ deletion: undo.deletion }) };
    expect((await test.control('/api/history/undo-delete', back)).json()).toEqual({ restored: 1 });
    await remove(ids[0]);
    expect((await looked()).removed).toBe(1);
    expect(await items()).toContainEqual({ truth: 'real', name: '', ties: [], place: { kind: 'removed' } });
  });

  it('refuse what cannot be taught from, and keep nothing of it', async () => {
    const refusals = [
      await program.ask('/v1/datasets', upload(Buffer.from('no zip'))),
      await program.ask('/v1/datasets', upload(await zipOfPictures(0))),
      await program.ask('/v1/datasets/labels', json({})),
    ];
    for (const answer of refusals) {
      expect(answer.status, answer.text).toBe(422);
      expect(answer.json()).toMatchObject({ code: 'dataset-unusable' });
    }
    expect((await program.ask('/v1/datasets', upload(Buffer.alloc(0)))).json()).toMatchObject({ code: 'empty-file' });
    expect((await program.ask('/v1/trainings', json({ dataset: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }))).status).toBe(404);
    expect(v.parse(DatasetList, (await program.ask('/v1/datasets')).json()).datasets).toEqual([]);
  });

  it('open no folder of this computer to programs, and nothing to those without the scope', async () => {
    const folder = json({ path: '/etc' });
    expect((await program.ask('/api/teach/datasets/folder', folder)).status).toBe(401);
    const reader = await programOf(test, 'read', 'check', 'admin');
    for (const path of ['/v1/datasets', '/v1/trainings', '/v1/trainings/x/pack', '/v1/datasets/x/pictures/0']) {
      expect((await reader.ask(path)).json(), path).toMatchObject({ code: 'scope-missing' });
    }
  });
});

describe('the history page', () => {
  it('teaches, uses the pack and goes back', async () => {
    const folder = join(test.home, 'pictures');
    for (const truth of ['ai', 'real'] as const) {
      await mkdir(join(folder, truth), { recursive: true });
      for (let index = 0; index < 20; index += 1) {
        await writeFile(join(folder, truth, `${index}.jpg`), pictureText(truth, index));
      }
    }
    const taken = await test.control('/api/teach/datasets/folder', json({ path: folder }));
    const { id } = v.parse(Dataset, taken.json());
    const { page } = await openSession(test);
    expect((await page('/api/teach/datasets/folder', json({ path: folder }))).status).toBe(401);
    const begun = v.parse(Training, (await page('/api/teach/trainings', json({ dataset: id }))).json());
    const path = `/api/teach/trainings/${begun.id}`;
    await expect.poll(async () => ((await page(path)).json() as Training).state).toBe('completed');
    const empty = { method: 'POST', headers: { 'content-type': undefined } };
    const settings = async () => (await page('/api/settings')).json();
    expect((await page(`${path}/use`, empty)).json()).toMatchObject({ inUse: true });
    expect(await settings()).toMatchObject({ quickPack: 'mine@1' });
    expect((await page(`${path}/roll-back`, empty)).json()).toMatchObject({ inUse: false });
    expect(await settings()).toMatchObject({ quickPack: null });
  });
});

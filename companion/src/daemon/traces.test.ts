import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Dataset, Training } from '@touchstone/shared';
import { CheckList, DatasetList } from '@touchstone/shared/api';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { enter, pairWith } from '../gateway/fixtures/stream-client.ts';
import { type Answer, type RequestOptions, send } from '../gateway/fixtures/test-companion.ts';
import { programOf } from '../gateway/fixtures/token-of.ts';
import { testPicture } from '../pipeline/fixtures/test-pictures.ts';
import { makeClip } from '../video-file/fixtures/make-clip.ts';
import { startCompanion } from './start-companion.ts';

/**
 * Every table of the history, with what is left in it once no record is there: a new one must be put here, so that somebody
 * has thought about what takes its rows away.
 */
const TABLES: Readonly<Record<string, 'nothing' | 'digests of links' | 'notes of damage' | "a person's own choice">> = {
  records: 'nothing',
  bodies: 'nothing',
  media: 'nothing',
  peaks: 'nothing',
  contents: 'nothing',
  embeddings: 'nothing',
  jobs: 'nothing',
  job_requests: 'nothing',
  webhook_messages: 'nothing',
  case_records: 'nothing',
  record_tags: 'nothing',
  record_notes: 'nothing',
  held: 'nothing',
  deletions: 'nothing',
  cases: "a person's own choice",
  webhooks: "a person's own choice",
  chain: 'digests of links',
  damages: 'notes of damage',
};

/** Filled only while a deletion can be taken back. */
const HELD_BACK = ['held', 'deletions'];

/** The words of the records, a full-text index: its own tables are searched for the words below. */
const WORDS = ['words', 'words_config', 'words_data', 'words_idx'];

/** Every file and folder that a working companion makes in its data folder: a new one must be put here, for the same reason. */
const PLACES = [
  'history.sqlite',
  'history.sqlite-wal',
  'history.sqlite-shm',
  'content',
  'spool',
  'logs',
  'redirects',
  'clock.json',
  'control.json',
  'companion.lock',
  'companion.pid',
  'companion.sock',
  'settings.json',
  'browsers.json',
  'tokens.json',
  'training',
  'packs',
];

/** In no picture and no code: whatever file holds them was told by a check. */
const SECRETS = { name: 'zyxwolframite', page: 'qaltbrunnen', site: 'vexillum.example' };

/** Every file below a folder, as a path from it. */
const filesOf = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** Rows of every table. */
function rowsIn(home: string): Record<string, number> {
  const database = new DatabaseSync(join(home, 'history.sqlite'), { readOnly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    const names = tables.map(({ name }) => String(name)).filter((name) => !WORDS.includes(name));
    const count = (name: string) => Number(database.prepare(`SELECT count(*) AS total FROM "${name}"`).get()?.total);
    return Object.fromEntries(names.map((name) => [name, count(name)]));
  } finally {
    database.close();
  }
}

/** Files that hold a word which only the checks told. */
const tellingFiles = (home: string): string[] =>
  filesOf(home).filter((file) => {
    const bytes = readFileSync(join(home, file));
    // What a pack saw in pictures of records, and a map made of it.
    if (/^training\/.*(looks-|map\.json)/.test(file) && bytes.length > 0) return true;
    return Object.values(SECRETS).some((word) => bytes.includes(word) || bytes.includes(word.toUpperCase()));
  });

/** The whole companion with its real packs, which keeps all that it may. */
async function startWhole() {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-traces-'));
  const packs = fileURLToPath(new URL('../../../models/packs', import.meta.url));
  const options = { home, port: 0, packFolders: [packs], provider: 'cpu', signal: new AbortController().signal };
  const started = await startCompanion(options);
  if (started.outcome !== 'started') throw new Error(started.outcome);
  const { companion } = started;
  const { token } = v.parse(
    v.object({ token: v.string() }),
    JSON.parse(await readFile(join(home, 'control.json'), 'utf8')),
  );
  const request = (path: string, more?: RequestOptions): Promise<Answer> => send(companion.port, path, more);
  const control = (path: string, { headers, ...more }: RequestOptions = {}): Promise<Answer> => {
    const type = typeof more.body === 'string' ? { 'content-type': 'application/json' } : {};
    return request(path, { ...more, headers: { authorization: `Bearer ${token}`, ...type, ...headers } });
  };
  const change = (patch: object) => control('/api/settings', { method: 'PATCH', body: JSON.stringify(patch) });
  await change({ keepOriginals: true, keepThumbnails: true });
  return { home, companion, request, control, change };
}

type Whole = Awaited<ReturnType<typeof startWhole>>;

/** A video whose frames differ, so that they are judged and no flat graphics. @param seed tells clips apart */
async function testClip(home: string, seed: number): Promise<Buffer> {
  const path = join(home, '..', `${SECRETS.name}-${process.pid}.mp4`);
  onTestFinished(() => rm(path, { force: true }));
  const pixels = await testPicture(320, 240, seed + 4)
    .raw()
    .toBuffer();
  await makeClip({
    path,
    width: 320,
    height: 240,
    rate: 10,
    frames: 20,
    draw: (index) => pixels.map((value) => value + index),
  });
  return readFile(path);
}

const picture = (seed: number): Promise<Buffer> => testPicture(400, 300, seed).png().toBuffer();

/** @param seed of the first picture: contents that were checked before are told from what is known of them */
async function checkByHand({ home, control }: Whole, seed: number): Promise<Answer[]> {
  const named = `?fileName=${SECRETS.name}`;
  const image = { method: 'POST', body: await picture(seed), headers: { 'content-type': 'image/png' } };
  const video = { method: 'POST', body: await testClip(home, seed), headers: { 'content-type': 'video/mp4' } };
  return [await control(`/api/check${named}`, image), await control(`/api/check-video${named}`, video)];
}

/** A check that a program sends under a key, to be told of its end. */
async function checkByProgram(whole: Whole, key: string, seed: number): Promise<Answer> {
  const program = await programOf(whole, 'check', 'read');
  const listener = JSON.stringify({ url: `http://127.0.0.1:65500/told` });
  const told = await program.ask('/v1/webhooks', { method: 'POST', body: listener });
  expect(told.status, told.text).toBe(200);
  const headers = { 'content-type': 'image/png', 'idempotency-key': `${SECRETS.name}-${key}`, prefer: 'wait=60' };
  return program.ask(`/v1/checks?fileName=${SECRETS.name}.png`, {
    method: 'POST',
    body: await picture(seed + 1),
    headers,
  });
}

/** A picture and a playing video of a page, over the browser's socket. */
async function checkInBrowser({ companion }: Whole, isPrivate: boolean, seed: number): Promise<boolean[]> {
  const client = await enter(companion.port, await pairWith(companion.port, companion.newPairing().code));
  const where = { pageUrl: `https://${SECRETS.site}/`, pageTitle: SECRETS.page, private: isPrivate };
  const bytes = await picture(seed + 2);
  client.send({
    type: 'capture',
    id: 1,
    lane: 'asked',
    source: { kind: 'image', path: 'original-bytes', url: `https://${SECRETS.site}/${SECRETS.name}.png`, ...where },
    bytes,
    fresh: false,
  });
  const { record } = await client.next('result');
  const track = 'a-playing-video';
  client.send({
    type: 'track-open',
    id: 2,
    track,
    source: { kind: 'video', path: 'canvas', ...where },
    duration: null,
    resume: [],
  });
  const frame = await testPicture(480, 360, seed + 6)
    .jpeg()
    .toBuffer();
  for (const id of [3, 4, 5]) {
    client.send({ type: 'track-frame', id, track, mediaTime: id, path: 'canvas', bytes: frame });
    await client.next('track-update', (update) => update.id === id);
  }
  client.send({ type: 'track-close', id: 6, track });
  const last = await client.next('track-update', (update) => update.id === 6);
  client.socket.close();
  return [record.logged, last.record?.logged ?? false];
}

/** Calls every second picture AI and the others photographs, and teaches a pack from all. */
async function teachFromLabels({ control }: Whole): Promise<void> {
  const page = await control('/api/history/query', { method: 'POST', body: '{}' });
  const schema = v.object({
    records: v.array(v.object({ id: v.string(), source: v.looseObject({ kind: v.string() }) })),
  });
  const pictures = v.parse(schema, page.json()).records.filter(({ source }) => source.kind !== 'video');
  for (const [index, { id }] of pictures.entries()) {
    const body = JSON.stringify({ label: index % 2 === 0 ? 'fake' : 'real' });
    expect((await control(`/api/history/records/${id}/label`, { method: 'PUT', body })).status).toBe(200);
  }
  // On the smallest pack: which one it is changes nothing of what is kept.
  const body = JSON.stringify({ base: 'starter' });
  const taken = await control('/api/teach/datasets/labels', { method: 'POST', body });
  expect(taken.status, taken.text).toBe(202);
  const { id: dataset } = v.parse(Dataset, taken.json());
  const begun = await control('/api/teach/trainings', { method: 'POST', body: JSON.stringify({ dataset }) });
  const { id } = v.parse(Training, begun.json());
  const Work = v.object({ state: v.string(), error: v.nullable(v.unknown()) });
  const ended = async (path: string) => {
    const { state, error } = v.parse(Work, (await control(path)).json());
    return error === null ? state : JSON.stringify(error);
  };
  await expect.poll(() => ended(`/api/teach/trainings/${id}`)).toBe('completed');
  await expect.poll(() => ended(`/api/teach/datasets/${dataset}/map`)).toBe('completed');
}

/** Data sets, as the page shows them. */
const datasetsOf = async ({ control }: Whole) =>
  v.parse(DatasetList, (await control('/api/teach/datasets')).json()).datasets;

/** What records left in the tables, apart from what is meant to stay. */
function leftIn(home: string): Record<string, number> {
  const rows = rowsIn(home);
  expect(Object.keys(rows).toSorted()).toEqual(Object.keys(TABLES).toSorted());
  return Object.fromEntries(Object.entries(rows).filter(([name, total]) => TABLES[name] === 'nothing' && total > 0));
}

/** Files that records left in the data folder, which has no place that is not in the list. */
function filesLeftIn(home: string): string[] {
  expect(PLACES).toEqual(expect.arrayContaining(readdirSync(home)));
  const stored = [...filesOf(join(home, 'content')), ...filesOf(join(home, 'spool'))];
  return [...stored, ...tellingFiles(home)];
}

/** Puts every record into a case, with a note and a tag, all in words that nothing else holds. @returns id of the case */
async function fileAll({ control }: Whole): Promise<string> {
  const words = { note: SECRETS.name, tags: [SECRETS.page] };
  const made = await control('/api/cases', { method: 'POST', body: JSON.stringify({ name: SECRETS.name, ...words }) });
  const { id } = v.parse(v.object({ id: v.string() }), made.json());
  const page = await control('/api/history/query', { method: 'POST', body: '{}' });
  const { records } = v.parse(v.object({ records: v.array(v.object({ id: v.string() })) }), page.json());
  const ids = records.map((record) => record.id);
  const put = await control(`/api/cases/${id}/records`, { method: 'POST', body: JSON.stringify({ ids }) });
  expect(put.status, put.text).toBe(200);
  for (const record of ids) {
    const change = { method: 'PATCH', body: JSON.stringify(words) };
    expect((await control(`/api/history/records/${record}`, change)).status).toBe(200);
  }
  return id;
}

const deleteAll = (whole: Whole): Promise<Answer> =>
  whole.control('/api/history/delete', { method: 'POST', body: JSON.stringify({ filter: {} }) });

let whole: Whole;
beforeAll(async () => {
  whole = await startWhole();
});
afterAll(async () => {
  await whole.companion.stop();
  await rm(whole.home, { recursive: true, force: true });
});

const idsOf = async ({ control }: Whole): Promise<string[]> => {
  const page = await control('/api/history/query', { method: 'POST', body: '{}' });
  const schema = v.object({ records: v.array(v.object({ id: v.string() })) });
  return v.parse(schema, page.json()).records.map(({ id }) => id);
};

/** Files of the trainings that tell of records. */
const inTraining = (home: string): string[] => tellingFiles(home).filter((file) => file.startsWith('training/'));

const settled = async ({ companion }: Whole): Promise<void> => {
  await companion.jobs.contents.settled();
  await companion.trainings.settled();
};

// In this order: what the last one finds in the files was left by any of them. One pack is taught, from records that go in three ways.
describe('nothing is left in any table or folder', { timeout: 300_000 }, () => {
  /** Records that are deleted one by one, and when those of the retention were all there. */
  let [singly, old]: [string[], number] = [[], 0];
  let caseId: string;

  it('of a private window', async () => {
    expect(await checkInBrowser(whole, true, 1)).toEqual([false, false]);
    expect(leftIn(whole.home)).toEqual({});
    expect(filesLeftIn(whole.home)).toEqual([]);
  });

  it('of checks while recording is paused', async () => {
    await whole.change({ recordingPaused: true });
    for (const answer of await checkByHand(whole, 1)) expect(answer.status, answer.text).toBe(200);
    expect(await checkInBrowser(whole, false, 1)).toEqual([false, false]);
    expect((await checkByProgram(whole, 'paused', 1)).status).toBe(409);
    await whole.change({ recordingPaused: false });
    expect(leftIn(whole.home)).toEqual({});
    expect(filesLeftIn(whole.home)).toEqual([]);
  });

  it('but what is there before, of which a pack is taught', async () => {
    for (const answer of await checkByHand(whole, 1)) expect(answer.status, answer.text).toBe(200);
    expect(await checkInBrowser(whole, false, 1)).toEqual([true, true]);
    const { checks } = v.parse(CheckList, (await checkByProgram(whole, 'first', 1)).json());
    expect(checks).toMatchObject([{ state: 'completed' }]);
    singly = await idsOf(whole);
    expect(singly).toHaveLength(5);
    expect(await checkInBrowser(whole, false, 20)).toEqual([true, true]);
    await checkByProgram(whole, 'old', 20);
    await wait(1);
    old = Date.now();
    await wait(1);
    await checkByHand(whole, 40);
    await checkByProgram(whole, 'second', 40);
    caseId = await fileAll(whole);
    // All of them are filled before, or the tests below would say nothing.
    const filled = Object.keys(TABLES).filter((name) => TABLES[name] === 'nothing' && !HELD_BACK.includes(name));
    expect(Object.keys(leftIn(whole.home)).toSorted()).toEqual(filled.toSorted());
    expect(filesLeftIn(whole.home)).not.toEqual([]);
    await teachFromLabels(whole);
    expect(inTraining(whole.home).map((file) => basename(file))).toEqual(
      expect.arrayContaining(['items.json', 'map.json', 'predictions.json', expect.stringMatching(/^looks-/)]),
    );
    expect(await datasetsOf(whole)).toMatchObject([{ items: 7, removed: 0 }]);
  });

  it('of records that were deleted one by one', async () => {
    for (const id of singly)
      await whole.control('/api/history/delete', { method: 'POST', body: JSON.stringify({ ids: [id] }) });
    await settled(whole);
    expect(leftIn(whole.home)).toMatchObject({ records: 6, case_records: 6 });
    expect((await whole.control(`/api/cases/${caseId}`)).json()).toMatchObject({ records: 6 });
    expect(await datasetsOf(whole)).toMatchObject([{ items: 7, removed: 3 }]);
  });

  it('of records that were deleted by the retention', async () => {
    // What the retention does once an hour.
    const body = JSON.stringify({ olderThan: old });
    expect((await whole.control('/api/history/prune', { method: 'POST', body })).status).toBe(200);
    await settled(whole);
    expect(leftIn(whole.home)).toMatchObject({ records: 3, case_records: 3 });
    expect(await datasetsOf(whole)).toMatchObject([{ items: 7, removed: 5 }]);
    expect(inTraining(whole.home)).not.toEqual([]);
  });

  it('of records that were deleted at once, and in no file after the end', async () => {
    const body = JSON.stringify({ ids: (await idsOf(whole)).slice(0, 1), undoable: true });
    await whole.control('/api/history/delete', { method: 'POST', body });
    expect(leftIn(whole.home)).toMatchObject({ records: 3, case_records: 3, held: 1, deletions: 1 });
    await deleteAll(whole);
    await settled(whole);
    // Rows of the others would be here too.
    expect(leftIn(whole.home)).toEqual({});
    expect(inTraining(whole.home)).toEqual([]);
    expect(await datasetsOf(whole)).toMatchObject([{ items: 7, removed: 7 }]);
    // The pack stays, and names nothing.
    expect(filesOf(join(whole.home, 'packs')).map((file) => basename(file))).toEqual(
      expect.arrayContaining(['CARD.md', 'head.json', 'pack.json']),
    );
    expect(tellingFiles(whole.home).filter((file) => file.startsWith('packs/'))).toEqual([]);
    // Their names tell what was looked at.
    expect(rowsIn(whole.home)).toMatchObject({ cases: 0 });
    await whole.companion.stop();
    expect(filesLeftIn(whole.home)).toEqual([]);
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { filledFolder, ORIGINAL } from '../../backup/fixtures/filled-folder.ts';
import { openHistory } from '../../log/create-result-log.ts';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { memoryContentStore } from '../../store/fixtures/memory-content-store.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { openTeam } from '../open-team.ts';
import { importHistory, planImport } from './import-history.ts';
import { openSourceHistory } from './source-history.ts';

const databases = testDatabases({ fsync: 'off' });

/** More than one step of links. */
const RECORDS = 130;

async function openedTeam(content = memoryContentStore()) {
  const team = await openTeam({ database: await databases.fresh(), content });
  onTestFinished(() => team.close());
  return { team, content };
}

/** A single person's folder with everything that a history holds. */
async function personsFolder() {
  const { home, records, original } = await filledFolder(RECORDS);
  const ids = records.map(({ id }) => id);
  const { log, cases } = openHistory(join(home, 'history.sqlite'));
  const video = generatedRecord(RECORDS + 1);
  log.append(video, { thumbnail: Buffer.from('small'), peaks: [Buffer.from('one'), Buffer.from('two')] });
  log.setLabel(ids[3] ?? '', 'fake');
  await log.deleteIds([ids[5] ?? '', ids[120] ?? '']);
  const made = await cases.create({ name: 'Fire', note: 'One night', tags: ['harbour'] });
  await cases.add(made.id, { ids: [ids[0] ?? '', ids[110] ?? ''] });
  await cases.annotate(ids[7] ?? '', { note: 'seen before', tags: ['night', 'sea'] });
  log.close();
  return { home, ids, original, video, caseId: made.id };
}

function openSource(home: string) {
  const source = openSourceHistory(home);
  onTestFinished(() => source.close());
  return source;
}

function textsOf(home: string): Map<string, string> {
  const database = new DatabaseSync(join(home, 'history.sqlite'), { readOnly: true });
  const rows = database.prepare('SELECT id, body FROM records JOIN bodies USING (number) ORDER BY link').all();
  database.close();
  return new Map(rows.map(({ id, body }) => [String(id), String(body)]));
}

type OpenedTeam = Awaited<ReturnType<typeof openedTeam>>['team'];

async function rowsOf(team: OpenedTeam): Promise<{ id: string; body: string; owner: string }[]> {
  const rows = sql<{ id: string; body: string; owner: string }>`SELECT id, body, owner FROM records ORDER BY link`;
  return (await rows.execute(team.database.kysely)).rows;
}

it('takes over everything that a person had: texts byte for byte, in their order', async () => {
  const { home, ids, original, video, caseId } = await personsFolder();
  const { team, content } = await openedTeam();
  const source = openSource(home);
  const counts = { records: RECORDS - 1, gone: 2, originals: 1 };
  expect(await planImport(team, source)).toMatchObject({ ...counts, cases: 1, known: 0, unfinished: 0 });
  expect(await rowsOf(team)).toEqual([]);

  await team.owners.within('ben', () => team.owners.history.append(generatedRecord(0), {}));
  const imported = await importHistory(team, source, { owner: 'ann' });
  expect(imported).toMatchObject({ ...counts, cases: 1, known: 0, lostOriginals: 0 });
  expect(imported.chain).toMatchObject({ intact: true, records: RECORDS, tombstones: 2, breaks: [] });
  const mine = (await rowsOf(team)).filter(({ owner }) => owner === 'ann');
  expect(new Map(mine.map(({ id, body }) => [id, body]))).toEqual(textsOf(home));
  expect(mine.map(({ id }) => id)).toEqual([...textsOf(home).keys()]);

  await team.owners.within('ann', async () => {
    const { history } = team.owners;
    expect(await history.get(ids[3] ?? '')).toMatchObject({ label: 'fake' });
    expect(await history.get(ids[7] ?? '')).toMatchObject({ note: 'seen before', tags: ['night', 'sea'] });
    expect(await history.get(ids[0] ?? '')).toMatchObject({ cases: [{ id: caseId, name: 'Fire' }] });
    expect(await history.get(ids[5] ?? '')).toBeUndefined();
    expect(await history.original(ids[0] ?? '')).toEqual(ORIGINAL);
    expect(Buffer.from((await history.thumbnail(video.id)) ?? []).toString()).toBe('small');
    expect(Buffer.from((await history.peak(video.id, 1)) ?? []).toString()).toBe('two');
    expect((await history.query({ filter: { case: caseId } })).total).toBe(2);
    expect((await history.query({ filter: { search: 'harbour' } })).total).toBe(RECORDS - 1);
    await history.deleteIds([ids[0] ?? '']);
  });
  expect(await content.size(original)).toBeUndefined();
});

it('goes on where it was broken off, and writes each record once', async () => {
  const { home } = await personsFolder();
  const { team } = await openedTeam();
  const broken = new AbortController();
  const stopped = importHistory(team, openSource(home), {
    owner: 'ann',
    signal: broken.signal,
    onProgress: () => broken.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  const before = (await rowsOf(team)).length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(RECORDS - 1);

  const both = await Promise.all([1, 2].map(() => importHistory(team, openSource(home), { owner: 'ann' })));
  expect(both.map(({ chain }) => chain)).toMatchObject([{ intact: true }, { intact: true }]);
  expect(before + (both[0]?.records ?? 0) + (both[1]?.records ?? 0)).toBe(RECORDS - 1);
  const again = await importHistory(team, openSource(home), { owner: 'ann' });
  expect(again).toMatchObject({ records: 0, gone: 0, cases: 0, chain: { records: RECORDS - 1, tombstones: 2 } });
  expect(new Set((await rowsOf(team)).map(({ id }) => id)).size).toBe(RECORDS - 1);
});

it('takes what came later when it is run again, and brings back nothing that was deleted meanwhile', async () => {
  const { home, records } = await filledFolder(5);
  const { team } = await openedTeam();
  await importHistory(team, openSource(home), { owner: 'ann' });
  await team.owners.within('ann', () => team.owners.history.deleteIds([records[0]?.id ?? '']));
  const { log } = openHistory(join(home, 'history.sqlite'));
  log.append(generatedRecord(77), {});
  log.close();
  expect(await importHistory(team, openSource(home), { owner: 'ann' })).toMatchObject({ records: 1, known: 0 });
  expect((await rowsOf(team)).length).toBe(5);
});

it('brings back no case that was deleted in the team, and no record that was taken out of one', async () => {
  const { home, ids, caseId } = await personsFolder();
  const { team } = await openedTeam();
  const { kysely } = team.database;
  const count = async (table: 'cases' | 'case_records') =>
    (await sql`SELECT 1 FROM ${sql.table(table)}`.execute(kysely)).rows.length;
  const again = () => importHistory(team, openSource(home), { owner: 'ann' });
  expect(await again()).toMatchObject({ cases: 1 });
  expect(await count('case_records')).toBe(2);
  await sql`DELETE FROM case_records WHERE number = (SELECT min(number) FROM case_records)`.execute(kysely);
  const { log, cases } = openHistory(join(home, 'history.sqlite'));
  const later = generatedRecord(301);
  log.append(later, {});
  await cases.add(caseId, { ids: [later.id, ids[0] ?? ''] });
  log.close();
  expect(await again()).toMatchObject({ records: 1, cases: 0 });
  expect(await count('case_records')).toBe(2);
  await sql`DELETE FROM cases`.execute(kysely);
  expect(await again()).toMatchObject({ cases: 0 });
  expect(await count('cases')).toBe(0);
});

it('lets a label of the source and one of the team hold for every record of the content', async () => {
  const { home, records } = await filledFolder(3);
  const { log } = openHistory(join(home, 'history.sqlite'));
  log.setLabel(records[1]?.id ?? '', 'real');
  log.close();
  const { team } = await openedTeam();
  const [first, second] = records;
  const mine = [first, second].map((record, at) => generatedRecord(50 + at, record ? { picture: record.picture } : {}));
  await team.owners.within('ann', async () => {
    for (const record of mine) await team.owners.history.append(record, {});
    await team.owners.history.setLabel(mine[0]?.id ?? '', 'fake');
  });
  await importHistory(team, openSource(home), { owner: 'ann' });
  const labels = await team.owners.within('ann', () =>
    Promise.all([first, mine[1]].map((record) => team.owners.history.get(record?.id ?? ''))),
  );
  expect(labels.map((record) => record?.label)).toEqual(['fake', 'real']);
});

it('refuses a history that was changed behind its chain, and one that somebody else has', async () => {
  const { home } = await filledFolder(3);
  const { team } = await openedTeam();
  await importHistory(team, openSource(home), { owner: 'ann' });
  await expect(importHistory(team, openSource(home), { owner: 'ben' })).rejects.toMatchObject({ code: 'bad-request' });
  const other = await filledFolder(3);
  const database = new DatabaseSync(join(other.home, 'history.sqlite'));
  database.exec("UPDATE bodies SET body = replace(body, 'harbour', 'station')");
  database.close();
  await expect(importHistory(team, openSource(other.home), { owner: 'ben' })).rejects.toMatchObject({
    code: 'log-damaged',
  });
  expect((await rowsOf(team)).length).toBe(3);
});

it('leaves out an original that is damaged, and says so', async () => {
  const { home, original, records } = await filledFolder(2);
  await writeFile(join(home, 'content', original.slice(0, 2), original), 'something else');
  const { team, content } = await openedTeam();
  const imported = await importHistory(team, openSource(home), { owner: 'ann' });
  expect(imported).toMatchObject({ records: 2, originals: 0, lostOriginals: 1, chain: { intact: true } });
  expect(await team.owners.within('ann', () => team.owners.history.original(records[0]?.id ?? ''))).toBeUndefined();
  const left: string[] = [];
  for await (const name of content.list()) left.push(name);
  expect(left).toEqual([]);
});

it('tells servers that run of what came, whole or broken off', async () => {
  const { home, ids } = await personsFolder();
  const url = await databases.fresh();
  const opened = async () => {
    const team = await openTeam({ database: url, content: memoryContentStore() });
    onTestFinished(() => team.close());
    return team;
  };
  const [server, command] = [await opened(), await opened()];
  const heard: string[] = [];
  const listening = new AbortController();
  onTestFinished(() => listening.abort());
  for (const owner of ['ann', 'ben']) {
    await server.owners.within(owner, async () => {
      server.owners.history.subscribe((event) => heard.push(`${owner} ${event.type}`), listening.signal);
    });
  }
  const counted = () => server.owners.within('ann', async () => server.owners.history.count());
  const broken = new AbortController();
  const importing = importHistory(command, openSource(home), {
    owner: 'ann',
    signal: broken.signal,
    onProgress: () => broken.abort(),
  });
  await expect(importing).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(() => heard, { timeout: 60_000 }).toEqual(['ann restored', 'ann cases']);
  expect(await counted()).toBeGreaterThan(0);
  await importHistory(command, openSource(home), { owner: 'ann' });
  await expect.poll(() => heard.length, { timeout: 60_000 }).toBe(4);
  expect([heard.every((line) => line.startsWith('ann')), await counted()]).toEqual([true, RECORDS - 1]);
  expect(ids).toHaveLength(RECORDS);
});

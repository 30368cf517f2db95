import { sql } from 'kysely';
import { pino } from 'pino';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import { keepRetention } from '../../daemon/retention.ts';
import { temporaryFolder } from '../../gateway/fixtures/test-companion.ts';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { createNotices } from '../../notices/notices.ts';
import { memoryContentStore } from '../../store/fixtures/memory-content-store.ts';
import { DESK_PACK, type Somebody, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { openTeam, TENANT } from '../open-team.ts';
import { inTurn, recordsOfAll } from './records-of-all.ts';
import { openTeamSettings } from './team-settings.ts';

const databases = testDatabases({ fsync: 'off' });
const DAY_MS = 24 * 60 * 60_000;
const HUNG_MS = 60_000;

const change = (who: Somebody, body: unknown) =>
  who.page('/api/settings', { method: 'PATCH', body: JSON.stringify(body) });

/** Settings as a process of a team has them. */
async function openProcess(url: string) {
  const team = await openTeam({ database: url, content: memoryContentStore() });
  const following = new AbortController();
  onTestFinished(async () => {
    following.abort();
    await team.close();
  });
  const warnings: string[] = [];
  const settings = await openTeamSettings(
    { database: team.database.kysely, bus: team.bus, tenant: TENANT, onWarning: (said) => warnings.push(said) },
    following.signal,
  );
  return { team, settings, warnings, signal: following.signal };
}

it('lets admins alone choose what is kept, and every process keeps it', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben, carl] = [
    await desk.join('Ann', 'admin'),
    await desk.join('Ben', 'analyst'),
    await desk.join('Carl', 'reader'),
  ];
  const has = async (body: string) => {
    const checked = await ben.program('/v1/checks?wait=60', { method: 'POST', body });
    const [{ record }] = v.parse(
      v.object({ checks: v.tuple([v.object({ record: v.object({ id: v.string() }) })]) }),
      checked.json(),
    ).checks;
    return (await ben.page(`/api/history/records/${record.id}/original`)).status;
  };
  expect(await has('kept')).toBe(200);
  for (const who of [ben, carl]) expect((await change(who, { keepOriginals: false })).status).toBe(403);
  expect((await change(ann, { keepOriginals: false, retentionDays: 30 })).json()).toMatchObject({
    keepOriginals: false,
    keepThumbnails: true,
    retentionDays: 30,
  });
  // The worker is another process: it hears of it, and keeps the next no more.
  await expect.poll(async () => has(`not kept ${Math.random()}`), { timeout: HUNG_MS }).toBe(404);
  expect((await carl.page('/api/settings')).json()).toMatchObject({ retentionDays: 30 });
  const audit = (await ann.page('/api/audit')).json() as {
    entries: { action: string; person: string; detail: string }[];
  };
  const noted = audit.entries.filter(({ action }) => action === 'settings-changed');
  expect(noted.map(({ person, detail }) => [person, detail])).toEqual([
    [ann.id, 'retentionDays 30, keepOriginals false'],
  ]);
  // What is of one computer is no choice of a team.
  for (const body of [{ recordingPaused: true }, { offeredPacks: [] }, { retentionDays: 0 }])
    expect([body, (await change(ann, body)).status]).toEqual([body, 400]);
});

it('lets admins choose a pack that a worker has, and binds checks to it', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'admin'), await desk.join('Ben', 'analyst')];
  const choices = async () => (await ann.page('/api/team/packs')).json();
  await expect.poll(choices, { timeout: HUNG_MS }).toEqual({ packs: [{ ...DESK_PACK, workers: 1 }] });
  expect((await ben.page('/api/team/packs')).status).toBe(403);
  for (const given of ['thorough', 'thorough@9.9.9'])
    expect((await change(ann, { thoroughPack: given })).text).toContain('pack-unknown');
  expect((await change(ann, { quickPack: 'thorough@1.0.0' })).text).toContain('pack-unknown');
  expect((await change(ann, { thoroughPack: 'thorough@1.0.0' })).status).toBe(200);
  await ben.program('/v1/checks', { method: 'POST', body: 'a picture' });
  const { kysely } = desk.team.database;
  const accepted = await sql<{ work: string; queue: string }>`SELECT work, queue FROM jobs`.execute(kysely);
  expect(accepted.rows.map(({ queue, work }) => [queue, JSON.parse(work).settings.thoroughPack])).toEqual([
    ['checks/thorough/1.0.0', 'thorough@1.0.0'],
  ]);
});

it('follows what another process changes, and keeps no picture where it cannot be read', async () => {
  const url = await databases.fresh();
  const [near, far] = [await openProcess(url), await openProcess(url)];
  const heard: (number | null)[] = [];
  const whereMade = new Set<boolean>();
  near.settings.subscribe((_, elsewhere) => whereMade.add(elsewhere), near.signal);
  far.settings.subscribe(({ retentionDays }, elsewhere) => {
    expect(elsewhere).toBe(true);
    heard.push(retentionDays);
  }, far.signal);
  // Two at once: neither undoes the other.
  await Promise.all([
    near.settings.change({ retentionDays: 7 }, 'ann'),
    near.settings.change({ keepOriginals: true }, 'ben'),
  ]);
  await expect
    .poll(() => far.settings.current(), { timeout: HUNG_MS })
    .toMatchObject({ retentionDays: 7, keepOriginals: true });
  expect(heard).toContain(7);
  expect(whereMade).toContain(false);
  await sql`UPDATE team_settings SET settings = '{"retentionDays":"never"}'`.execute(near.team.database.kysely);
  const late = await openProcess(url);
  expect(late.settings.current()).toMatchObject({ keepThumbnails: false, keepOriginals: false, retentionDays: null });
  expect(late.warnings).toHaveLength(1);
});

it('deletes what is older or more than the team keeps, whoever has it, in each one’s name', async () => {
  const { team, settings, signal } = await openProcess(await databases.fresh());
  const { owners } = team;
  const now = Date.UTC(2026, 5, 1);
  const put = (owner: string, seed: number, age: number) =>
    owners.within(owner, async () => {
      const at = now - age * DAY_MS;
      const record = generatedRecord(seed, { at });
      await owners.history.append(record, { thumbnail: new Uint8Array(1000) });
      return record.id;
    });
  const left = async () =>
    (await sql<{ owner: string }>`SELECT owner FROM records ORDER BY number`.execute(team.database.kysely)).rows.map(
      ({ owner }) => owner,
    );
  await put('ann', 1, 40);
  await put('ben', 2, 35);
  await put('ann', 3, 5);
  await put('ben', 4, 4);
  const told: string[] = [];
  owners.subscribeToAll((event, owner) => told.push(`${owner} ${event.type}`), signal);
  const log = recordsOfAll(team.database.kysely, TENANT, owners);
  const retention = await keepRetention(
    {
      home: await temporaryFolder(),
      log,
      settings,
      notices: createNotices(() => {}),
      logger: pino({ level: 'silent' }),
      clocks: { wall: () => now, running: () => 0 },
    },
    signal,
  );
  expect(await left()).toHaveLength(4);
  await settings.change({ retentionDays: 30 }, 'ann');
  await expect.poll(left, { timeout: HUNG_MS }).toEqual(['ann', 'ben']);
  expect(told.toSorted()).toEqual(['ann deleted', 'ben deleted']);
  await retention.look();
  expect(await left()).toHaveLength(2);
  expect([await log.bytes(), log.count(), (await log.newest())?.at]).toEqual([expect.any(Number), 2, now - 4 * DAY_MS]);
  expect(await log.pruneOldest(1)).toBe(1);
  expect(await left()).toEqual(['ben']);
  expect(await owners.within('ben', () => owners.history.verify())).toMatchObject({ intact: true, tombstones: 3 });
});

it('lets one process after the other make room', async () => {
  const url = await databases.fresh();
  const [near, far] = [await openProcess(url), await openProcess(url)];
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const one = inTurn(near.team.database.kysely, TENANT, async () => {
    begun.resolve();
    await first.promise;
    order.push('one');
  });
  await begun.promise;
  const other = inTurn(far.team.database.kysely, TENANT, async () => void order.push('other'));
  await expect
    .poll(
      async () =>
        (
          await sql`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`.execute(
            near.team.database.kysely,
          )
        ).rows.length,
      { timeout: HUNG_MS },
    )
    .toBe(1);
  first.resolve();
  await Promise.all([one, other]);
  expect(order).toEqual(['one', 'other']);
  await expect(inTurn(near.team.database.kysely, TENANT, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await inTurn(far.team.database.kysely, TENANT, async () => void order.push('again'));
  expect(order).toHaveLength(3);
});

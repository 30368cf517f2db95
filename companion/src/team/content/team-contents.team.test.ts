import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { workOf } from '../../jobs/fixtures/ledger-conformance.ts';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import type { ContentStore } from '../../store/content-store.ts';
import { memoryContentStore } from '../../store/fixtures/memory-content-store.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { openTeam } from '../open-team.ts';

const databases = testDatabases({ fsync: 'off' });

/** Two processes of one team, with one store between them. */
async function twoProcesses(content: ContentStore = memoryContentStore()) {
  const url = await databases.fresh();
  const open = async () => {
    const team = await openTeam({ database: url, content });
    onTestFinished(() => team.close());
    return team;
  };
  return { near: await open(), far: await open(), content };
}

it('keeps what another process is about to need, until nothing needs it', async () => {
  const { near, far } = await twoProcesses();
  const held = await near.contents.hold(randomBytes(100));
  const { sha256, bytes } = held;
  await far.contents.sweep();
  expect(await far.contents.size(sha256)).toBe(100);
  const accepted = await near.ledger.accept([workOf(1, { content: sha256, bytes })]);
  await held.release();
  await far.contents.forget([sha256]);
  expect(await near.contents.size(sha256)).toBe(100);
  await near.ledger.cancel(accepted.outcome === 'accepted' ? (accepted.jobs[0]?.id ?? '') : '');
  await far.contents.forget([sha256]);
  expect(await near.contents.size(sha256)).toBeUndefined();
});

it('keeps an original with its last record, whoever has it', async () => {
  const { near, far } = await twoProcesses();
  const held = await near.contents.hold(randomBytes(100));
  const records = [generatedRecord(1), generatedRecord(2)];
  for (const [at, owner] of ['ann', 'ben'].entries()) {
    const record = records[at];
    if (record) await near.owners.within(owner, () => near.owners.history.append(record, { content: held.sha256 }));
  }
  await held.release();
  const forget = (owner: string) => far.owners.within(owner, () => far.owners.history.deleteFilter({}));
  await forget('ann');
  expect(await near.contents.size(held.sha256)).toBe(100);
  await forget('ben');
  expect(await near.contents.size(held.sha256)).toBeUndefined();
});

it('loses nothing that is put again while another process removes it', async () => {
  const store = memoryContentStore();
  const [began, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = {
    ...store,
    async remove(sha256: string) {
      began.resolve();
      await gate.promise;
      return store.remove(sha256);
    },
  };
  const { near, far } = await twoProcesses(slow);
  const bytes = randomBytes(100);
  const { sha256 } = await store.put(bytes);
  const forgetting = far.contents.forget([sha256]);
  await began.promise;
  const holding = near.contents.hold(bytes);
  gate.resolve();
  await forgetting;
  await holding;
  expect(await near.contents.size(sha256)).toBe(100);
});

it('lets go, after a day, what a process held that died', async () => {
  const { near, far } = await twoProcesses();
  const { sha256 } = await near.contents.hold(randomBytes(100));
  await sql`UPDATE content_holds SET at = at - interval '23 hours'`.execute(far.database.kysely);
  await far.contents.sweep();
  expect(await far.contents.size(sha256)).toBe(100);
  await sql`UPDATE content_holds SET at = at - interval '2 hours'`.execute(far.database.kysely);
  await far.contents.sweep();
  expect(await far.contents.size(sha256)).toBeUndefined();
});

it('leaves no hold behind where nothing came to be held', async () => {
  const { near } = await twoProcesses();
  await expect(near.contents.hold(randomBytes(10), { limitBytes: 5 })).rejects.toMatchObject({ code: 'too-large' });
  const held = await near.contents.hold(randomBytes(10));
  await held.release();
  const holds = await sql`SELECT 1 FROM content_holds`.execute(near.database.kysely);
  expect(holds.rows).toEqual([]);
});

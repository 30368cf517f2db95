import { expect, it } from 'vitest';
import { memoryContentStore } from '../store/fixtures/memory-content-store.ts';
import { requireDatabase } from './database/require-sessions.ts';
import { testDatabases } from './fixtures/team-database.ts';
import { startTransactionPooler } from './fixtures/transaction-pooler.ts';
import { openTeam } from './open-team.ts';

const databases = testDatabases({ fsync: 'off' });

it('opens straight to the server, and twice at once', async () => {
  const url = databases.server().url('postgres');
  const open = () => openTeam({ database: url, content: memoryContentStore() });
  const teams = await Promise.all([open(), open()]);
  expect(await Promise.all(teams.map(({ ledger }) => ledger.get('nothing')))).toEqual([undefined, undefined]);
  for (const team of teams) await team.close();
});

it('refuses a pooler of transactions, and says what to do', async () => {
  const url = new URL(await databases.fresh());
  await requireDatabase(url.href);
  url.port = String(await startTransactionPooler(Number(url.port)));
  await expect(requireDatabase(url.href)).rejects.toMatchObject({ code: 'config-invalid' });
  await expect(openTeam({ database: url.href, content: memoryContentStore() })).rejects.toMatchObject({
    code: 'config-invalid',
    nextStep: expect.stringContaining('TOUCHSTONE_DATABASE'),
  });
});

it('says of a database that is not there what is wrong', async () => {
  const url = databases.server().url('nowhere');
  await expect(openTeam({ database: url, content: memoryContentStore() })).rejects.toMatchObject({
    code: 'config-invalid',
    detail: expect.stringContaining('nowhere'),
    nextStep: expect.stringContaining('PostgreSQL runs'),
  });
});

it('asks for records in somebody’s name alone', async () => {
  const team = await openTeam({ database: await databases.fresh(), content: memoryContentStore() });
  expect(() => team.owners.history.count()).toThrow('nobody');
  expect(await team.owners.within('ann', async () => team.owners.history.count())).toBe(0);
  await team.close();
});

import { onTestFinished } from 'vitest';
import { describeEvents, type EventEnd } from '../../jobs/fixtures/events-conformance.ts';
import { memoryContentStore } from '../../store/fixtures/memory-content-store.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { createJobEnding } from '../jobs/end-jobs.ts';
import { ANY_PACK, queueOf } from '../jobs/job-id.ts';
import { openTeam, TENANT } from '../open-team.ts';
import { createTeamWriter } from '../records/record-writer.ts';
import { openTeamHistory } from '../records/team-history.ts';

const databases = testDatabases({ fsync: 'off' });

async function end(url: string): Promise<EventEnd> {
  const team = await openTeam({
    database: url,
    content: memoryContentStore(),
    queues: async () => [queueOf(ANY_PACK)],
  });
  const { database, bus, boss, ledger } = team;
  const writer = createTeamWriter(database.kysely, TENANT, createJobEnding(boss, TENANT));
  const history = await openTeamHistory({ database, bus, writer }, { tenant: TENANT, owner: 'local' });
  onTestFinished(async () => {
    await history.close();
    await team.close();
  });
  return { history, ledger };
}

describeEvents('PostgreSQL', async () => {
  const url = await databases.fresh();
  return { near: await end(url), far: await end(url) };
});

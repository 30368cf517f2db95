import { onTestFinished } from 'vitest';
import { describeHeldDeletions } from '../../store/fixtures/held-deletions-conformance.ts';
import { describeHistory, type HistoryUnderTest } from '../../store/fixtures/history-conformance.ts';
import { openEventBus } from '../events/event-bus.ts';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { createTeamWriter } from './record-writer.ts';
import { openTeamHistory } from './team-history.ts';

const databases = testDatabases({ fsync: 'off' });

async function historyUnderTest(): Promise<HistoryUnderTest> {
  const url = await databases.fresh();
  const open = async () => {
    const database = opened(url);
    const bus = await openEventBus(url, database.kysely);
    onTestFinished(() => bus.close());
    const writer = createTeamWriter(database.kysely, 'team', async () => new Set());
    return openTeamHistory({ database, bus, writer }, { tenant: 'team', owner: 'local' });
  };
  return { history: await open(), reopen: open };
}

describeHistory('PostgreSQL', historyUnderTest);
describeHeldDeletions('PostgreSQL', historyUnderTest);

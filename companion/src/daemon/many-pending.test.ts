import { join } from 'node:path';
import { CheckList } from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { programOf } from '../gateway/fixtures/token-of.ts';
import { createSqliteLedger } from '../jobs/embedded/sqlite-ledger.ts';
import { workOf } from '../jobs/fixtures/ledger-conformance.ts';
import { openHistory } from '../log/create-result-log.ts';

const WAITING = 10_000;

it('a companion that finds 10,000 accepted checks takes and ends new ones at once, and forgets none of those', async () => {
  const home = await temporaryFolder();
  const history = openHistory(join(home, 'history.sqlite'));
  const accepted = await createSqliteLedger(history).accept(
    Array.from({ length: WAITING }, (_, index) => workOf(index, { lane: 'bulk', client: 'night' })),
  );
  history.log.close();
  expect(accepted).toMatchObject({ outcome: 'accepted' });
  const test = await startTestCompanion({ home });
  const program = await programOf(test, 'check');
  const answer = await program.ask('/v1/checks?wait=60', { method: 'POST', body: Buffer.from('picture') });
  expect(v.parse(CheckList, answer.json()).checks[0]).toMatchObject({ state: 'completed', attempts: 1 });
  const { pending, processing } = await test.companion.jobs.ledger.counts();
  expect(pending.bulk).toBeGreaterThan(WAITING / 2);
  await test.companion.stop();
  // Each is there: it waits, or has ended because nobody has its content.
  const again = openHistory(join(home, 'history.sqlite'));
  const rows = again.store.use(({ database }) =>
    database.prepare("SELECT state, count(*) AS total FROM jobs WHERE client = 'night' GROUP BY state").all(),
  );
  again.log.close();
  expect(rows.reduce((sum, { total }) => sum + Number(total), 0)).toBe(WAITING);
  expect(rows.every(({ state }) => state === 'pending' || state === 'failed')).toBe(true);
  expect(processing).toBeLessThan(WAITING);
});

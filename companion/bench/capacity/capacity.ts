import Table from 'cli-table3';
import { growth, type RecordSize, type ServiceTimes, simulateTeam } from './simulate-team.ts';

/** Measured by `npm run bench -- team` and PostgreSQL's pg_stat_statements: docs/capacity.md says where and how. */
const MEASURED: ServiceTimes = {
  batch: 16,
  batchMs: 200,
  turnMs: 11,
  workerMs: 2.7,
  claimMs: 5,
  claimEachMs: 0.15,
  writeMs: 4,
  writeEachMs: 0.15,
};

/** What was measured with so many workers, in records a second. */
const RATES: Readonly<Record<number, number>> = { 1: 75.8, 2: 154.1, 4: 252.8 };

/** Bytes of a record with a thumbnail of 6 kB. */
const SIZE: RecordSize = { database: 11_500, log: 9_900 };

/** Cores of the database where every worker has a machine of its own. */
const DATABASE_CORES = 8;

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** Prints what the simulator says of teams that were measured, and of larger ones. */
export function printCapacity(): void {
  const held = new Table({ head: ['workers, one machine of 2 cores', 'measured', 'predicted', 'error'] });
  for (const [workers, measured] of Object.entries(RATES)) {
    const { rate } = simulateTeam(MEASURED, { workers: Number(workers), databaseCores: 2, sharedCores: 2 });
    held.push([workers, measured.toFixed(1), rate.toFixed(1), percent(rate / measured - 1)]);
  }
  const planned = new Table({
    head: ['workers', 'records/s', 'of the models', 'chain busy', 'database busy', 'question p95, ms'],
  });
  for (const workers of [1, 2, 4, 10, 20, 100, 1_000]) {
    const found = simulateTeam(MEASURED, { workers, databaseCores: DATABASE_CORES, questions: 5, seconds: 30 });
    const { rate, efficiency, chain, database, questionP95 } = found;
    planned.push([
      workers,
      rate.toFixed(0),
      percent(efficiency),
      percent(chain),
      percent(database),
      questionP95.toFixed(0),
    ]);
  }
  const grown = new Table({ head: ['records a year', 'records/s', 'database, GB', 'written ahead, GB a day'] });
  for (const records of [1e6, 1e7, 1e8]) {
    const { rate, database, logADay } = growth(records, SIZE);
    grown.push([records.toExponential(0), rate.toFixed(2), database.toFixed(0), logADay.toFixed(1)]);
  }
  process.stdout.write(`${[held, planned, grown].map(String).join('\n')}\n`);
}

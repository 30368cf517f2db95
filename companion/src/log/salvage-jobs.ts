import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { type DamagedFile, readDense } from './damaged-file.ts';

/** What a job is beside its place; the keys of requests are left behind. */
const COLUMNS = [
  ...['id', 'state', 'owner', 'client', 'lane', 'content', 'bytes', 'work', 'attempts', 'suspect', 'deaths', 'worker'],
  ...['stage', 'progress', 'record', 'error', 'accepted_at', 'started_at', 'heartbeat_at', 'ended_at'],
];

function isValue(value: unknown): value is SQLInputValue {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

/** Who is told of their ends, and what they are still to be told. */
const LISTENERS = [
  { table: 'webhooks', columns: ['number', 'id', 'client', 'url', 'secret', 'created_at'] },
  {
    table: 'webhook_messages',
    columns: ['number', 'id', 'webhook', 'job', 'state', 'attempts', 'due_at', 'ended_at', 'failure'],
  },
] as const;

/** Copies accepted checks out of a damaged database, as far as they can be read: they are still to be done. */
export function salvageJobs(database: DatabaseSync, file: DamagedFile): void {
  const add = database.prepare(
    `INSERT OR IGNORE INTO jobs (${COLUMNS.join()}) VALUES (${COLUMNS.map(() => '?').join()})`,
  );
  const last = file.integers('SELECT max(number) AS n FROM jobs')[0] ?? 0;
  const select = `SELECT ${COLUMNS.join()} FROM jobs WHERE number BETWEEN ? AND ? ORDER BY number`;
  for (const row of readDense(file, select, 1, last)) {
    const values = COLUMNS.map((name) => row[name]);
    if (values.every(isValue)) add.run(...values);
  }
  for (const { table, columns } of LISTENERS) {
    const copy = database.prepare(
      `INSERT OR IGNORE INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
    );
    for (const row of file.rows(`SELECT ${columns.join()} FROM ${table} ORDER BY number`) ?? []) {
      const values = columns.map((name) => row[name]);
      if (values.every(isValue)) copy.run(...values);
    }
  }
}

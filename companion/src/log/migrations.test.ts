import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from './migrations.ts';

it('does a step once where two processes start at the same moment', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-migrations-'));
  const [first, second] = [0, 1].map(() => new DatabaseSync(join(folder, 'history.sqlite'))) as [
    DatabaseSync,
    DatabaseSync,
  ];
  onTestFinished(async () => {
    first.close();
    second.close();
    await rm(folder, { recursive: true, force: true });
  });
  const steps = ['CREATE TABLE one (a);', 'CREATE TABLE two (a);'];
  // The second one is done between the first one's look at the version and its steps.
  const overtaken = Object.assign([...steps], {
    *entries() {
      migrate(second, steps);
      yield* steps.entries();
    },
  });
  migrate(first, overtaken as readonly string[]);
  expect(first.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
});

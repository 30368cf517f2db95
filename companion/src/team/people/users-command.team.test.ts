import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { testDatabases } from '../fixtures/team-database.ts';
import { openPeople } from './open-people.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

const databases = testDatabases({ fsync: 'off' });

/** `touchstone users ...` on a database. */
function users(database: string, ...words: readonly string[]) {
  return new Promise<{ readonly code: unknown; readonly out: string; readonly said: string }>((resolve) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', MAIN, 'users', ...words],
      { env: { ...process.env, TOUCHSTONE_DATABASE: database, TOUCHSTONE_URL: 'https://desk.example' } },
      (error, out, said) => resolve({ code: error?.code ?? 0, out, said }),
    );
  });
}

it('makes the first admin, lists people, changes roles, and never leaves a team without an admin', async () => {
  const url = await databases.fresh();
  const invited = await users(url, 'invite', '--role', 'admin', '--name', 'Ann');
  const [, secret = ''] = /^https:\/\/desk\.example\/#join=([\w-]{43})\n$/.exec(invited.out) ?? [];
  const team = await openPeople(url);
  expect(await team.invitations.look(secret)).toEqual({ name: 'Ann', role: 'admin', person: null });
  expect(await team.audit.list(1)).toMatchObject([{ person: null, action: 'invited', detail: 'admin Ann' }]);
  await team.close();
  expect((await users(url, 'list')).out).toContain('Nobody is here yet');
  const wrong = await users(url, 'invite', '--role', 'owner', '--name', 'Ann');
  expect([wrong.code, wrong.said]).toEqual([2, expect.stringContaining('reader, analyst, admin')]);
  const unknown = await users(url, 'role', 'abc', '--role', 'admin');
  expect(unknown.code).toBe(2);
});

it('refuses without a database, and an address without TLS', async () => {
  const nowhere = await users('', 'list');
  expect([nowhere.code, nowhere.said]).toEqual([2, expect.stringContaining('TOUCHSTONE_DATABASE')]);
  const plain = await users(
    'postgres://127.0.0.1/team',
    'invite',
    '--role',
    'admin',
    '--name',
    'Ann',
    '--url',
    'http://desk.example',
  );
  expect([plain.code, plain.said]).toEqual([2, expect.stringContaining('https://')]);
});

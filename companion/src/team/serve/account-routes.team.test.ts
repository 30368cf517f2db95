import { ROLES, SCOPES, scopesOf } from '@touchstone/shared/api';
import { expect, it } from 'vitest';
import { startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

it('gives a token no scope that its person’s role has nothing of', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  for (const role of ROLES) {
    const who = await desk.join(`The ${role}`, role);
    for (const scope of SCOPES) {
      const body = JSON.stringify({ name: scope, scopes: ['read', scope], days: 1 });
      const { status, text } = await who.page('/api/tokens', { method: 'POST', body });
      const allowed = scopesOf(role).includes(scope);
      expect([role, scope, status]).toEqual([role, scope, allowed ? 200 : 403]);
      if (!allowed) expect(text).toContain('role-missing');
    }
  }
});

it('gives an admin the audit log as a file that no spreadsheet runs, and says so in it', async () => {
  const desk = await startDesk(await databases.fresh());
  const ann = await desk.join('=Ann', 'admin');
  const ben = await desk.join('Ben', 'analyst');
  const answer = await ann.page('/api/audit/export?format=csv');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': expect.stringMatching(/^attachment; filename="touchstone-audit-\d{4}-\d\d-\d\d\.csv"$/),
  });
  const [head, ...rows] = answer.text.replace(/\r\n$/, '').split('\r\n');
  expect(head).toBe('\uFEFFnumber,at,person,name,deed,action,target,detail');
  expect(rows[0]).toMatch(new RegExp(`^\\d+,[\\dT:.Z-]+,${ann.id},'=Ann,audit-exported,GET /api/audit/export,,$`));
  expect(rows.slice(1).map((row) => row.split(',')[4])).toEqual(['token-made', 'token-made']);
  const lines = await ann.page(`/api/audit/export?format=jsonl&person=${ben.id}`);
  const entries = lines.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(entries).toMatchObject([{ person: ben.id, name: 'Ben', deed: 'token-made' }]);
  const filtered = (await ann.page('/api/audit?deed=audit-exported')).json();
  expect(filtered).toMatchObject({ entries: [{ person: ann.id }, { person: ann.id }], next: null });
  for (const query of ['format=xml', 'format=csv&deed=dancing', 'format=csv&from=yesterday'])
    expect([query, (await ann.page(`/api/audit/export?${query}`)).status]).toEqual([query, 400]);
  expect((await ben.page('/api/audit/export?format=csv')).status).toBe(403);
});

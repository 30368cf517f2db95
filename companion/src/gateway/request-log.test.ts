import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';

interface Line {
  readonly msg: string;
  readonly route?: string | null;
  readonly caller?: string;
  readonly status?: number;
}

function linesOf({ home }: TestCompanion): { readonly text: string; readonly lines: readonly Line[] } {
  const folder = join(home, 'logs');
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
  return { text, lines: lines.filter(({ msg }) => msg === 'request') };
}

/** Asks for things whose addresses name sites, records and words. */
async function ask(started: TestCompanion): Promise<void> {
  const { control, request, companion } = started;
  const search = { filter: { search: 'secretword', site: 'secret-site.example' } };
  await control('/api/history/query', { method: 'POST', body: JSON.stringify(search) });
  await control('/api/history/records/SECRETRECORD');
  await request('/v1/records?site=secret-site.example&q=secretword');
  await request('/secret-place?x=secretword');
  await control('/api/check', {
    method: 'POST',
    body: 'secretbytes',
    headers: { 'content-type': 'image/jpeg', 'x-file-name': 'secret-holiday.jpg', cookie: 'secretcookie=1' },
  });
  await companion.stop();
}

it('tells every request by its route, and nothing of what it was about', async () => {
  const started = await startTestCompanion({ logLevel: 'debug' });
  await ask(started);
  const { text, lines } = linesOf(started);
  expect(lines).toEqual([
    expect.objectContaining({ method: 'POST', route: '/api/history/query', status: 200, caller: 'command line' }),
    expect.objectContaining({ method: 'GET', route: '/api/history/records/:id', status: 404, caller: 'command line' }),
    expect.objectContaining({ method: 'GET', route: '/v1/records', status: 401, caller: 'nobody' }),
    expect.objectContaining({ method: 'GET', route: null, caller: 'nobody' }),
    expect.objectContaining({ method: 'POST', route: '/api/check', status: 200, ms: expect.any(Number) }),
  ]);
  expect(text).not.toMatch(/secret/i);
  expect(text).not.toContain(started.token);
});

it('tells none of them unless it is asked to', async () => {
  const started = await startTestCompanion();
  await ask(started);
  expect(linesOf(started).lines).toEqual([]);
});

import { expect, it } from 'vitest';
import { startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

const numberAt = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1),
  );

it('tells an admin’s program numbers of the whole team, and nobody else', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'admin'), await desk.join('Ben', 'analyst')];
  for (const [who, name] of [
    [ann, 'one'],
    [ben, 'zanzibar'],
    [ben, 'two'],
  ] as const)
    await who.program(`/v1/checks?wait=60&fileName=${name}.png`, { method: 'POST', body: name });
  const answer = await ann.program('/metrics');
  const { text } = answer;
  expect([answer.status, String(answer.headers['content-type']).startsWith('text/plain')]).toEqual([200, true]);
  expect(numberAt(text, 'touchstone_records')).toBe(3);
  expect(numberAt(text, 'touchstone_jobs_pending{lane="asked"}')).toBe(0);
  expect(numberAt(text, 'touchstone_ready')).toBe(1);
  expect(text).toMatch(/touchstone_http_requests_total\{method="POST",route="\/v1\/checks",status="200"\} 3/);
  for (const word of ['zanzibar', ann.id, ben.id, 'Ann', 'Ben'])
    expect([word, text.includes(word)]).toEqual([word, false]);
  expect((await ben.program('/metrics')).status).toBe(403);
  expect((await ann.page('/metrics')).status).toBe(401);
  expect((await desk.ask('/metrics')).status).toBe(401);
});

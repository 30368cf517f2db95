import { expect, it, vi } from 'vitest';
import type * as quota from '../../tokens/quota.ts';
import { startTestCompanion } from '../fixtures/test-companion.ts';
import { programOf } from '../fixtures/token-of.ts';

const LIMIT = 5;

vi.mock('../../tokens/quota.ts', async (original) => {
  const real = await original<typeof quota>();
  return { ...real, createQuota: () => real.createQuota(LIMIT) };
});

it('a token asks until its share is used up, and is told when to go on; others go on', async () => {
  const test = await startTestCompanion();
  const [program, other] = [await programOf(test, 'read'), await programOf(test, 'read')];
  for (let left = LIMIT - 1; left >= 0; left -= 1) {
    const { status, headers } = await program.ask('/v1/records');
    expect([status, headers['ratelimit-policy']]).toEqual([200, '"token";q=6000;w=60']);
    expect(headers.ratelimit).toMatch(new RegExp(`^"token";r=${left};t=\\d+$`));
  }
  const refused = await program.ask('/v1/nothing/at/all');
  expect([refused.status, refused.json()]).toMatchObject([429, { code: 'rate-limited', retryable: true }]);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await other.ask('/v1/records')).status).toBe(200);
  expect((await test.control('/v1/records')).headers.ratelimit).toBeUndefined();
});

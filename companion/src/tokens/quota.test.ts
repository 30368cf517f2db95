import { describe, expect, it } from 'vitest';
import { createQuota, QUOTA_REQUESTS, quotaHeaders } from './quota.ts';

describe('the share of a token', () => {
  it('is counted for each, in windows that begin with the first request', () => {
    let now = 1000;
    const quota = createQuota(2, 10, () => now);
    expect(quota.take('a')).toEqual({ remaining: 1, resetSeconds: 10, exceeded: false });
    now += 4_500;
    expect(quota.take('a')).toEqual({ remaining: 0, resetSeconds: 6, exceeded: false });
    expect(quota.take('a')).toMatchObject({ remaining: 0, exceeded: true });
    expect(quota.take('b')).toMatchObject({ remaining: 1, exceeded: false });
    now += 5_500;
    expect(quota.take('a')).toEqual({ remaining: 1, resetSeconds: 10, exceeded: false });
  });

  it('is told in the fields of the draft', () => {
    expect(quotaHeaders({ remaining: 7, resetSeconds: 30, exceeded: false })).toEqual({
      'ratelimit-policy': `"token";q=${QUOTA_REQUESTS};w=60`,
      ratelimit: '"token";r=7;t=30',
    });
  });
});

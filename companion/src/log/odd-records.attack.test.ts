import type { ResultRecord } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { wellFormed } from '../records/well-formed.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import { temporaryLog } from './fixtures/temporary-log.ts';

const intact = (records: number) => ({ intact: true, records, breaks: [] });

function about(change: Partial<ResultRecord['source']>): ResultRecord {
  const record = generatedRecord(1);
  return { ...record, source: { ...record.source, ...change } };
}

describe('attack: make the log cry tampering with what it was given', () => {
  it.each([
    ['an endless media time', about({ mediaTime: Number.POSITIVE_INFINITY })],
    ['a media time that is no number', about({ mediaTime: Number.NaN })],
    [
      'an endless share of a timing',
      { ...generatedRecord(1), timings: { ...generatedRecord(1).timings, total: -1 / 0 } },
    ],
    ['a time that is no time', { ...generatedRecord(1), at: Number.NaN }],
    ['a title cut through a letter', about({ pageTitle: 'half a face \ud83d' })],
    [
      'a hash in capitals',
      { ...generatedRecord(1), picture: { ...generatedRecord(1).picture, sha256: 'A'.repeat(64) } },
    ],
    ['a picture without width', { ...generatedRecord(1), picture: { ...generatedRecord(1).picture, width: 0 } }],
  ])('plant %s that is written as something else than it was', async (_, record) => {
    const { log } = await temporaryLog(1);
    expect(() => log.append({ ...record, id: 'odd' }, {})).toThrow(expect.objectContaining({ code: 'log-failed' }));
    expect(log.count()).toBe(1);
    expect(log.get('odd')).toBeUndefined();
    expect(await log.verify()).toMatchObject(intact(1));
  });

  it.each([
    ['half a letter', about({ pageTitle: 'half a face \ud83d', url: 'https://a.example/\udc00' })],
    ['an escape that only looks like half a letter', about({ pageTitle: String.raw`\ud83d is how JSON says it` })],
    ['signs of every kind', about({ pageTitle: '\u0000\u2028"\\\u007f\ufeff\ufffe' })],
    ['minus nothing', about({ mediaTime: -0 })],
    ['the smallest and the largest number', about({ mediaTime: Number.MIN_VALUE })],
  ])('stop the checks of a page by %s in its title', async (_, record) => {
    const { log } = await temporaryLog(1);
    const delivered = wellFormed({ ...record, id: 'odd' });
    log.append(delivered, {});
    expect(log.get('odd')).toEqual(JSON.parse(JSON.stringify(delivered)));
    expect(await log.verify()).toMatchObject(intact(2));
  });
});

import type { ResultRecord } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { temporaryLog } from '../log/fixtures/temporary-log.ts';
import { historyOf } from '../log/log-history.ts';
import { createRecentScores } from './recent-scores.ts';

function scored(index: number, probability: number, change: Partial<ResultRecord> = {}): ResultRecord {
  const record = generatedRecord(index);
  const words = [
    { pack: 'quick', version: '1.0.0', probability },
    { pack: 'thorough + quick', version: '1 + 1', probability },
  ];
  const evidence = words.flatMap((details) => record.evidence.map((one) => ({ ...one, details })));
  return { ...record, evidence, ...change };
}

it('knows what the history holds once somebody asks, and what comes after; deleted records leave no number', async () => {
  const { log } = await temporaryLog(0);
  log.append(scored(0, 0.1), {});
  const likely = scored(1, 0.9);
  log.append(likely, {});
  const end = new AbortController();
  const scores = createRecentScores(historyOf(log), end.signal);
  expect(scores.counts('quick@1.0.0')).toBeUndefined();
  await scores.load();
  expect(scores.counts('quick@1.0.0')).toMatchObject({ unlikely: 1, likely: 1 });
  expect(scores.counts('thorough + quick@1 + 1')).toBeUndefined();
  log.append(scored(2, 0.6), {});
  const { source } = generatedRecord(3);
  log.append(scored(3, 0.6, { source: { ...source, kind: 'video' } }), {});
  expect(scores.counts('quick@1.0.0')).toEqual({ unlikely: 1, 'rather-unlikely': 0, 'rather-likely': 1, likely: 1 });
  await log.deleteIds([likely.id]);
  expect(scores.counts('quick@1.0.0')).toBeUndefined();
  await scores.load();
  expect(scores.counts('quick@1.0.0')).toMatchObject({ unlikely: 1, likely: 0 });
  end.abort();
});

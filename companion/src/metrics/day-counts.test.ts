import { expect, it } from 'vitest';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { temporaryLog } from '../log/fixtures/temporary-log.ts';
import { historyOf } from '../log/log-history.ts';
import { createDayCounts } from './day-counts.ts';

const DAY_MS = 24 * 60 * 60_000;

it('counts the records of each of the last thirty days by the calendar, and again after a deletion', async () => {
  const { log } = await temporaryLog(0);
  const noon = new Date(2026, 5, 15, 12).getTime();
  const at = [0, 0, -1, -29, -30].map((days) => noon + days * DAY_MS);
  const ids = at.map((time, index) => {
    const record = generatedRecord(index);
    const kind = index === 1 ? 'video' : 'image';
    log.append({ ...record, at: time, source: { ...record.source, kind } }, {});
    return record.id;
  });
  const end = new AbortController();
  const counts = createDayCounts(historyOf(log), end.signal, () => noon);
  const days = await counts.days();
  expect(days).toHaveLength(30);
  expect(days.map(({ day }) => day).slice(-2)).toEqual(['2026-06-14', '2026-06-15']);
  expect(days.map(({ pictures, videos }) => pictures + videos).filter((count) => count > 0)).toEqual([1, 1, 2]);
  expect(days.at(-1)).toMatchObject({ pictures: 1, videos: 1 });
  expect(await counts.today()).toEqual(days.at(-1));
  for (const { pictures, videos, verdicts } of days) {
    expect(verdicts.fake + verdicts.real + verdicts.uncertain).toBe(pictures + videos);
  }
  await log.deleteIds([ids[2] ?? '']);
  expect((await counts.days()).map(({ pictures }) => pictures).filter((count) => count > 0)).toEqual([1, 1]);
  end.abort();
});

import { RECORD_SORTS, type RecordSort, type ResultRecord } from '@touchstone/shared';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RecordPlace } from '../store/record-store.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import { temporaryLog } from './fixtures/temporary-log.ts';
import type { ResultLog } from './result-log.ts';

/** Few probabilities, so that many records share one. */
const SHARES = [0, 0.25, 0.3, 1];

const recordAt = (index: number, share: number): ResultRecord => {
  const record = generatedRecord(index);
  return { ...record, verdict: { ...record.verdict, probability: SHARES[share % SHARES.length] ?? 0 } };
};

const order: Record<RecordSort, (a: ResultRecord, b: ResultRecord) => number> = {
  '-time': (a, b) => b.at - a.at,
  time: (a, b) => a.at - b.at,
  '-probability': (a, b) => b.verdict.probability - a.verdict.probability || b.at - a.at,
  probability: (a, b) => a.verdict.probability - b.verdict.probability || a.at - b.at,
};

/** All pages. @param between is called after each page, with what it showed */
async function walk(
  log: ResultLog,
  sort: RecordSort,
  limit: number,
  between: (shown: readonly ResultRecord[]) => Promise<void> = async () => {},
): Promise<ResultRecord[]> {
  const seen: ResultRecord[] = [];
  let after: RecordPlace | undefined;
  do {
    const page = log.sorted({ filter: {}, sort, after, limit });
    seen.push(...page.records);
    after = page.next ?? undefined;
    await between(page.records);
  } while (after);
  return seen;
}

const idsOf = (records: readonly ResultRecord[]): string[] => records.map(({ id }) => id);

it('pages of every order show each record once, in that order, however many share a probability', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      async (shares, limit) => {
        const { log } = await temporaryLog(0);
        const records = shares.map((share, index) => recordAt(index, share));
        for (const record of records) log.append(record, {});
        for (const sort of RECORD_SORTS) {
          const seen = await walk(log, sort, limit);
          expect(idsOf(seen)).toEqual(idsOf(records.toSorted(order[sort])));
        }
      },
    ),
    { numRuns: 25 },
  );
});

it('what was there all along comes once, in order, whatever comes and goes between the pages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }),
      fc.array(fc.record({ place: fc.nat(60), share: fc.nat(3), deletesLast: fc.boolean() }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(...RECORD_SORTS),
      async (shares, changes, limit, sort) => {
        const { log } = await temporaryLog(0);
        // Room between them for those that come later.
        const records = shares.map((share, index) => recordAt(index * 2, share));
        for (const record of records) log.append(record, {});
        const gone = new Set<string>();
        const came = new Set<number>();
        const waiting = [...changes];
        const seen = await walk(log, sort, limit, async (shown) => {
          const change = waiting.shift();
          if (!change) return;
          const place = change.place * 2 + 1;
          if (!came.has(place)) log.append(recordAt(place, change.share), {});
          came.add(place);
          // The very record that the next page goes on from.
          const last = shown.at(-1);
          if (!change.deletesLast || !last) return;
          gone.add(last.id);
          await log.deleteIds([last.id]);
        });
        expect(new Set(idsOf(seen)).size).toBe(seen.length);
        expect(idsOf(seen)).toEqual(idsOf(seen.toSorted(order[sort])));
        const ids = new Set(idsOf(seen));
        expect(records.filter(({ id }) => !ids.has(id) && !gone.has(id))).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});

it('a range of probability holds both its ends, alone and with other filters', async () => {
  const { log } = await temporaryLog(0);
  const records = Array.from({ length: 40 }, (_, index) => recordAt(index, index));
  for (const record of records) log.append(record, {});
  for (const filter of [
    { minProbability: 0.25 },
    { maxProbability: 0.3 },
    { minProbability: 0.25, maxProbability: 0.3, search: 'harbour' },
    { minProbability: 0.25, verdict: ['real' as const], pack: 'quick@1.0.0' },
  ]) {
    const { minProbability = 0, maxProbability = 1, verdict, pack } = filter;
    const byHand = records.filter(
      (record) =>
        record.verdict.probability >= minProbability &&
        record.verdict.probability <= maxProbability &&
        (!verdict || verdict.some((value) => value === record.verdict.value)) &&
        (!pack || record.pack.name === 'quick'),
    );
    for (const sort of RECORD_SORTS) {
      const { records: found, total } = log.sorted({ filter, sort, limit: 200 });
      expect([total, idsOf(found)]).toEqual([byHand.length, idsOf(byHand.toSorted(order[sort]))]);
    }
  }
});

it('a probability that was changed in its column alone does not pass for the record', async () => {
  const { log, forge, id } = await temporaryLog(3);
  expect(await log.verify()).toMatchObject({ intact: true });
  forge(`UPDATE records SET probability = 0.99 WHERE id = '${id(1)}'`);
  expect(await log.verify()).toMatchObject({ intact: false, breaks: [{ id: id(1), problem: 'edited' }] });
});

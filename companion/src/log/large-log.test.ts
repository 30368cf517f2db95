import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HistoryPageRequest, RECORD_SORTS } from '@touchstone/shared';
import { expect, it, onTestFinished } from 'vitest';
import { createResultLog } from './create-result-log.ts';
import { fillLog } from './fixtures/fill-log.ts';

const RECORDS = 100_000;
const OLD = 1_700_000_000_000 + 1_000 * 30_000;

/** What a person does with a large history. `total` is what the answer must count. */
const QUESTIONS: readonly [name: string, request: HistoryPageRequest, total: number][] = [
  ['first page', {}, 10_001],
  ['one verdict', { filter: { verdict: ['fake'] } }, 10_001],
  ['two verdicts', { filter: { verdict: ['fake', 'uncertain'] } }, 10_001],
  ['video frames', { filter: { kind: ['video-frame'] } }, 10_000],
  ['unlabelled', { filter: { label: ['none'] } }, 10_001],
  ['labelled (none is)', { filter: { label: ['fake', 'real', 'unsure'] } }, 0],
  ['one pack', { filter: { pack: 'quick@1.0.0' } }, 10_001],
  ['oldest thousand', { filter: { to: OLD } }, 1_000],
  ['a verdict among the oldest', { filter: { to: OLD, verdict: ['fake'] } }, 200],
  ['a word in every record', { filter: { search: 'harbour' } }, 10_001],
  ['a word in one in thousands', { filter: { search: 'photo 4711' } }, 11],
  ['a word in none', { filter: { search: 'zebra' } }, 0],
];

it('pages, filters and searches 100,000 records', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-large-'));
  const path = join(folder, 'history.sqlite');
  fillLog(path, RECORDS);
  const log = createResultLog(path);
  onTestFinished(async () => {
    log.close();
    await rm(folder, { recursive: true, force: true });
  });
  const figures: Record<string, string> = {};
  const measure = <Result>(name: string, work: () => Result): Result => {
    const start = performance.now();
    const result = work();
    figures[name] = `${(performance.now() - start).toFixed(1)} ms`;
    return result;
  };
  for (const [name, request, total] of QUESTIONS) {
    expect([name, measure(name, () => log.query(request)).total]).toEqual([name, total]);
  }
  const middle = log.query({ filter: { to: 1_700_000_000_000 + 50_000 * 30_000 }, limit: 1 }).records[0];
  if (!middle) throw new Error('no record in the middle');
  expect(measure('a page in the middle', () => log.query({ before: middle.id })).records).toHaveLength(50);
  for (const sort of RECORD_SORTS) {
    const page = measure(`in the order ${sort}`, () => log.sorted({ filter: {}, sort, limit: 50 }));
    const next = page.next ?? undefined;
    const second = measure(`its second page`, () => log.sorted({ filter: {}, sort, after: next, limit: 50 }));
    expect(new Set([...page.records, ...second.records].map(({ id }) => id)).size).toBe(100);
  }
  expect(measure('a range of probability', () => log.query({ filter: { minProbability: 0.9 } })).total).toBe(10_001);
  expect(measure('a range that holds none', () => log.query({ filter: { minProbability: 0.99 } })).total).toBe(0);
  measure('facets', () => log.facets());
  const { perceptualHash, sha256 } = middle.picture;
  measure('near-duplicates, first', () => log.findNear(perceptualHash, 8, sha256));
  expect(measure('near-duplicates', () => log.findNear(perceptualHash, 8, sha256))).toEqual([]);
  expect(measure('same bytes', () => log.findExact(sha256, 'thorough@1.0.0', 'image'))).toBeUndefined();
  // Reported, not asserted: the machine may be busy with other things.
  console.table(figures);
}, 600_000);

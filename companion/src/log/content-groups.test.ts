import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GROUP_SIZE_CAP, type HistoryFilter, type ResultRecord } from '@touchstone/shared';
import { expect, it, onTestFinished } from 'vitest';
import { createResultLog } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';

const CONTENTS = 7;

/** Records of a few contents, in turn; pages, packs and times differ. */
function fewContents(count: number): ResultRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const { picture, ...record } = generatedRecord(index);
    const { sha256 } = generatedRecord((index * index) % CONTENTS).picture;
    return { ...record, picture: { ...picture, sha256 } };
  });
}

function logOf(records: readonly ResultRecord[]) {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-groups-'));
  const log = createResultLog(join(folder, 'history.sqlite'));
  onTestFinished(() => {
    log.close();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const record of records) log.append(record, {});
  return log;
}

const start = generatedRecord(0).at;
const FILTERS: readonly HistoryFilter[] = [
  {},
  { verdict: ['fake'] },
  { kind: ['image'], verdict: ['real', 'uncertain'] },
  { from: start + 300_000, to: start + 1_500_000 },
  { search: 'harbour' },
  { search: 'number 1', verdict: ['real'] },
  { search: '...' },
  { step: ['unclear', 'likely-ai'] },
  { step: ['leans-ai'], search: 'harbour' },
  { label: ['none'], kind: ['video-frame'] },
  { content: generatedRecord(1).picture.sha256 },
  { content: 'f'.repeat(64) },
];

it.each(FILTERS)('each content is one row: its newest record that matches, with their number (%o)', (filter) => {
  const log = logOf(fewContents(60));
  const expected = new Map<string, ResultRecord[]>();
  for (const record of log.iterate(filter)) {
    expected.set(record.picture.sha256, [...(expected.get(record.picture.sha256) ?? []), record]);
  }
  const seen: [id: string, size: number][] = [];
  let before: string | undefined;
  do {
    const page = log.query({ filter, groups: true, limit: 2, ...(before && { before }) });
    seen.push(...page.records.map(({ id }): [string, number] => [id, page.groups?.sizes[id] ?? 1]));
    expect(page.groups?.total).toBe(expected.size);
    expect(page.total).toBe([...expected.values()].flat().length);
    before = page.next ?? undefined;
  } while (before);
  expect(seen).toEqual([...expected.values()].map((all) => [all[0]?.id, all.length]));
});

it('asks for a content by its hash, and tells groups only where they are asked for', () => {
  const records = fewContents(20);
  const log = logOf(records);
  const content = records[4]?.picture.sha256 ?? '';
  const page = log.query({ filter: { content } });
  const same = records.filter(({ picture }) => picture.sha256 === content);
  expect(same.length).toBeGreaterThan(1);
  expect(page.records.map(({ id }) => id)).toEqual(same.map(({ id }) => id).reverse());
  expect(page.groups).toBeUndefined();
});

it('counts no further than a thousand records of one content', () => {
  const { picture } = generatedRecord(0);
  const log = logOf(Array.from({ length: GROUP_SIZE_CAP + 5 }, (_, index) => ({ ...generatedRecord(index), picture })));
  const { groups, records } = log.query({ groups: true });
  expect(Object.values(groups?.sizes ?? {})).toEqual([GROUP_SIZE_CAP]);
  expect(records).toHaveLength(1);
});

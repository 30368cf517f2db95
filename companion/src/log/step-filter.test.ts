import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LEANINGS, type ResultRecord, VERDICT_VALUES } from '@touchstone/shared';
import { STEPS, type Step, stepOf } from '@touchstone/shared/present';
import { expect, it, onTestFinished } from 'vitest';
import { createResultLog } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';

function recordOf(index: number): ResultRecord {
  const { verdict, ...record } = generatedRecord(index);
  const value = VERDICT_VALUES[index % VERDICT_VALUES.length] ?? 'uncertain';
  const leaning = LEANINGS[Math.floor(index / VERDICT_VALUES.length) % LEANINGS.length] ?? 'none';
  const probability = { ai: 0.7, authentic: 0.3, none: 0.5 }[leaning];
  return { ...record, verdict: { ...verdict, value, leaning, probability } };
}

const every: readonly (readonly Step[])[] = Array.from({ length: 2 ** STEPS.length }, (_, bits) =>
  STEPS.filter((_step, index) => bits & (1 << index)),
);

it('every choice of steps finds the records that are shown so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-steps-'));
  const log = createResultLog(join(folder, 'history.sqlite'));
  onTestFinished(() => {
    log.close();
    rmSync(folder, { recursive: true, force: true });
  });
  for (let index = 0; index < 27; index++) log.append(recordOf(index), {});
  const all = log.query({ limit: 100 }).records;
  expect(new Set(all.map(({ verdict }) => stepOf(verdict))).size).toBe(STEPS.length);
  for (const step of every.filter(({ length }) => length > 0)) {
    const { records, total } = log.query({ filter: { step: [...step] }, limit: 100 });
    const expected = all.filter(({ verdict }) => step.includes(stepOf(verdict)));
    expect(
      records.map(({ id }) => id),
      step.join(),
    ).toEqual(expected.map(({ id }) => id));
    expect(total).toBe(expected.length);
  }
  expect(log.query({ filter: { step: ['leans-ai'], search: 'harbour' } }).total).toBeGreaterThan(0);
});

import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recordLongRun } from '../../scripts/record-long-run.mjs';
import { runTarget, type TargetResult } from './run-target.ts';

/** The seed of every test run, so that it tries the same inputs each time, as many as its time allows. */
const TEST_SEED = 20_261_128;
/** Of all targets together; with two cores half of it goes by. */
const TEST_SECONDS = 60;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(TEST_SEED) },
    seconds: { type: 'string' },
    inputs: { type: 'string' },
    target: { type: 'string' },
    /** Tries one input again, as a finding names it. */
    input: { type: 'string' },
    /** Writes the result into docs/long-runs.md. */
    record: { type: 'boolean', default: false },
  },
});

const every = readdirSync(join(import.meta.dirname, 'targets'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const targets = values.target === undefined ? every : every.filter((name) => name === values.target);

function orderFor(target: string): Parameters<typeof runTarget> {
  const seed = Number(values.seed);
  if (values.input !== undefined) return [{ target, seed, from: Number(values.input), count: 1 }];
  if (values.inputs !== undefined) {
    return [{ target, seed, from: 0, count: Math.ceil(Number(values.inputs) / targets.length) }];
  }
  const budgetMs = (Number(values.seconds ?? TEST_SECONDS) * 1000) / targets.length;
  return [{ target, seed, from: 0, count: Number.MAX_SAFE_INTEGER }, { budgetMs }];
}

function tell({ target, inputs, peakMegabytes, findings }: TargetResult): void {
  console.log(`${target}: ${inputs} inputs, ${findings.length} findings, ${peakMegabytes} MB at most`);
  for (const { input, error } of findings.slice(0, 5)) {
    console.log(`  npm run fuzz -- --target ${target} --seed ${values.seed} --input ${input}\n${error}\n`);
  }
}

async function main(): Promise<number> {
  if (targets.length === 0) {
    console.error(`There is no target ${values.target}. Targets: ${every.join(', ')}.`);
    return 2;
  }
  const results: TargetResult[] = [];
  const waiting = [...targets.entries()];
  // One a core: each has its whole share of the time, and none waits for another.
  const lanes = Array.from({ length: availableParallelism() }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [place, target] = next;
      const result = await runTarget(...orderFor(target));
      tell(result);
      results[place] = result;
    }
  });
  await Promise.all(lanes);
  const total = results.reduce((sum, { inputs }) => sum + inputs, 0);
  const findings = results.reduce((sum, result) => sum + result.findings.length, 0);
  if (values.record) {
    const rows = results.map((r) => `| ${r.target} | ${r.inputs} | ${r.findings.length} | ${r.peakMegabytes} |`);
    recordLongRun('fuzz', [
      `${total} inputs, seed ${values.seed}: ${findings} findings.`,
      '',
      '| target | inputs | findings | largest process, MB |',
      '|---|---|---|---|',
      ...rows,
    ]);
  }
  console.log(`${total} inputs, ${findings} findings.`);
  return findings === 0 ? 0 : 1;
}

process.exitCode = await main();

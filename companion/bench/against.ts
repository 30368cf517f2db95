import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { commandEnvironment, projectNode, root } from '../../scripts/project.mjs';
import { checkOut } from './check-out.ts';
import { type Comparison, compareRuns } from './compare.ts';
import type { Measurement } from './statistics.ts';

const BENCH = fileURLToPath(new URL('./main.ts', import.meta.url)).slice(root.length + 1);

/** One run of a commit's own bench. */
async function measure(folder: string, options: readonly string[]): Promise<Measurement[]> {
  const node = projectNode(folder) ?? process.execPath;
  const args = ['--expose-gc', '--disable-warning=ExperimentalWarning', BENCH, '--json', ...options];
  const child = spawn(node, args, { cwd: folder, env: commandEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`the bench of ${folder} ended with ${code}`);
  return said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Measurement => JSON.parse(line));
}

/**
 * Measures this checkout beside another commit, in turns, so that whatever else the computer does meets both.
 * @param revision as git names it
 * @param rounds runs of each
 * @param options of the bench, for both
 */
export async function measureAgainst(
  revision: string,
  rounds: number,
  options: readonly string[],
): Promise<Comparison[]> {
  const { folder, remove } = await checkOut(revision);
  const runs = { before: [] as Measurement[][], now: [] as Measurement[][] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const order = round % 2 === 0 ? (['before', 'now'] as const) : (['now', 'before'] as const);
      for (const side of order) {
        process.stderr.write(`round ${round + 1} of ${rounds}: ${side === 'now' ? 'this checkout' : revision}\n`);
        runs[side].push(await measure(side === 'now' ? root : folder, options));
      }
    }
  } finally {
    await remove();
  }
  return compareRuns(runs.before, runs.now);
}

export function printComparison(comparisons: readonly Comparison[]): void {
  const table = new Table({ head: ['', 'before', 'now', 'unit', 'times worse', 'spread', ''] });
  for (const { name, unit, before, now, worse, spread, slower } of comparisons) {
    const shown = [before, now].map((value) => value.toPrecision(3));
    table.push([name, ...shown, unit, worse.toFixed(2), `${Math.round(spread * 100)} %`, slower ? 'WORSE' : '']);
  }
  process.stdout.write(`${table.toString()}\n`);
}

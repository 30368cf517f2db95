import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from './project.mjs';

const FILE = join(root, 'docs', 'long-runs.md');

/** Headings of the kinds of long runs, in the order of the file. */
const KINDS = {
  fuzz: 'Fuzzing (`npm run fuzz -- --inputs 100000 --record`)',
  faults: 'Faults under the log (`TOUCHSTONE_FAULT_POINTS=1000`)',
  kills: 'Kills of the companion',
  jobs: 'Kills of a companion that accepts checks',
  team: 'Kills of a team’s workers and of its PostgreSQL',
  'team-bench': 'Team mode, measured (`npm run bench -- team`)',
  backup: 'A team’s backup, restored',
  proxies: 'A team’s proxies, in the real programs',
  'repeat-browser-tests': 'Browser tests in a row, both cores busy (`npm run test:repeat`)',
  soak: 'Soak',
  'soak-video': 'Soak of videos',
};

/** The machine as a reader can compare it: processor, cores, memory, Node; no name, no path. */
export function machine() {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${first?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GB, Node ${process.versions.node}`;
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return 'outside a repository';
  }
}

/**
 * Puts a section into the text of the file: replaces that of the same kind, or appends it.
 * @param {string} text
 * @param {string} kind
 * @param {readonly string[]} lines
 */
export function withSection(text, kind, lines) {
  const [start, end] = [`<!-- ${kind}:start -->`, `<!-- ${kind}:end -->`];
  const section = [start, ...lines, end].join('\n');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from >= 0 && to > from) return text.slice(0, from) + section + text.slice(to + end.length);
  return `${text.trimEnd()}\n\n## ${KINDS[kind]}\n\n${section}\n`;
}

/**
 * Writes the last result of a long run into docs/long-runs.md, with commit and machine.
 * @param {keyof typeof KINDS} kind
 * @param {readonly string[]} lines Markdown
 */
export function recordLongRun(kind, lines) {
  if (!KINDS[kind]) throw new Error(`unknown kind of long run: ${kind}`);
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '# Long runs\n';
  const facts = `${new Date().toISOString().slice(0, 10)}, commit ${commit()}, ${machine()}.`;
  writeFileSync(FILE, withSection(text, kind, [facts, '', ...lines]));
}

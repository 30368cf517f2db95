import { ensureBrowsers } from './ensure-browsers.mjs';
import { ensureTools } from './ensure-tools.mjs';
import { buildPages, installPackages } from './prepare.mjs';
import { duration } from './progress.mjs';
import { COMPILE_CACHE, commandEnvironment, pnpmCommand, root } from './project.mjs';
import { runAside } from './run-aside.mjs';
import { explainFailure } from './run-command.mjs';
import { runInForeground } from './run-in-foreground.mjs';
import { summaryTable } from './stage-summary.mjs';

/** A tool that found something; it has said what. */
class ToolFailure extends Error {
  constructor(args, code) {
    super(`"${args.join(' ')}" ended with exit code ${code}.`);
    this.name = 'ToolFailure';
    this.nextStep = 'Read its output above.';
  }
}

let browsers = {};

/** Hundreds of programs are started by tests, with the same code over and over. */
const environment = () => ({ NODE_COMPILE_CACHE: COMPILE_CACHE, ...commandEnvironment(), ...browsers });

/** Part of the names of files whose tests are attacks; those with a browser among them are in the stage of the browsers. */
const ATTACKS = '.attack.test.';

/** The part whose unit tests run once, under measurement. */
const MEASURED = 'shared';

/** Part of the names of files whose tests start a PostgreSQL of their own. */
const TEAM = '.team.test.';

/** Memory over many pictures and frames. */
const SOAKS = 'bench/soak';

/** Runs a tool in the open: its output is what a developer wants to read. */
async function tool(...args) {
  const { command, args: line, shell } = pnpmCommand(args);
  const code = await runInForeground(command, line, {
    cwd: root,
    env: environment(),
    shell,
  });
  if (code !== 0) throw new ToolFailure(args, code);
}

/** Stages that run beside others, by name. */
const aside = new Map();

/** Starts the tool of a stage while others run: it waits for much, and the processor is free meanwhile. */
function startAside({ name, args }) {
  const { command, args: line, shell } = pnpmCommand(args);
  aside.set(name, runAside(name, { command, args: line, shell }, { cwd: root, env: environment() }));
}

/** Waits for a stage that runs beside others and says what it said. @returns how long it took, in milliseconds */
async function waitFor({ name, args }) {
  const { code, ms, output } = await aside.get(name).ended;
  process.stdout.write(output);
  if (code !== 0) throw new ToolFailure(args, code);
  return ms;
}

/**
 * In the order of their cost: the first that fails ends the run. One with `beside` starts with the stage of that name, where that is
 * run too.
 */
const STAGES = [
  { name: 'install', run: () => installPackages() },
  {
    name: 'browsers and tools',
    run: async () => {
      browsers = await ensureBrowsers();
      const blind = await ensureTools();
      if (blind) console.warn(blind);
    },
  },
  { name: 'lint and format', run: () => tool('exec', 'biome', 'check', '.') },
  { name: 'types', run: () => tool('-r', '--workspace-concurrency=2', 'run', 'typecheck') },
  { name: 'unused code', run: () => tool('exec', 'knip') },
  { name: 'python recipe', run: () => tool('run', 'check:recipe') },
  { name: 'dockerfile', run: () => tool('run', 'check:dockerfile') },
  { name: 'dependency audit', run: () => tool('run', 'audit') },
  { name: 'build', run: () => buildPages() },
  { name: 'extension for the stores', run: () => tool('run', 'check:extension') },
  {
    name: 'unit tests',
    run: () =>
      tool(
        'exec',
        'vitest',
        'run',
        '--project',
        `!${MEASURED}`,
        '--exclude',
        `**/*${ATTACKS}*`,
        '--exclude',
        `**/*${TEAM}*`,
        '--exclude',
        `**/${SOAKS}*`,
      ),
  },
  // The other parts take minutes under measurement: "npm run coverage" measures them all.
  { name: `unit tests of ${MEASURED}, with their coverage`, run: () => tool('run', 'coverage', MEASURED) },
  { name: 'attack tests', run: () => tool('exec', 'vitest', 'run', ATTACKS) },
  // Not beside the attacks, which look at what a process does in a moment.
  { name: 'team', run: () => tool('exec', 'vitest', 'run', TEAM) },
  { name: 'cost beside the commit before', run: () => tool('run', 'bench:before') },
  { name: 'fuzzing', run: () => tool('run', 'fuzz') },
  // By themselves: a companion that shares its cores with a hundred tests comes to rest when they let it.
  { name: 'memory over time', run: () => tool('exec', 'vitest', 'run', SOAKS) },
  { name: 'browser tests', beside: 'unit tests', args: ['--filter', '@touchstone/e2e', 'e2e'] },
];

/** A stage that began this long before it was waited for ran beside others. */
const BESIDE_MS = 1000;

const begin = (stage) => {
  if (!aside.has(stage.name)) startAside(stage);
};

/** `npm test`: everything a change must pass, stage after stage; `npm test -- unit build` runs only these (and install). */
async function test(chosen) {
  const results = [];
  const wanted = STAGES.filter(
    ({ name }) => chosen.length === 0 || name === 'install' || chosen.some((word) => name.includes(word)),
  );
  for (const stage of wanted) {
    console.log(`\n== ${stage.name}`);
    const start = Date.now();
    for (const other of wanted) if (other.beside === stage.name || (other === stage && other.args)) begin(other);
    try {
      const took = stage.args ? await waitFor(stage) : await stage.run().then(() => Date.now() - start);
      const note = stage.beside && took > Date.now() - start + BESIDE_MS ? ` (beside ${stage.beside})` : '';
      results.push({ name: stage.name, outcome: 'passed', time: duration(took) + note });
    } catch (error) {
      explainFailure(error);
      results.push({ name: stage.name, outcome: 'FAILED', time: duration(Date.now() - start) });
      break;
    }
  }
  for (const { stop } of aside.values()) stop();
  for (const { name } of wanted.slice(results.length)) results.push({ name, outcome: 'not run', time: '' });
  console.log(`\n${summaryTable(results)}`);
  return results.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
}

process.exitCode = await test(process.argv.slice(2));

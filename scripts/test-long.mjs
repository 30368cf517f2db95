import { ensureBrowsers } from './ensure-browsers.mjs';
import { ensureTools } from './ensure-tools.mjs';
import { buildPages, installPackages } from './prepare.mjs';
import { duration } from './progress.mjs';
import { commandEnvironment, pnpmCommand, root } from './project.mjs';
import { recordLongRun } from './record-long-run.mjs';
import { runInForeground } from './run-in-foreground.mjs';
import { summaryTable } from './stage-summary.mjs';

const FAULT_POINTS = '1000';
const KILLS = { TOUCHSTONE_KILLS: '20', TOUCHSTONE_CAPTURES: '1000' };
const JOB_KILLS = { TOUCHSTONE_JOB_KILLS: '100', TOUCHSTONE_JOBS: '2000' };
const TEAM_KILLS = {
  TOUCHSTONE_TEAM_CAPTURES: '10000',
  TOUCHSTONE_TEAM_KILLS: '20',
  TOUCHSTONE_TEAM_POSTGRES_KILLS: '3',
};
const SLOW_ANSWER = { TOUCHSTONE_PROXY_SECONDS: '590' };
const FUZZ_INPUTS = '100000';
const VIDEO_SOAK = { TOUCHSTONE_SOAK_FRAMES: '20000' };
const SOAK = { TOUCHSTONE_SOAK_PICTURES: '20000', TOUCHSTONE_SOAK_REST_MS: String(60 * 60_000) };

/** Runs a tool in the open. @returns whether it passed */
async function passes(args, environment = {}) {
  const { command, args: line, shell } = pnpmCommand(args);
  const env = { ...commandEnvironment(), ...environment };
  return (await runInForeground(command, line, { cwd: root, env, shell })) === 0;
}

/** What `npm test` does in small, in full. Each writes its last result into docs/long-runs.md. */
const RUNS = [
  {
    name: 'faults',
    run: async () => {
      const file = 'companion/src/log/faults.test.ts';
      const passed = await passes(['exec', 'vitest', 'run', file], { TOUCHSTONE_FAULT_POINTS: FAULT_POINTS });
      recordLongRun('faults', [
        `${FAULT_POINTS} points: ${passed ? 'nothing delivered was lost, the chain told the truth.' : 'FAILED.'}`,
      ]);
      return passed;
    },
  },
  {
    name: 'kills',
    run: async () => {
      const passed = await passes(['exec', 'vitest', 'run', 'companion/src/daemon/durability.test.ts'], KILLS);
      const counts = `${KILLS.TOUCHSTONE_CAPTURES} captures, ${KILLS.TOUCHSTONE_KILLS} kills`;
      recordLongRun('kills', [`${counts}: ${passed ? 'nothing delivered was lost.' : 'FAILED.'}`]);
      return passed;
    },
  },
  {
    name: 'jobs',
    run: async () => {
      const passed = await passes(['exec', 'vitest', 'run', 'companion/src/daemon/accepted-jobs.test.ts'], JOB_KILLS);
      const counts = `${JOB_KILLS.TOUCHSTONE_JOBS} accepted checks, ${JOB_KILLS.TOUCHSTONE_JOB_KILLS} kills`;
      recordLongRun('jobs', [`${counts}: ${passed ? 'each ended once.' : 'FAILED.'}`]);
      return passed;
    },
  },
  {
    name: 'soak',
    run: async () => {
      const passed = await passes(['exec', 'vitest', 'run', 'companion/bench/soak.test.ts'], SOAK);
      const what = `an hour at rest, then ${SOAK.TOUCHSTONE_SOAK_PICTURES} pictures`;
      recordLongRun('soak', [
        `${what}: ${passed ? 'small at rest, flat within 25 % from the 500th picture on.' : 'FAILED.'}`,
      ]);
      return passed;
    },
  },
  {
    name: 'soak-video',
    run: async () => {
      const passed = await passes(['exec', 'vitest', 'run', 'companion/bench/soak-video.test.ts'], VIDEO_SOAK);
      const what = `${VIDEO_SOAK.TOUCHSTONE_SOAK_FRAMES} frames of playing videos and of files`;
      recordLongRun('soak-video', [
        `${what}: ${passed ? 'memory flat within 5 % from the 500th frame on.' : 'FAILED.'}`,
      ]);
      return passed;
    },
  },
  {
    name: 'team',
    run: async () => {
      const passed = await passes(
        ['exec', 'vitest', 'run', 'companion/src/team/worker/kills.team.test.ts'],
        TEAM_KILLS,
      );
      const { TOUCHSTONE_TEAM_CAPTURES: captures, TOUCHSTONE_TEAM_KILLS: kills } = TEAM_KILLS;
      const counts = `${captures} captures, ${kills} kills of workers, ${TEAM_KILLS.TOUCHSTONE_TEAM_POSTGRES_KILLS} of PostgreSQL`;
      recordLongRun('team', [`${counts}: ${passed ? 'each record once, the chain intact.' : 'FAILED.'}`]);
      return passed;
    },
  },
  {
    name: 'backup',
    run: async () => {
      const passed = await passes([
        'exec',
        'node',
        '--disable-warning=ExperimentalWarning',
        'companion/src/team/fixtures/try-backup.ts',
      ]);
      const outcome = passed ? 'records, chain, pictures and waiting checks came back.' : 'FAILED.';
      recordLongRun('backup', [`pg_dump and pg_restore of a team's database: ${outcome}`]);
      return passed;
    },
  },
  {
    name: 'proxies',
    run: async () => {
      const passed = await passes(['exec', 'node', 'scripts/try-proxies.mjs'], SLOW_ANSWER);
      const what = `500 MB, events, sockets, an answer after ${SLOW_ANSWER.TOUCHSTONE_PROXY_SECONDS} seconds`;
      recordLongRun('proxies', [`${what}: ${passed ? 'nginx and Caddy pass them on.' : 'FAILED.'}`]);
      return passed;
    },
  },
  { name: 'fuzz', run: () => passes(['run', 'fuzz', '--inputs', FUZZ_INPUTS, '--record']) },
  {
    name: 'package',
    // What is packed is unpacked elsewhere and used with an empty environment.
    run: async () =>
      (await passes(['run', 'package'])) &&
      (await passes(['exec', 'node', 'scripts/package/try.mjs', 'dist', '--video'])),
  },
  { name: 'browser', run: async () => passes(['run', 'test:repeat'], await ensureBrowsers()) },
];

/** `npm run test:long`: the full counts, some hours on two cores; `npm run test:long -- fuzz kills` runs only these. */
async function testLong(chosen) {
  await installPackages();
  const blind = await ensureTools();
  if (blind) console.warn(blind);
  await buildPages();
  const results = [];
  for (const { name, run } of RUNS.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
    console.log(`\n== ${name}`);
    const start = Date.now();
    const passed = await run();
    results.push({ name, outcome: passed ? 'passed' : 'FAILED', time: duration(Date.now() - start) });
  }
  console.log(`\n${summaryTable(results)}`);
  return results.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
}

process.exitCode = await testLong(process.argv.slice(2));

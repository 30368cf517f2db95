import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readlinkSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Milliseconds that a companion has to load its models and say that it is ready. */
const READY_MS = 120_000;
const LOOK_EVERY_MS = 500;

/** What differs while an older companion runs: that is what a deployment is for. */
const EXPECTED = ['versions'];

/** A step that failed, with what a person should know. */
class StepFailed extends Error {}

const say = (text) => process.stdout.write(`${text}\n`);

/** Node of a release: the one that it brings, or the one that runs this. */
function nodeOf(release) {
  const own = join(release, 'node_modules', '.bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

const FLAGS = ['--disable-warning=ExperimentalWarning'];

/** Runs the command line of a release. */
function touchstone(release, ...args) {
  const main = join(release, 'companion', 'src', 'cli', 'main.ts');
  const { status, stdout, stderr, error } = spawnSync(nodeOf(release), [...FLAGS, main, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', TOUCHSTONE_NO_OPEN: '1' },
  });
  if (error) throw new StepFailed(`${args[0]}: ${error.message}`);
  return { status, stdout, stderr };
}

const linesOf = (text) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** @returns status of the companion that runs with the data folder, if one does */
function running(release) {
  const { status, stdout } = touchstone(release, 'status', '--json');
  return status === 0 ? linesOf(stdout)[0] : undefined;
}

/** @throws {StepFailed} where anything is broken that the new release needs */
function preFlight(release) {
  const { status, stdout, stderr } = touchstone(release, 'doctor', '--json');
  if (status === 0) return;
  if (status !== 1) throw new StepFailed(`The new release does not start: ${stderr.trim().slice(-2000)}`);
  const broken = linesOf(stdout).filter(({ state, look }) => state === 'broken' && !EXPECTED.includes(look));
  if (broken.length > 0) {
    throw new StepFailed(broken.map(({ look, text, nextStep }) => `${look}: ${text} ${nextStep}`).join('\n'));
  }
}

/** Makes `link` lead to `target`, in one step. */
function pointTo(link, target) {
  const fresh = `${link}.new`;
  rmSync(fresh, { force: true });
  symlinkSync(target, fresh);
  renameSync(fresh, link);
}

/** Runs a command of the person's in a shell. */
function shell(command) {
  const { status, stderr } = spawnSync(command, { shell: true, encoding: 'utf8' });
  if (status !== 0) throw new StepFailed(`${command}: ${stderr.trim().slice(-2000)}`);
}

function start({ current, startCommand, home }) {
  if (startCommand) {
    shell(startCommand);
    return undefined;
  }
  const release = realpathSync(current);
  const main = join(release, 'companion', 'src', 'daemon', 'main.ts');
  const output = home ? openSync(join(home, 'deploy.log'), 'a', 0o600) : 'ignore';
  const child = spawn(nodeOf(release), [...FLAGS, main], { detached: true, stdio: ['ignore', output, output] });
  child.unref();
  return child;
}

async function isReady(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(LOOK_EVERY_MS * 10) })).ok;
  } catch {
    return false;
  }
}

/** Waits until the companion that was started says that it is ready. @throws {StepFailed} */
async function becomeReady(release, child, within) {
  for (const deadline = Date.now() + within; Date.now() < deadline; await wait(LOOK_EVERY_MS)) {
    if (child && child.exitCode !== null) throw new StepFailed(`The companion ended with exit code ${child.exitCode}.`);
    const status = running(release);
    if (status && (await isReady(status.port))) return status;
  }
  throw new StepFailed(`The companion was not ready within ${within / 1000} seconds.`);
}

function stop(release, { stopCommand }, child) {
  if (stopCommand) {
    shell(stopCommand);
    return;
  }
  if (running(release)) {
    const { status, stderr } = touchstone(release, 'stop');
    if (status !== 0) throw new StepFailed(`The companion could not be stopped: ${stderr.trim().slice(-2000)}`);
  } else if (child && child.exitCode === null) {
    child.kill('SIGTERM');
  }
}

/** Brings the release before back, and what was in the data folder where it cannot read that any more. */
async function rollBack(plan, before, backup, child) {
  say(`Rolling back to ${before}.`);
  try {
    stop(before, plan, child);
  } catch (error) {
    say(error.message);
  }
  pointTo(plan.current, before);
  const looks = linesOf(touchstone(before, 'doctor', '--json').stdout);
  const unreadable = looks.some(({ look, state }) => look === 'log' && state === 'broken');
  if (unreadable && backup) {
    say(`The history was changed by the new release: restoring ${backup}.`);
    const { status, stderr } = touchstone(before, 'restore', backup);
    if (status !== 0) throw new StepFailed(`The backup could not be restored: ${stderr.trim().slice(-2000)}`);
  }
  await becomeReady(before, start(plan), plan.readyMs);
  say('The release before runs again.');
}

/** @returns {number} exit code: 0 the new release runs, 1 everything is as it was, 2 neither */
async function deploy(plan) {
  const { release, current, backups, keep } = plan;
  const before = existsSync(current) ? resolve(plan.root, readlinkSync(current)) : undefined;
  let backup;
  let child;
  try {
    say('Pre-flight');
    preFlight(release);
    if (before) {
      say('Backup');
      const made = touchstone(before, 'backup', backups, '--keep', keep, '--json');
      if (made.status !== 0)
        throw new StepFailed(`No backup, so nothing is changed: ${made.stderr.trim().slice(-2000)}`);
      backup = linesOf(made.stdout)[0].folder;
    }
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(error.message);
    return 1;
  }
  try {
    if (before) {
      say('Stop');
      stop(before, plan);
    }
    say(`Start ${release}`);
    pointTo(current, release);
    child = start(plan);
    const { version, port } = await becomeReady(release, child, plan.readyMs);
    say(`Touchstone ${version} is ready on port ${port}.`);
    return 0;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(error.message);
    if (!before) return 2;
    try {
      await rollBack(plan, before, backup, child);
      return 1;
    } catch (again) {
      if (!(again instanceof StepFailed)) throw again;
      say(`${again.message}\nNothing runs now: docs/runbook.md, "An upgrade was rolled back".`);
      return 2;
    }
  }
}

const HELP = `node scripts/deploy.mjs --root FOLDER --release FOLDER --backups FOLDER [--keep 7] [--start COMMAND --stop COMMAND]

Pre-flight by the new release's doctor, a backup by the running one, exchange of the link ROOT/current, start, and back to the release
before, with its data, where the new one does not get ready. The release is an installed checkout. Without --start the companion is
started beside this program; its output goes to deploy.log in TOUCHSTONE_HOME, where that is set.
Exit code: 0 the new release runs, 1 everything is as it was, 2 neither.
`;

const { values } = parseArgs({
  options: {
    root: { type: 'string' },
    release: { type: 'string' },
    backups: { type: 'string' },
    keep: { type: 'string', default: '7' },
    start: { type: 'string' },
    stop: { type: 'string' },
    'ready-seconds': { type: 'string', default: String(READY_MS / 1000) },
    help: { type: 'boolean', default: false },
  },
});

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { root, release, backups } = values;
  if (values.help || !root || !release || !backups) {
    say(HELP);
    process.exitCode = values.help ? 0 : 2;
  } else {
    process.exitCode = await deploy({
      root: resolve(root),
      release: resolve(release),
      current: join(resolve(root), 'current'),
      backups: resolve(backups),
      keep: values.keep,
      startCommand: values.start,
      stopCommand: values.stop,
      readyMs: Number(values['ready-seconds']) * 1000,
      home: process.env.TOUCHSTONE_HOME,
    });
  }
}

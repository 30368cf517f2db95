import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GLIBC_TUNABLES, NODE_FLAGS } from '../workers/node-settings.mjs';
import { launchdAgent } from './launchd.ts';
import { companionProgram, type Program } from './program.ts';
import { type Starter, starterFor, stateOf, switchOff, switchOn } from './starter.ts';
import { SYSTEMD_UNIT, systemdUnit } from './systemd.ts';
import { scheduledTask } from './task-scheduler.ts';

/** Paths and values that every format has to write in a way of its own. */
const ODD: Program = {
  command: [process.execPath, '--flag', '/home/a "b" & <c>/100% $HOME/ü main.ts'],
  environment: { TOUCHSTONE_HOME: '/data "x" %h $PATH &amp;' },
  folder: '/tmp',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-autostart-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the program', () => {
  it('is the companion alone, with the settings of the person and nothing else of the environment', () => {
    const { command, environment } = companionProgram({ TOUCHSTONE_PORT: '5000', TOUCHSTONE_HOME: '', SECRET: 'x' });
    expect(existsSync(command[0])).toBe(true);
    expect(existsSync(command.at(-1) ?? '')).toBe(true);
    expect(environment).toEqual({ ...(process.platform === 'linux' && { GLIBC_TUNABLES }), TOUCHSTONE_PORT: '5000' });
    expect(command.slice(1, -1)).toEqual(NODE_FLAGS);
  });
});

describe('systemd', () => {
  const there = spawnSync('systemd-analyze', ['--version']).status === 0;

  it('gets paths and values that mean themselves', () => {
    const unit = systemdUnit(ODD);
    expect(unit).toContain('"TOUCHSTONE_HOME=/data \\"x\\" %%h $PATH &amp;"');
    expect(unit).toContain('ExecStart=:"');
    expect(unit).toContain('"/home/a \\"b\\" & <c>/100%% $HOME/ü main.ts"');
    expect(systemdUnit({ ...ODD, environment: { A: 'b\nExecStart=/bin/evil' } })).not.toMatch(/^ExecStart=\/bin/m);
  });

  it.runIf(there).each([
    ['the companion', companionProgram({ TOUCHSTONE_HOME: '/data' })],
    ['odd paths', ODD],
  ])('says nothing against the unit of %s', async (_, program) => {
    const path = join(folder, SYSTEMD_UNIT);
    await writeFile(path, systemdUnit(program));
    // The exit code is 0 for unknown keys too: what it prints tells.
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--user', path], {
      encoding: 'utf8',
      env: { ...process.env, XDG_RUNTIME_DIR: folder },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('launchd', () => {
  it('gets a property list that starts the program at login and after a crash', () => {
    const text = launchdAgent(ODD);
    expect(XMLValidator.validate(text)).toBe(true);
    const { dict } = new XMLParser({ ignoreDeclaration: true }).parse(text).plist;
    expect(dict.key).toEqual([
      'Label',
      'ProgramArguments',
      'EnvironmentVariables',
      'WorkingDirectory',
      'RunAtLoad',
      'KeepAlive',
      'ProcessType',
      'Umask',
    ]);
    expect(dict.array.string).toEqual(ODD.command);
    expect(dict.dict[0]).toEqual({ key: 'TOUCHSTONE_HOME', string: ODD.environment.TOUCHSTONE_HOME });
  });
});

describe('the Task Scheduler', () => {
  it('gets a task of this user, at logon, without more rights', () => {
    const text = scheduledTask(ODD, 'PC\\a&b');
    expect(XMLValidator.validate(text)).toBe(true);
    const { Task } = new XMLParser({ ignoreDeclaration: true }).parse(text);
    expect(Task.Principals.Principal).toMatchObject({ UserId: 'PC\\a&b', RunLevel: 'LeastPrivilege' });
    expect(Task.Triggers.LogonTrigger.UserId).toBe('PC\\a&b');
    expect(Task.Actions.Exec.Arguments).toMatch(
      /^\/d \/s \/c "set "TOUCHSTONE_HOME=.*" && ".*" "--flag" ".*main\.ts""$/,
    );
  });
});

describe('switching', () => {
  const starter = (on: readonly string[]): Starter => ({
    file: join(folder, 'deep', 'file'),
    text: 'text',
    on: [on],
    off: [['true']],
    onLater: [on],
    offLater: [['true']],
    status: ['false'],
  });

  it.each(['now', 'later'] as const)('writes the file, and takes it away again: %s', async (when) => {
    const works = starter(['true']);
    expect(await stateOf(works)).toEqual({ registered: false, running: false });
    await switchOn(works, when);
    expect(await stateOf(works)).toEqual({ registered: true, running: false });
    expect([await switchOff(works, when), await switchOff(works, when)]).toEqual([true, false]);
    expect(existsSync(works.file)).toBe(false);
  });

  it.each([[['false']], [['no-such-program-here']]])('leaves nothing behind where %j fails', async (command) => {
    const fails = starter(command);
    for (const when of ['now', 'later'] as const) {
      await expect(switchOn(fails, when)).rejects.toMatchObject({ code: 'autostart-failed' });
      expect(existsSync(fails.file)).toBe(false);
    }
  });

  it.each(['linux', 'darwin', 'win32'] as const)('neither starts nor ends the companion that runs: %s', (platform) => {
    const { onLater, offLater } = starterFor(platform, ODD, {}, { home: folder, uid: 501 });
    const words = [...onLater, ...offLater].flat();
    expect(words.filter((word) => ['--now', 'bootstrap', 'bootout', '/Run', '/End'].includes(word))).toEqual([]);
  });

  it.each(['linux', 'darwin', 'win32'] as const)('knows the commands of %s', (platform) => {
    const { file, on, off } = starterFor(platform, ODD, {}, { home: folder, uid: 501 });
    expect(file.startsWith(folder)).toBe(true);
    expect([...on, ...off].flat().length).toBeGreaterThan(4);
  });

  it('says so on a platform without any', () => {
    expect(() => starterFor('aix', ODD, {})).toThrow(expect.objectContaining({ code: 'autostart-failed' }));
  });
});

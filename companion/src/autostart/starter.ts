import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { TouchstoneError } from '@touchstone/shared';
import { LAUNCHD_LABEL, launchdAgent } from './launchd.ts';
import type { Program } from './program.ts';
import { SYSTEMD_UNIT, systemdUnit } from './systemd.ts';
import { scheduledTask, TASK_NAME } from './task-scheduler.ts';

/** Registers the companion with whatever starts programs at login. */
export interface Starter {
  /** File that says what is started. */
  readonly file: string;
  readonly text: string;
  /** Commands that make it known and start it, that end and forget it, and that tell whether it is known and running. */
  readonly on: readonly (readonly string[])[];
  readonly off: readonly (readonly string[])[];
  /** The same from the next login on: for the companion that runs, which neither a second one may join nor its own end. */
  readonly onLater: readonly (readonly string[])[];
  readonly offLater: readonly (readonly string[])[];
  readonly status: readonly string[];
}

/** How long the system's own program may take, in milliseconds. */
const COMMAND_MS = 60_000;

/** What the platform starts programs with. @throws TouchstoneError `autostart-failed` on a platform without */
export function starterFor(
  platform: NodeJS.Platform,
  program: Program,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  { home = homedir(), uid = process.getuid?.() ?? 0 }: { readonly home?: string; readonly uid?: number } = {},
): Starter {
  if (platform === 'linux') {
    const folder = join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'systemd', 'user');
    const user = (...args: readonly string[]) => ['systemctl', '--user', ...args];
    return {
      file: join(folder, SYSTEMD_UNIT),
      text: systemdUnit(program),
      on: [user('daemon-reload'), user('enable', '--now', SYSTEMD_UNIT)],
      off: [user('disable', '--now', SYSTEMD_UNIT)],
      onLater: [user('daemon-reload'), user('enable', SYSTEMD_UNIT)],
      offLater: [user('disable', SYSTEMD_UNIT)],
      status: user('is-active', SYSTEMD_UNIT),
    };
  }
  if (platform === 'darwin') {
    const file = join(home, 'Library', 'LaunchAgents', `${LAUNCHD_LABEL}.plist`);
    const domain = `gui/${uid}`;
    return {
      file,
      text: launchdAgent(program),
      on: [['launchctl', 'bootstrap', domain, file]],
      off: [['launchctl', 'bootout', `${domain}/${LAUNCHD_LABEL}`]],
      // What lies in the folder is read at the next login.
      onLater: [],
      offLater: [],
      status: ['launchctl', 'print', `${domain}/${LAUNCHD_LABEL}`],
    };
  }
  if (platform === 'win32') {
    const file = join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Touchstone', 'autostart.xml');
    return {
      file,
      text: scheduledTask(program, userInfo().username),
      on: [
        ['schtasks', '/Create', '/F', '/TN', TASK_NAME, '/XML', file],
        ['schtasks', '/Run', '/TN', TASK_NAME],
      ],
      off: [['schtasks', '/Delete', '/F', '/TN', TASK_NAME]],
      onLater: [['schtasks', '/Create', '/F', '/TN', TASK_NAME, '/XML', file]],
      offLater: [['schtasks', '/Delete', '/F', '/TN', TASK_NAME]],
      status: ['schtasks', '/Query', '/TN', TASK_NAME],
    };
  }
  throw new TouchstoneError('autostart-failed', `nothing is known that starts programs at login on ${platform}`);
}

const start = promisify(execFile);

async function run([command = '', ...args]: readonly string[]): Promise<void> {
  try {
    await start(command, args, { timeout: COMMAND_MS });
  } catch (error) {
    const { message, stderr = '' } = error as Error & { stderr?: string };
    const why = stderr.trim().slice(0, 300) || message.slice(0, 300);
    throw new TouchstoneError('autostart-failed', `${command} ${args.join(' ')}: ${why}`);
  }
}

/** Whether the companion starts, or ends, at once too, or from the next login on. */
export type When = 'now' | 'later';

/** Writes the file and registers the companion. @throws TouchstoneError `autostart-failed`; then nothing is left behind */
export async function switchOn(starter: Starter, when: When = 'now'): Promise<void> {
  mkdirSync(dirname(starter.file), { recursive: true, mode: 0o700 });
  writeFileSync(starter.file, starter.text, { mode: 0o600 });
  try {
    for (const command of when === 'now' ? starter.on : starter.onLater) await run(command);
  } catch (error) {
    rmSync(starter.file, { force: true });
    throw error;
  }
}

/** @returns false where it was not registered. @throws TouchstoneError `autostart-failed` */
export async function switchOff(starter: Starter, when: When = 'now'): Promise<boolean> {
  if (!isOn(starter)) return false;
  for (const command of when === 'now' ? starter.off : starter.offLater) await run(command);
  rmSync(starter.file, { force: true });
  return true;
}

export const isOn = ({ file }: Pick<Starter, 'file'>): boolean => existsSync(file);

export interface AutostartState {
  readonly registered: boolean;
  readonly running: boolean;
}

export async function stateOf(starter: Starter): Promise<AutostartState> {
  if (!isOn(starter)) return { registered: false, running: false };
  const running = await run(starter.status).then(
    () => true,
    () => false,
  );
  return { registered: true, running };
}

import type { Program } from './program.ts';

/** Name of the unit; systemd finds it by its file. */
export const SYSTEMD_UNIT = 'touchstone.service';

/** Longest time that accepted work may take to end, in seconds: twice what the companion gives itself. */
const STOP_SECONDS = 30;

/**
 * One word of a unit file. Specifiers (%) and variables ($) mean themselves, and no line can end early.
 * systemd.service(5), "Command lines", and systemd.syntax(7), "Quoting".
 */
const word = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('\n', '\\n')}"`;

/** A unit of the user's own systemd: starts at login, again after a crash, never twice. */
export function systemdUnit({ command, environment, folder }: Program): string {
  return [
    '[Unit]',
    'Description=Touchstone companion',
    '',
    '[Service]',
    'Type=exec',
    `WorkingDirectory=${folder.replaceAll('%', '%%')}`,
    ...Object.entries(environment).map(([name, value]) => `Environment=${word(`${name}=${value}`)}`),
    // Without the colon systemd would fill in variables.
    `ExecStart=:${command.map(word).join(' ')}`,
    'Restart=on-failure',
    'RestartSec=5',
    `TimeoutStopSec=${STOP_SECONDS}`,
    'UMask=0077',
    'NoNewPrivileges=yes',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n');
}

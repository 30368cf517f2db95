import { xml } from './markup.ts';
import type { Program } from './program.ts';

/** Name of the task. */
export const TASK_NAME = 'Touchstone';

/** One argument as CommandLineToArgvW takes it apart. */
const quoted = (text: string): string => `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;

/**
 * A task of Windows' Task Scheduler, version 1.2 of its XML: at the logon of this user, with no more rights than theirs.
 * Tasks have no environment, so that settings stand before the program in a command of its own.
 */
export function scheduledTask({ command, environment, folder }: Program, user: string): string {
  const settings = Object.entries(environment).map(([name, value]) => `set "${name}=${value}" && `);
  const line = `/d /s /c "${settings.join('')}${command.map(quoted).join(' ')}"`;
  return [
    '<?xml version="1.0"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <Triggers>',
    `    <LogonTrigger><Enabled>true</Enabled><UserId>${xml(user)}</UserId></LogonTrigger>`,
    '  </Triggers>',
    '  <Principals>',
    `    <Principal id="Author"><UserId>${xml(user)}</UserId><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>`,
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '    <RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>',
    '  </Settings>',
    '  <Actions Context="Author">',
    `    <Exec><Command>cmd.exe</Command><Arguments>${xml(line)}</Arguments><WorkingDirectory>${xml(folder)}</WorkingDirectory></Exec>`,
    '  </Actions>',
    '</Task>',
    '',
  ].join('\n');
}

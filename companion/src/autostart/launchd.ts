import { xml } from './markup.ts';
import type { Program } from './program.ts';

/** Name under which launchd knows it. */
export const LAUNCHD_LABEL = 'local.touchstone.companion';

/** A property list of an agent: starts at login and again after a crash (launchd.plist(5)). */
export function launchdAgent({ command, environment, folder }: Program): string {
  const key = (name: string, value: string): string => `  <key>${name}</key>\n  ${value}`;
  const text = (value: string): string => `<string>${xml(value)}</string>`;
  const entries = Object.entries(environment).map(([name, value]) => `<key>${xml(name)}</key>${text(value)}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    key('Label', text(LAUNCHD_LABEL)),
    key('ProgramArguments', `<array>${command.map(text).join('')}</array>`),
    key('EnvironmentVariables', `<dict>${entries.join('')}</dict>`),
    key('WorkingDirectory', text(folder)),
    key('RunAtLoad', '<true/>'),
    key('KeepAlive', '<dict><key>SuccessfulExit</key><false/></dict>'),
    key('ProcessType', text('Background')),
    // 077
    key('Umask', '<integer>63</integer>'),
    '</dict>',
    '</plist>',
    '',
  ].join('\n');
}

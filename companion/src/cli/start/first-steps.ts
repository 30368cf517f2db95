import pc from 'picocolors';
import type { BuiltExtension } from './extension-folders.ts';

const line = (text = ''): string => `${text}\n`;

/** How to load the extension in each browser, three short lines each. */
function loadingSteps({ chrome, firefox }: BuiltExtension): string {
  const chromium = (name: string, address: string) =>
    line(`   ${pc.bold(name.padEnd(8))}open ${address} and switch on "Developer mode";`) +
    line('           press "Load unpacked" and choose the folder') +
    line(`           ${chrome}`);
  return (
    chromium('Chrome', 'chrome://extensions') +
    chromium('Edge', 'edge://extensions') +
    line(`   ${pc.bold('Firefox'.padEnd(8))}open about:debugging#/runtime/this-firefox;`) +
    line('           press "Load Temporary Add-on..." and choose the file (again after each restart of Firefox)') +
    line(`           ${firefox}`)
  );
}

export interface FirstSteps {
  readonly extension: BuiltExtension | undefined;
  readonly pairingUrl: string;
  readonly minutes: number;
  /** Names of the browsers that are paired already. */
  readonly paired: readonly string[];
}

/** What a newcomer does next: load the extension, pair it, right-click a picture. */
export function firstSteps({ extension, pairingUrl, minutes, paired }: FirstSteps): string {
  const load = extension
    ? loadingSteps(extension)
    : line('   It is not built yet: run "npm start" in the folder of Touchstone.');
  const pair =
    paired.length > 0
      ? `2. Paired: ${paired.join(', ')}. To pair another browser, open this link in it and press "Pair"`
      : '2. Pair it: open this link in the browser that has the extension, and press "Pair"';
  return (
    line(pc.bold('1. Load the extension in your browser')) +
    load +
    line(pc.bold(pair)) +
    line(`   ${pc.cyan(pairingUrl)}`) +
    line(pc.dim(`   (works once, for the next ${minutes} minutes; "npm run touchstone pair" makes a new one)`)) +
    line(pc.bold('3. Right-click any picture and choose "Check this image"'))
  );
}

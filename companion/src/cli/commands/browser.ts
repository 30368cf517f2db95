import { homedir } from 'node:os';
import { dataFolder, prepareDataFolder } from '../../settings/data-folder.ts';
import { hostState, installHost, removeHost } from '../native-host/host-files.ts';
import { hostPlaces, systemHostPlaces } from '../native-host/host-places.ts';

const places = () => hostPlaces(process.platform, homedir(), dataFolder());

/** `touchstone browser install`: lets the extension start the companion and pair by itself. */
export function installBrowserHost(): void {
  prepareDataFolder(dataFolder());
  const all = places();
  installHost(all, dataFolder());
  process.stdout.write(
    `Known to ${all.map(({ browser }) => browser).join(', ')}. Start the browser anew if it runs.\n`,
  );
}

/** `touchstone browser remove` */
export function removeBrowserHost(): void {
  removeHost(places(), dataFolder());
  process.stdout.write('Removed. Start the companion and pair by "npm run touchstone pair" from now on.\n');
}

/** `touchstone browser status` */
export function browserHostStatus({ json = false }: { readonly json?: boolean }): void {
  for (const place of [...places(), ...systemHostPlaces(process.platform)]) {
    const found = { browser: place.browser, state: hostState(place), file: place.file };
    process.stdout.write(
      json ? `${JSON.stringify(found)}\n` : `${place.browser.padEnd(10)}${found.state.padEnd(11)}${place.file}\n`,
    );
  }
}

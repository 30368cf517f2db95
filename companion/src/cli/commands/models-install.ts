import { createInterface } from 'node:readline/promises';
import { CATALOGUE, installPack, type Offer, removePack } from '@touchstone/models';
import { TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { SingleBar } from 'cli-progress';
import { installedPacksFolder } from '../../daemon/pack-folders.ts';
import { dataFolder, prepareDataFolder } from '../../settings/data-folder.ts';
import { findCompanion } from '../link/companion-link.ts';
import { givenPath } from '../terminal/given-path.ts';

const MEGABYTE = 1_000_000;
/** A no, or Ctrl-C: nothing failed, but nothing is there either. */
const EXIT_CANCELLED = 2;

export function describeOffer({ title, licence, bytes, url, homepage, claim }: Offer): string {
  return [
    `${foreignText(title)}, ${(bytes / MEGABYTE).toFixed(0)} MB`,
    `  Licence  ${foreignText(licence)}`,
    ...(claim ? [`  Claim    ${foreignText(claim)}`] : []),
    ...(homepage ? [`  Page     ${foreignText(homepage)}`] : []),
    `  From     ${foreignText(url)}`,
    '',
  ].join('\n');
}

/** Asks on the terminal; where nobody can answer, only `--yes` is a yes. */
async function agree(offer: Offer, yes: boolean): Promise<boolean> {
  process.stderr.write(describeOffer(offer));
  if (yes) return true;
  if (!process.stdin.isTTY) {
    process.stderr.write('Nobody can answer here; give --yes to download it.\n');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Download it? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** A path leads from where the person typed it; names of the catalogue and addresses stay. */
function folderNamed(source: string): string {
  return /^[a-z]+:/.test(source) || !/[\\/]|^\.+$/.test(source) ? source : givenPath(source);
}

export interface InstallCommandOptions {
  readonly name?: string;
  readonly yes?: boolean;
}

/**
 * `touchstone models install`: from the catalogue, an address of a pack.json, or a folder. A running companion takes
 * the pack at its next start.
 * @returns whether it is installed now; false after a no or Ctrl-C
 */
export async function installModel(source: string, { name, yes = false }: InstallCommandOptions): Promise<boolean> {
  prepareDataFolder(dataFolder());
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort();
  process.once('SIGINT', stop);
  const bar = process.stderr.isTTY
    ? new SingleBar({ stream: process.stderr, format: 'Downloading {bar} {percentage} % of {megabytes} MB' })
    : undefined;
  let started = false;
  try {
    const pack = await installPack({
      source: folderNamed(source),
      into: installedPacksFolder(dataFolder()),
      ...(name ? { name } : {}),
      confirm: (offer) => agree(offer, yes),
      signal: interrupted.signal,
      onProgress: (done, total) => {
        if (!bar || !total) return;
        if (!started) bar.start(total, done, { megabytes: (total / MEGABYTE).toFixed(0) });
        started = true;
        bar.update(done);
      },
    });
    bar?.stop();
    const { manifest } = pack;
    process.stdout.write(
      `Installed ${manifest.name} ${manifest.version} (${manifest.tier}).\nUse it with: npm run touchstone models use ${manifest.name}\n`,
    );
    if (await findCompanion()) process.stdout.write('Touchstone is running; it takes the pack when it starts again.\n');
    return true;
  } catch (error) {
    if (!(error instanceof TouchstoneError && error.code === 'cancelled')) throw error;
    process.stderr.write('Nothing was installed. What was downloaded so far is kept and continued next time.\n');
    process.exitCode = EXIT_CANCELLED;
    return false;
  } finally {
    bar?.stop();
    process.off('SIGINT', stop);
  }
}

/** `touchstone models remove`. A pack that is chosen for its tier gives the choice back first. */
export async function removeModel(name: string): Promise<void> {
  await removePack(name, installedPacksFolder(dataFolder()));
  const link = await findCompanion();
  if (link) {
    const settings = await link.call(api.settings.get);
    const patch = {
      ...(settings.quickPack === name ? { quickPack: null } : {}),
      ...(settings.thoroughPack === name ? { thoroughPack: null } : {}),
    };
    if (Object.keys(patch).length > 0) await link.call(api.settings.change, { body: patch });
  }
  process.stdout.write(`Removed ${foreignText(name)}.\n`);
}

/** `touchstone models catalogue`: what can be installed by name, with licence and size. */
export function showCatalogue(): void {
  for (const { name, title, licence, bytes, url, homepage, claim } of CATALOGUE) {
    process.stdout.write(`${name}\n${describeOffer({ title, licence, bytes, url, homepage, claim })}\n`);
  }
  process.stdout.write('Install one with: npm run touchstone models install NAME\n');
}

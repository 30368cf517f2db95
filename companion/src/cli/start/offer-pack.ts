import { createInterface } from 'node:readline/promises';
import { CATALOGUE, type CatalogueEntry, findPack, listPacks } from '@touchstone/models';
import type { SettingsPatch } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { packFolders } from '../../daemon/pack-folders.ts';
import { describeOffer, installModel } from '../commands/models-install.ts';
import { type CompanionLink, needCompanion } from '../link/companion-link.ts';

/** The public pack worth having beside those that come along: the best measured one of the catalogue. */
const RECOMMENDED = 'sieve';

/** Whether somebody sits at this terminal. */
export function canAnswer(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  terminals: readonly { readonly isTTY?: boolean }[] = [process.stdin, process.stderr],
): boolean {
  return !environment.CI && terminals.every(({ isTTY }) => isTTY === true);
}

export interface OfferParts {
  readonly link: Pick<CompanionLink, 'call'>;
  readonly isInstalled: (name: string) => Promise<boolean>;
  /** @returns undefined when the companion stops before there is an answer */
  readonly ask: (entry: CatalogueEntry) => Promise<boolean | undefined>;
  readonly install: (name: string) => Promise<boolean>;
}

/** Offers the recommended pack once: whatever the answer, it is remembered. A yes installs it and chooses it for its tier. */
export async function offerOnce({ link, isInstalled, ask, install }: OfferParts): Promise<void> {
  const entry = CATALOGUE.find(({ name }) => name === RECOMMENDED);
  const { offeredPacks = [] } = await link.call(api.settings.get);
  if (!entry || offeredPacks.includes(entry.name) || (await isInstalled(entry.name))) return;
  const answer = await ask(entry);
  if (answer === undefined) return;
  const remember = (more: SettingsPatch) =>
    link.call(api.settings.change, { body: { offeredPacks: [...offeredPacks, entry.name], ...more } });
  await remember({});
  // A download that breaks off can be continued by hand; the question is not asked again.
  if (answer && (await install(entry.name))) await remember({ thoroughPack: entry.name });
}

async function askOnTerminal(entry: CatalogueEntry, signal: AbortSignal) {
  process.stderr.write(
    `\nA more thorough public model can be added (asked once; later: npm run touchstone models install ${entry.name}):\n` +
      describeOffer(entry),
  );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While it reads a line, the terminal hands Ctrl-C to it instead of to the program.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = await terminal.question('Download it now? [y/N] ', { signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    return undefined;
  } finally {
    terminal.close();
  }
}

/** After the first steps of `touchstone start`, where a person can answer; never in CI. */
export async function offerRecommendedPack(home: string, signal: AbortSignal): Promise<void> {
  if (!canAnswer()) return;
  await offerOnce({
    link: await needCompanion(),
    isInstalled: async (name) => findPack((await listPacks(packFolders(home))).packs, name) !== undefined,
    ask: (entry) => askOnTerminal(entry, signal),
    install: (name) => installModel(name, { yes: true }),
  });
}

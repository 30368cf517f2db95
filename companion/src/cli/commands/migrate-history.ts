import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../../settings/data-folder.ts';
import { readDatabaseAddress, readSetting } from '../../team/addresses.ts';
import { openContentAt } from '../../team/content/open-content.ts';
import { type Imported, type ImportPlan, importHistory, planImport } from '../../team/history-import/import-history.ts';
import { openSourceHistory } from '../../team/history-import/source-history.ts';
import { openTeam } from '../../team/open-team.ts';
import { peopleOf } from '../../team/people/open-people.ts';
import { onlyMatch } from '../link/only-match.ts';
import { interruptSignal } from '../terminal/endings.ts';
import { givenPath } from '../terminal/given-path.ts';

const EXIT_NOT_INTACT = 1;

export interface MigrateHistoryCommandOptions {
  /** Id of whoever gets it, or its beginning, as `touchstone users list` shows it. */
  readonly owner: string;
  /** A data folder or a backup of one; absent: the data folder of whoever runs the command. */
  readonly from?: string;
  readonly database?: string;
  readonly content?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const planText = ({ records, gone, originals, cases, known, unfinished }: ImportPlan): string =>
  [
    `There are ${records} records (${known} of them with the team already), ${gone} places of deleted ones, ${originals} kept originals and ${cases} cases.`,
    ...(unfinished > 0 ? [`${unfinished} checks have not ended; they stay where they are.`] : []),
    'Nothing was written.',
  ].join('\n');

const outcomeText = ({ records, gone, known, originals, lostOriginals, cases, chain }: Imported): string =>
  [
    `Took over ${records} records, ${gone} places of deleted ones, ${originals} kept originals and ${cases} cases.`,
    ...(known > 0 ? [`${known} records were with the team already.`] : []),
    ...(lostOriginals > 0 ? [`${lostOriginals} kept originals are gone or damaged in the source.`] : []),
    chain.intact ? `The chain of the team is intact. Head: ${chain.head}` : 'The chain of the team is NOT intact.',
  ].join('\n');

/**
 * `touchstone migrate-history`: takes a single person's history over into a team's records. Broken off, it goes on where it was.
 * @returns exit code, 1 where the team's chain is not intact
 */
export async function migrateHistory(options: MigrateHistoryCommandOptions): Promise<number> {
  const { json = false, dryRun = false } = options;
  process.umask(0o077);
  const database = readDatabaseAddress(options.database);
  const content = readSetting('content', options.content, 'TOUCHSTONE_CONTENT');
  const signal = interruptSignal();
  const scratch = await mkdtemp(join(tmpdir(), 'touchstone-import-'));
  const source = openSourceHistory(options.from === undefined ? dataFolder() : givenPath(options.from));
  try {
    const team = await openTeam({
      database,
      content: await openContentAt(content, { scratch, environment: process.env }),
      onWarning: (message) => process.stderr.write(`Note: ${message}\n`),
    });
    try {
      const people = await peopleOf(team.database.kysely).people.list();
      const { id: owner } = onlyMatch(people, options.owner, ['people', 'person']);
      if (dryRun) {
        const plan = await planImport(team, source, { signal });
        process.stdout.write(json ? `${JSON.stringify(plan)}\n` : `${planText(plan)}\n`);
        return 0;
      }
      const outcome = await importHistory(team, source, { owner, signal });
      process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : `${outcomeText(outcome)}\n`);
      return outcome.chain.intact ? 0 : EXIT_NOT_INTACT;
    } finally {
      await team.close();
    }
  } finally {
    source.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

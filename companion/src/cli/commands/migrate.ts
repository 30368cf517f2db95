import { readDatabaseAddress } from '../../team/addresses.ts';
import { migrateTeam } from '../../team/database/migrations.ts';
import { openTeamDatabase } from '../../team/database/open-database.ts';
import { requireDatabase } from '../../team/database/require-sessions.ts';
import { installQueue } from '../../team/jobs/queue.ts';

export interface MigrateCommandOptions {
  readonly database?: string;
  readonly json?: boolean;
}

/** `touchstone migrate`: brings the tables of a team's database to this version. @throws TouchstoneError `config-invalid` */
export async function migrate({ database: given, json = false }: MigrateCommandOptions): Promise<void> {
  const address = readDatabaseAddress(given);
  await requireDatabase(address);
  const database = openTeamDatabase(address);
  try {
    const steps = await migrateTeam(database.kysely);
    await installQueue(address);
    if (json) process.stdout.write(`${JSON.stringify({ steps })}\n`);
    else if (steps.length === 0) process.stdout.write('The database is of this version.\n');
    else process.stdout.write(`Brought the database to this version: ${steps.join(', ')}.\n`);
  } finally {
    await database.close();
  }
}

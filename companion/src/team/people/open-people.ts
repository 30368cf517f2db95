import type { Kysely } from 'kysely';
import { persistently } from '../database/database-errors.ts';
import { migrateTeam } from '../database/migrations.ts';
import { openTeamDatabase } from '../database/open-database.ts';
import { requireDatabase } from '../database/require-sessions.ts';
import type { TeamTables } from '../database/tables.ts';
import { TENANT } from '../open-team.ts';
import { type AuditLog, createAuditLog } from './audit.ts';
import { createCeremonies } from './ceremonies.ts';
import { type Colleagues, createColleagues } from './colleagues.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createPeople, type People } from './people.ts';
import { createPersonBrowsers, type PersonBrowsers } from './person-browsers.ts';
import { createPersonTokens, type PersonTokens } from './person-tokens.ts';
import { createTeamSessions, type TeamSessions } from './sessions.ts';

export interface TeamPeople {
  readonly people: People;
  readonly colleagues: Colleagues;
  readonly invitations: Invitations;
  readonly sessions: TeamSessions;
  readonly tokens: PersonTokens;
  readonly browsers: PersonBrowsers;
  readonly audit: AuditLog;
}

/** The people of the one desk of a database. */
export function peopleOf(database: Kysely<TeamTables>): TeamPeople {
  return {
    people: createPeople(database, TENANT),
    colleagues: createColleagues(database, TENANT),
    invitations: createInvitations(database, TENANT),
    sessions: createTeamSessions(database, TENANT),
    tokens: createPersonTokens(database, TENANT),
    browsers: createPersonBrowsers(database, TENANT, createCeremonies(database, TENANT)),
    audit: createAuditLog(database, TENANT),
  };
}

/**
 * Opens the people of a team alone, for a command.
 * @param url `postgres://...`, straight to the server
 * @throws TouchstoneError `config-invalid` where the database cannot be used
 */
export async function openPeople(url: string): Promise<TeamPeople & { close(): Promise<void> }> {
  await requireDatabase(url);
  const database = openTeamDatabase(url);
  await persistently(() => migrateTeam(database.kysely));
  return { ...peopleOf(database.kysely), close: () => database.close() };
}

import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { ACCOUNTS, BROWSERS, PEOPLE } from './people-tables.ts';
import type { TeamTables } from './tables.ts';

/** Schema of everything that is ours; the queue's own tables lie in a schema of their own. */
export const TEAM_SCHEMA = 'touchstone';

const FIRST = [
  // What is held back stays in its row, and is left out by everybody who asks for `deletion is null`.
  `CREATE TABLE deletions (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text NOT NULL, owner text NOT NULL, id text NOT NULL UNIQUE, due_at bigint NOT NULL)`,
  `CREATE TABLE records (
    tenant text NOT NULL, number bigint NOT NULL, link bigint NOT NULL, owner text NOT NULL, id text NOT NULL UNIQUE,
    verdict text NOT NULL, leaning text, probability double precision NOT NULL, kind text NOT NULL, site text NOT NULL,
    pack text NOT NULL, label text NOT NULL, sha256 text NOT NULL, perceptual_hash text NOT NULL, url text NOT NULL,
    page_url text NOT NULL, title text NOT NULL, file_name text NOT NULL, body text NOT NULL, words tsvector NOT NULL,
    content text, bytes bigint NOT NULL, deletion bigint REFERENCES deletions (number),
    PRIMARY KEY (tenant, number))`,
  'CREATE INDEX records_by_owner ON records (tenant, owner, number)',
  'CREATE INDEX records_by_content ON records (tenant, owner, sha256, number)',
  'CREATE INDEX records_by_probability ON records (tenant, owner, probability, number)',
  "CREATE INDEX records_labelled ON records (tenant, owner, label, number) WHERE label <> 'none'",
  'CREATE INDEX records_by_words ON records USING gin (words)',
  'CREATE INDEX records_keeping ON records (content) WHERE content IS NOT NULL',
  'CREATE INDEX records_held ON records (deletion) WHERE deletion IS NOT NULL',
  `CREATE TABLE media (
    tenant text NOT NULL, number bigint NOT NULL, kind text NOT NULL, place integer NOT NULL, bytes bytea NOT NULL,
    PRIMARY KEY (tenant, number, kind, place),
    FOREIGN KEY (tenant, number) REFERENCES records (tenant, number) ON DELETE CASCADE)`,
  // A link outlives its record: then it is a tombstone.
  `CREATE TABLE chain (
    tenant text NOT NULL, link bigint NOT NULL, number bigint, digest bytea NOT NULL, hash bytea NOT NULL,
    PRIMARY KEY (tenant, link))`,
  'CREATE INDEX chain_by_digest ON chain (tenant, digest)',
  `CREATE TABLE jobs (
    number bigint GENERATED ALWAYS AS IDENTITY, tenant text NOT NULL, id uuid PRIMARY KEY, queue text NOT NULL,
    priority integer NOT NULL, state text NOT NULL, owner text NOT NULL, client text NOT NULL, lane text NOT NULL,
    content text NOT NULL, bytes bigint NOT NULL, work text NOT NULL, attempts integer NOT NULL DEFAULT 0, worker text,
    suspect boolean NOT NULL DEFAULT false, deaths integer NOT NULL DEFAULT 0, stage text, progress double precision,
    record text, error text, accepted_at bigint NOT NULL, started_at bigint, ended_at bigint,
    changed bigint NOT NULL DEFAULT 0)`,
  'CREATE SEQUENCE job_changes',
  'CREATE INDEX jobs_by_age ON jobs (tenant, number)',
  "CREATE INDEX jobs_unfinished ON jobs (tenant, state, lane, accepted_at) INCLUDE (bytes) WHERE state IN ('pending', 'processing')",
  "CREATE INDEX jobs_in_hand ON jobs (tenant, worker) WHERE state = 'processing'",
  "CREATE INDEX jobs_suspect ON jobs (tenant, queue) WHERE suspect AND state = 'pending'",
  "CREATE INDEX jobs_needing ON jobs (content) WHERE state IN ('pending', 'processing')",
  'CREATE INDEX jobs_of_record ON jobs (record) WHERE record IS NOT NULL',
  'CREATE INDEX jobs_ended ON jobs (tenant, ended_at) WHERE ended_at IS NOT NULL',
  'CREATE INDEX jobs_changed ON jobs (tenant, changed)',
  `CREATE TABLE job_requests (
    tenant text NOT NULL, owner text NOT NULL, key text NOT NULL, fingerprint text NOT NULL, at bigint NOT NULL,
    jobs uuid[] NOT NULL, PRIMARY KEY (tenant, owner, key))`,
  'CREATE INDEX job_requests_by_age ON job_requests (tenant, at)',
  `CREATE TABLE turns (
    tenant text NOT NULL, queue text NOT NULL, lane text NOT NULL, client text NOT NULL, turn bigint NOT NULL,
    PRIMARY KEY (tenant, queue, lane, client))`,
  `CREATE TABLE cases (
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE, id text PRIMARY KEY, tenant text NOT NULL, owner text NOT NULL,
    name text NOT NULL, note text NOT NULL, tags text NOT NULL, created_at bigint NOT NULL, updated_at bigint NOT NULL)`,
  'CREATE INDEX cases_by_owner ON cases (tenant, owner, updated_at)',
  ...[
    ['case_records', 'case_id text NOT NULL REFERENCES cases (id) ON DELETE CASCADE', 'case_id, tenant, number'],
    ['record_tags', 'tag text NOT NULL', 'tenant, number, tag'],
    ['record_notes', 'note text NOT NULL', 'tenant, number'],
  ].map(
    ([table, column, key]) => `CREATE TABLE ${table} (tenant text NOT NULL, number bigint NOT NULL, ${column},
      PRIMARY KEY (${key}), FOREIGN KEY (tenant, number) REFERENCES records (tenant, number) ON DELETE CASCADE)`,
  ),
  'CREATE INDEX case_records_of_record ON case_records (tenant, number)',
  `CREATE TABLE embeddings (
    tenant text NOT NULL, content text NOT NULL, encoder text NOT NULL, preprocessing text NOT NULL, views integer NOT NULL,
    vectors bytea NOT NULL, provider text NOT NULL, companion text NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (tenant, content, encoder, preprocessing))`,
  `CREATE TABLE content_holds (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, content text NOT NULL, at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX content_holds_of ON content_holds (content)',
  `CREATE TABLE workers (
    tenant text NOT NULL, id text NOT NULL, seen timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant, id))`,
];

/** How far the history of somebody who worked alone has been taken over: a link of its chain, by the hash of its first. */
const IMPORTS = [
  `CREATE TABLE imports (
    tenant text NOT NULL, source text NOT NULL, owner text NOT NULL, link bigint NOT NULL, PRIMARY KEY (tenant, source))`,
];

/** What waits in a queue, for whoever looks where to take from. */
const WAITING = ["CREATE INDEX jobs_waiting ON jobs (tenant, queue, lane) WHERE state = 'pending' AND NOT suspect"];

/** Cases that were taken over, and the owner's last record then: what was deleted or taken out since does not come back. */
const IMPORTED_CASES = [
  "ALTER TABLE imports ADD COLUMN cases text[] NOT NULL DEFAULT '{}', ADD COLUMN cases_after bigint NOT NULL DEFAULT 0",
];

/** With whom cases are shared: with everybody, or with those who are named. */
const SHARED_CASES = [
  "ALTER TABLE cases ADD COLUMN everybody text CHECK (everybody IN ('view', 'edit'))",
  'CREATE INDEX cases_of_everybody ON cases (tenant, updated_at) WHERE everybody IS NOT NULL',
  `CREATE TABLE case_shares (
    case_id text NOT NULL REFERENCES cases (id) ON DELETE CASCADE, person text NOT NULL REFERENCES people (id),
    right_to text NOT NULL CHECK (right_to IN ('view', 'edit')), PRIMARY KEY (case_id, person))`,
  'CREATE INDEX case_shares_of ON case_shares (person)',
];

/** What is looked for each time that anybody begins to sign in: which of what was begun is over, or too old. */
const CEREMONIES = [
  'CREATE INDEX ceremonies_by_number ON ceremonies (tenant, number)',
  'CREATE INDEX ceremonies_by_end ON ceremonies (tenant, expires_at)',
];

/** What a team chose for everybody, and what its living workers can do. */
const SETTINGS = [
  'CREATE TABLE team_settings (tenant text PRIMARY KEY, settings text NOT NULL)',
  "ALTER TABLE workers ADD COLUMN packs text NOT NULL DEFAULT '[]', ADD COLUMN version text NOT NULL DEFAULT ''",
];

/**
 * Who waits for a check that is done for nothing else: the server whose caller went last ends it. What is accepted to be done, whoever
 * looks, was never `waited`.
 */
const WAITS = [
  'ALTER TABLE jobs ADD COLUMN waited boolean NOT NULL DEFAULT false',
  `CREATE TABLE job_waits (
    id uuid PRIMARY KEY, job uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX job_waits_of ON job_waits (job)',
];

const stepOf = (statements: readonly string[]): Migration => ({
  async up(database) {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
});

/** Each step in the order of its name, whose digits keep that of their numbers; none is ever changed once it was released. */
export const STEPS: Readonly<Record<string, Migration>> = {
  '0001-records-and-jobs': stepOf(FIRST),
  '0002-people': stepOf(PEOPLE),
  '0003-imports': stepOf(IMPORTS),
  '0004-waiting-jobs': stepOf(WAITING),
  '0005-imported-cases': stepOf(IMPORTED_CASES),
  '0006-shared-cases': stepOf(SHARED_CASES),
  '0007-ceremonies': stepOf(CEREMONIES),
  '0008-settings': stepOf(SETTINGS),
  '0009-accounts': stepOf(ACCOUNTS),
  '0010-browsers': stepOf(BROWSERS),
  '0011-waits': stepOf(WAITS),
};

/**
 * Brings the schema to this version; two processes that start at once wait for each other.
 * @param until name of the last step that is made; default: all are
 * @returns names of the steps that were missing
 * @throws whatever the step that failed said; then nothing of it is in the database
 */
export async function migrateTeam(database: Kysely<TeamTables>, until?: string): Promise<string[]> {
  await sql`CREATE SCHEMA IF NOT EXISTS ${sql.id(TEAM_SCHEMA)}`.execute(database).catch((error: unknown) => {
    // Another process made it at this moment: PostgreSQL says so in one of two ways.
    if (!(error instanceof Error && 'code' in error && ['23505', '42P06'].includes(String(error.code)))) throw error;
  });
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => STEPS },
    migrationTableSchema: TEAM_SCHEMA,
  });
  const { error, results = [] } = await (until === undefined ? migrator.migrateToLatest() : migrator.migrateTo(until));
  if (error !== undefined) throw error;
  return results.map(({ migrationName }) => migrationName);
}

/** What people see of themselves and of each other. */
export const ACCOUNTS: readonly string[] = [
  'ALTER TABLE people ADD COLUMN seen_at bigint',
  'UPDATE people SET seen_at = (SELECT max(used_at) FROM sessions WHERE sessions.person = people.id)',
  "ALTER TABLE passkeys ADD COLUMN name text NOT NULL DEFAULT ''",
  'CREATE INDEX audit_by_person ON audit (tenant, person, number)',
  'CREATE INDEX audit_by_action ON audit (tenant, action, number)',
];

/** Browsers whose extension works in somebody's name, with what is kept of their secrets. */
export const BROWSERS: readonly string[] = [
  `CREATE TABLE browsers (
    id text PRIMARY KEY, tenant text NOT NULL, person text NOT NULL REFERENCES people (id), name text NOT NULL,
    origin text NOT NULL, stored bytea NOT NULL, server bytea NOT NULL, paired_at bigint NOT NULL, seen_at bigint)`,
  'CREATE INDEX browsers_of ON browsers (person)',
];

/** Who works in a team, how they sign in, and what they did. Of every secret its hash alone. */
export const PEOPLE: readonly string[] = [
  `CREATE TABLE people (
    id text PRIMARY KEY, tenant text NOT NULL, name text NOT NULL,
    role text NOT NULL CHECK (role IN ('reader', 'analyst', 'admin')), created_at bigint NOT NULL, disabled_at bigint)`,
  'CREATE INDEX people_by_tenant ON people (tenant, created_at)',
  `CREATE TABLE identities (
    tenant text NOT NULL, issuer text NOT NULL, subject text NOT NULL, person text NOT NULL REFERENCES people (id),
    created_at bigint NOT NULL, PRIMARY KEY (tenant, issuer, subject))`,
  `CREATE TABLE passkeys (
    tenant text NOT NULL, id text NOT NULL, person text NOT NULL REFERENCES people (id), public_key bytea NOT NULL,
    counter bigint NOT NULL, transports text NOT NULL, created_at bigint NOT NULL, used_at bigint, PRIMARY KEY (tenant, id))`,
  'CREATE INDEX passkeys_of ON passkeys (person)',
  `CREATE TABLE invitations (
    id text PRIMARY KEY, tenant text NOT NULL, hash text NOT NULL UNIQUE, role text NOT NULL, name text NOT NULL,
    person text REFERENCES people (id), by text, created_at bigint NOT NULL, expires_at bigint NOT NULL, used_at bigint)`,
  `CREATE TABLE sessions (
    id text PRIMARY KEY, tenant text NOT NULL, hash text NOT NULL UNIQUE, person text NOT NULL REFERENCES people (id),
    client text NOT NULL, created_at bigint NOT NULL, used_at bigint NOT NULL, expires_at bigint NOT NULL)`,
  'CREATE INDEX sessions_of ON sessions (person)',
  // What a browser has begun and must end itself: challenges, states and nonces of signing in.
  `CREATE TABLE ceremonies (
    number bigint GENERATED ALWAYS AS IDENTITY, tenant text NOT NULL, hash text PRIMARY KEY, kind text NOT NULL,
    data text NOT NULL, expires_at bigint NOT NULL)`,
  `CREATE TABLE tokens (
    id text PRIMARY KEY, tenant text NOT NULL, hash text NOT NULL UNIQUE, person text NOT NULL REFERENCES people (id),
    name text NOT NULL, scopes text NOT NULL, created_at bigint NOT NULL, expires_at bigint, used_at bigint)`,
  'CREATE INDEX tokens_of ON tokens (person)',
  `CREATE TABLE audit (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant text NOT NULL, at bigint NOT NULL, person text,
    action text NOT NULL, target text NOT NULL, detail text NOT NULL)`,
  'CREATE INDEX audit_by_tenant ON audit (tenant, number)',
  // Against a mistake and a statement that got through, not against whoever owns the database.
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''the audit log is only added to''; END'`,
  `CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
];

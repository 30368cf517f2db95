import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createSoftAuthenticator } from '../fixtures/soft-authenticator.ts';
import { startOidcProvider } from '../fixtures/start-oidc-provider.ts';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { CEREMONY_MS } from './ceremonies.ts';
import { createInvitations, INVITATION_MS } from './invitations.ts';
import { createOidc } from './oidc.ts';
import { createPeople } from './people.ts';
import { createTeamSessions } from './sessions.ts';
import { createSignIn } from './sign-in.ts';

const databases = testDatabases({ fsync: 'off' });

const TENANT = 'desk';
const ORIGIN = 'https://desk.example';
const SITE = { id: 'desk.example', origin: ORIGIN };
const REDIRECT = `${ORIGIN}/api/sign-in/callback`;
const BROWSER = 'a browser';
const REFUSED = { code: 'sign-in-failed' };
const UNUSABLE = { code: 'invitation-unusable' };

/** @param withProvider whether an OpenID Connect provider runs beside it */
async function openDesk(withProvider = false) {
  const { kysely } = opened(await databases.fresh());
  let shift = 0;
  const now = () => Date.now() + shift;
  const invitations = createInvitations(kysely, TENANT, now);
  const sessions = createTeamSessions(kysely, TENANT, now);
  const provider = withProvider ? await startOidcProvider(REDIRECT) : undefined;
  const oidc = provider && createOidc({ ...provider, name: 'Desk', redirectUri: REDIRECT });
  const signIn = createSignIn({ database: kysely, tenant: TENANT, sessions, invitations, site: SITE, oidc, now });
  const invite = async (role: 'reader' | 'analyst' | 'admin' = 'analyst', name = 'Ann') =>
    (await invitations.issue({ role, name }, null)).secret;
  return {
    kysely,
    visit: (url: string, account: string) => provider?.visit(url, account) ?? Promise.reject(new Error('no provider')),
    people: createPeople(kysely, TENANT, now),
    invitations,
    sessions,
    signIn,
    invite,
    async join(authenticator = createSoftAuthenticator(SITE), secret?: string) {
      const options = await signIn.joinOptions(secret ?? (await invite()), 'Ann');
      return signIn.join(authenticator.create(options), BROWSER);
    },
    later: (milliseconds: number) => {
      shift += milliseconds;
    },
  };
}

const personOf = async ({ sessions }: Awaited<ReturnType<typeof openDesk>>, secret: string) =>
  (await sessions.find(secret))?.person;

it('lets somebody join by an invitation with a passkey, and sign in with it again', async () => {
  const desk = await openDesk();
  const authenticator = createSoftAuthenticator(SITE);
  const secret = await desk.invite('analyst', 'Ann from the desk');
  expect(await desk.signIn.invitation(secret)).toEqual({ name: 'Ann from the desk', role: 'analyst', again: false });
  const joined = await personOf(desk, await desk.join(authenticator, secret));
  expect(joined).toMatchObject({ name: 'Ann', role: 'analyst', disabledAt: null });
  const session = await desk.signIn.passkey(authenticator.get(await desk.signIn.passkeyOptions()), BROWSER);
  expect(await personOf(desk, session)).toEqual(joined);
  const deeds = await sql<{
    action: string;
    person: string | null;
  }>`SELECT action, person FROM audit ORDER BY number`.execute(desk.kysely);
  const id = joined?.id ?? '';
  expect(deeds.rows).toEqual([
    { action: 'invited', person: null },
    { action: 'joined', person: id },
    { action: 'signed-in', person: id },
    { action: 'signed-in', person: id },
  ]);
});

it('takes an invitation once, also of two who come at the same time, and not after its time', async () => {
  const desk = await openDesk();
  const secret = await desk.invite();
  const begun = await Promise.all([1, 2, 3].map(() => desk.signIn.joinOptions(secret, 'Ann')));
  const ends = await Promise.allSettled(
    begun.map((options) => desk.signIn.join(createSoftAuthenticator(SITE).create(options), BROWSER)),
  );
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await desk.people.list()).toHaveLength(1);
  await expect(desk.signIn.invitation(secret)).rejects.toMatchObject(UNUSABLE);
  await expect(desk.join(undefined, secret)).rejects.toMatchObject(UNUSABLE);
  const old = await desk.invite();
  desk.later(INVITATION_MS + 1);
  await expect(desk.signIn.joinOptions(old, 'Ann')).rejects.toMatchObject(UNUSABLE);
  await expect(desk.signIn.invitation('x'.repeat(43))).rejects.toMatchObject(UNUSABLE);
});

it('refuses a passkey of another site, one that did not look who is there, a wrong one, and an answer sent twice', async () => {
  const desk = await openDesk();
  const elsewhere = createSoftAuthenticator({ origin: 'https://desk.example.evil.example' });
  await expect(desk.join(elsewhere)).rejects.toMatchObject(REFUSED);
  await expect(desk.join(createSoftAuthenticator({ ...SITE, careless: true }))).rejects.toMatchObject(REFUSED);
  expect(await desk.people.list()).toEqual([]);
  const [ann, stranger] = [createSoftAuthenticator(SITE), createSoftAuthenticator(SITE)];
  await desk.join(ann);
  await expect(desk.signIn.passkey(stranger.get(await desk.signIn.passkeyOptions()), BROWSER)).rejects.toMatchObject(
    REFUSED,
  );
  const answer = ann.get(await desk.signIn.passkeyOptions());
  const other = await desk.signIn.passkeyOptions();
  await expect(desk.signIn.passkey({ ...answer, ceremony: other.ceremony }, BROWSER)).rejects.toMatchObject(REFUSED);
  await desk.signIn.passkey(answer, BROWSER);
  await expect(desk.signIn.passkey(answer, BROWSER)).rejects.toMatchObject(REFUSED);
  const late = ann.get(await desk.signIn.passkeyOptions());
  desk.later(CEREMONY_MS + 1);
  await expect(desk.signIn.passkey(late, BROWSER)).rejects.toMatchObject(REFUSED);
});

it('keeps out whoever was kept out, also by an invitation that was on its way', async () => {
  const desk = await openDesk();
  await desk.join(createSoftAuthenticator(SITE), await desk.invite('admin'));
  const ann = createSoftAuthenticator(SITE);
  const session = await desk.join(ann);
  const { id = '' } = (await personOf(desk, session)) ?? {};
  const again = await desk.invitations.issue({ role: 'analyst', name: 'Ann', person: id }, null);
  await desk.people.change(id, { disabled: true }, null);
  expect(await desk.sessions.find(session)).toBeUndefined();
  await expect(desk.signIn.passkey(ann.get(await desk.signIn.passkeyOptions()), BROWSER)).rejects.toMatchObject(
    REFUSED,
  );
  await expect(desk.signIn.invitation(again.secret)).rejects.toMatchObject(UNUSABLE);
  await expect(desk.invitations.issue({ role: 'analyst', name: 'Ann', person: id }, null)).rejects.toMatchObject({
    code: 'not-found',
  });
  await desk.people.change(id, { disabled: false }, null);
  await expect(desk.signIn.invitation(again.secret)).rejects.toMatchObject(UNUSABLE);
});

it('lets nobody in by a link of an admin who is none any more', async () => {
  const desk = await openDesk();
  await desk.join(createSoftAuthenticator(SITE), await desk.invite('admin', 'Ann'));
  const ben = await personOf(desk, await desk.join(createSoftAuthenticator(SITE), await desk.invite('admin', 'Ben')));
  const { secret } = await desk.invitations.issue({ role: 'admin', name: 'Ben again' }, ben?.id ?? '');
  expect(await desk.signIn.invitation(secret)).toMatchObject({ role: 'admin' });
  await desk.people.change(ben?.id ?? '', { role: 'reader' }, null);
  await expect(desk.signIn.invitation(secret)).rejects.toMatchObject(UNUSABLE);
  await expect(desk.join(createSoftAuthenticator(SITE), secret)).rejects.toMatchObject(UNUSABLE);
});

it('takes the passkeys of whoever was kept out: let in again, they need a new one', async () => {
  const desk = await openDesk();
  await desk.join(createSoftAuthenticator(SITE), await desk.invite('admin', 'Eve'));
  const stolen = createSoftAuthenticator(SITE);
  const { id = '' } = (await personOf(desk, await desk.join(stolen))) ?? {};
  await desk.people.change(id, { disabled: true }, null);
  await desk.people.change(id, { disabled: false }, null);
  await expect(desk.signIn.passkey(stolen.get(await desk.signIn.passkeyOptions()), BROWSER)).rejects.toMatchObject(
    REFUSED,
  );
  const { secret } = await desk.invitations.issue({ role: 'analyst', name: 'Ann', person: id }, null);
  expect(await personOf(desk, await desk.join(createSoftAuthenticator(SITE), secret))).toMatchObject({ id });
});

it('gives somebody who lost a passkey the way in again, as who they were', async () => {
  const desk = await openDesk();
  const { id = '' } = (await personOf(desk, await desk.join())) ?? {};
  const { secret } = await desk.invitations.issue({ role: 'admin', name: 'Eve', person: id }, null);
  expect(await desk.signIn.invitation(secret)).toMatchObject({ again: true });
  const session = await desk.join(createSoftAuthenticator(SITE), secret);
  expect(await personOf(desk, session)).toMatchObject({ id, name: 'Ann', role: 'analyst' });
});

it('signs in by a real OpenID Connect provider, by invitation the first time', async () => {
  const desk = await openDesk(true);
  const come = async (account: string, invitation?: string): Promise<string> => {
    const { url, ceremony } = await desk.signIn.provider(invitation);
    return desk.signIn.callback(await desk.visit(url, account), ceremony, BROWSER);
  };
  await expect(come('ann')).rejects.toMatchObject(REFUSED);
  expect(await desk.people.list()).toEqual([]);
  const secret = await desk.invite('reader', 'Ann');
  const joined = await personOf(desk, await come('ann', secret));
  expect(joined).toMatchObject({ name: 'Ann', role: 'reader' });
  expect(await personOf(desk, await come('ann'))).toEqual(joined);
  await expect(come('ben', secret)).rejects.toMatchObject(UNUSABLE);
  await expect(come('ben')).rejects.toMatchObject(REFUSED);
});

it('refuses a way back that another browser began, that was used, or that was changed', async () => {
  const desk = await openDesk(true);
  const [own, other] = [await desk.signIn.provider(await desk.invite()), await desk.signIn.provider(undefined)];
  const back = await desk.visit(own.url, 'ann');
  await expect(desk.signIn.callback(back, other.ceremony, BROWSER)).rejects.toMatchObject(REFUSED);
  const changed = new URL(back);
  changed.searchParams.set('code', 'guessed');
  await expect(desk.signIn.callback(changed, own.ceremony, BROWSER)).rejects.toMatchObject(REFUSED);
  await expect(desk.signIn.callback(back, own.ceremony, BROWSER)).rejects.toMatchObject(REFUSED);
  expect(await desk.people.list()).toEqual([]);
});

it('keeps no secret that would let a reader of the database in', async () => {
  const desk = await openDesk();
  const secret = await desk.invite();
  const options = await desk.signIn.joinOptions(secret, 'Ann');
  const session = await desk.signIn.join(createSoftAuthenticator(SITE).create(options), BROWSER);
  const tables = ['invitations', 'sessions', 'ceremonies', 'people', 'passkeys', 'audit'];
  const rows = await Promise.all(
    tables.map(async (table) => (await sql`SELECT * FROM ${sql.table(table)}`.execute(desk.kysely)).rows),
  );
  const dump = JSON.stringify(rows);
  for (const known of [secret, session, options.ceremony]) expect(dump).not.toContain(known);
});

it('notes no secret of an invitation with what a browser has begun', async () => {
  const desk = await openDesk(true);
  const [first, second] = [await desk.invite(), await desk.invite()];
  const options = await desk.signIn.joinOptions(first, 'Ann');
  const { url, ceremony } = await desk.signIn.provider(second);
  const noted = await sql<{ data: string }>`SELECT data FROM ceremonies`.execute(desk.kysely);
  expect(noted.rows).toHaveLength(2);
  for (const { data } of noted.rows) for (const secret of [first, second]) expect(data).not.toContain(secret);
  // What is noted opens nothing by itself, and each of the two is used up by whoever began it.
  const [hash = ''] = noted.rows.map(({ data }) => String(JSON.parse(data).invitation));
  await expect(desk.signIn.invitation(hash)).rejects.toMatchObject(UNUSABLE);
  await desk.signIn.join(createSoftAuthenticator(SITE).create(options), BROWSER);
  await desk.signIn.callback(await desk.visit(url, 'ben'), ceremony, BROWSER);
  for (const secret of [first, second]) await expect(desk.signIn.invitation(secret)).rejects.toMatchObject(UNUSABLE);
});

it('finds what was begun without reading through all of it', async () => {
  const { kysely } = await openDesk();
  const plan = await kysely.transaction().execute(async (trx) => {
    // In an empty table reading through it is as quick.
    await sql`SET LOCAL enable_seqscan = off`.execute(trx);
    const newest = sql<Record<string, string>>`EXPLAIN SELECT max(number) FROM ceremonies WHERE tenant = ${TENANT}`;
    const over = sql<Record<string, string>>`EXPLAIN DELETE FROM ceremonies WHERE tenant = ${TENANT}
      AND (expires_at <= 1 OR number < (SELECT max(number) FROM ceremonies WHERE tenant = ${TENANT}) - 10)`;
    const lines = [...(await newest.execute(trx)).rows, ...(await over.execute(trx)).rows];
    return lines.flatMap((line) => Object.values(line)).join('\n');
  });
  expect(plan).toContain('ceremonies_by_number');
  expect(plan).toContain('ceremonies_by_end');
  expect(plan).not.toContain('Seq Scan');
});

it('lets one person in at several browsers at once, and keeps them out, without one waiting for the other', {
  timeout: 300_000,
}, async () => {
  const desk = await openDesk();
  const first = createSoftAuthenticator(SITE);
  const { id: person = '' } = (await personOf(desk, await desk.join(first))) ?? {};
  const authenticators = [first];
  for (let at = 0; at < 5; at += 1) {
    const authenticator = createSoftAuthenticator(SITE);
    const { secret } = await desk.invitations.issue({ name: 'Ann', role: 'analyst', person }, null);
    await desk.join(authenticator, secret);
    authenticators.push(authenticator);
  }
  const enter = async (authenticator: typeof first): Promise<string> =>
    desk.signIn.passkey(authenticator.get(await desk.signIn.passkeyOptions()), BROWSER);
  for (let round = 0; round < 5; round += 1) {
    const secrets = await Promise.all(authenticators.map(enter));
    expect(new Set(secrets).size).toBe(authenticators.length);
    // Each use is written down again, while others come in.
    desk.later(2 * 60_000);
    const used = await Promise.all([...secrets.map((secret) => personOf(desk, secret)), ...authenticators.map(enter)]);
    expect(used.every((one) => one !== undefined)).toBe(true);
  }
  const secret = await enter(first);
  desk.later(2 * 60_000);
  const using = Array.from({ length: 4 }, () => personOf(desk, secret));
  await Promise.all([...using, desk.people.change(person, { disabled: true }, null)]);
  expect(await personOf(desk, secret)).toBeUndefined();
});

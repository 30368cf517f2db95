import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createSoftAuthenticator } from '../fixtures/soft-authenticator.ts';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { createAuditLog } from './audit.ts';
import { createInvitations } from './invitations.ts';
import { createOwnPasskeys } from './own-passkeys.ts';
import { addPerson, createPeople } from './people.ts';
import { createTeamSessions } from './sessions.ts';
import { createSignIn } from './sign-in.ts';

const databases = testDatabases({ fsync: 'off' });

const TENANT = 'desk';
const SITE = { id: 'desk.example', origin: 'https://desk.example' };
const REFUSED = { code: 'sign-in-failed' };

async function openDesk(hasProvider = false) {
  const { kysely } = opened(await databases.fresh());
  const desk = { database: kysely, tenant: TENANT, site: SITE };
  const sessions = createTeamSessions(kysely, TENANT);
  const signIn = createSignIn({ ...desk, sessions, invitations: createInvitations(kysely, TENANT) });
  const passkeys = createOwnPasskeys({ ...desk, hasProvider });
  const add = (name: string) =>
    kysely.transaction().execute((trx) => addPerson(trx, TENANT, { name, role: 'reader' }, Date.now()));
  return {
    kysely,
    passkeys,
    add,
    people: createPeople(kysely, TENANT),
    audit: createAuditLog(kysely, TENANT),
    /** A new passkey of somebody, in an authenticator of its own. */
    async give(person: string, name: string) {
      const key = createSoftAuthenticator(SITE);
      const answer = key.create(await passkeys.options({ id: person, name: 'Ann' }));
      return { key, answer, shown: await passkeys.add(person, { ...answer, name }) };
    },
    signInWith: async (key: ReturnType<typeof createSoftAuthenticator>) =>
      sessions.find(await signIn.passkey(key.get(await signIn.passkeyOptions()), 'a browser')),
  };
}

it('adds a passkey that signs its owner in, names it, and ends it', async () => {
  const desk = await openDesk();
  const ann = await desk.add('Ann');
  const [first, second] = [await desk.give(ann, 'laptop'), await desk.give(ann, 'phone')];
  expect(await desk.passkeys.list(ann)).toEqual({ passkeys: [first.shown, second.shown], provider: false });
  expect(second.shown).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{64}$/), name: 'phone', usedAt: null });
  expect(await desk.signInWith(second.key)).toMatchObject({ person: { id: ann } });
  expect(await desk.passkeys.rename(ann, first.shown.id, 'old laptop')).toMatchObject({ name: 'old laptop' });
  expect(await desk.passkeys.remove(ann, first.shown.id)).toBe(true);
  expect(await desk.passkeys.remove(ann, first.shown.id)).toBe(false);
  await expect(desk.signInWith(first.key)).rejects.toMatchObject(REFUSED);
  expect(await desk.signInWith(second.key)).toMatchObject({ person: { id: ann } });
  expect((await desk.audit.list(10)).map(({ action, target, detail }) => [action, target, detail])).toEqual([
    ['signed-in', '', 'passkey'],
    ['passkey-removed', first.shown.id, 'old laptop'],
    ['signed-in', '', 'passkey'],
    ['passkey-added', second.shown.id, 'phone'],
    ['passkey-added', first.shown.id, 'laptop'],
  ]);
});

it('takes nobody’s last way in, also when two are taken at the same time', async () => {
  const desk = await openDesk();
  const ann = await desk.add('Ann');
  const shown = [(await desk.give(ann, 'laptop')).shown, (await desk.give(ann, 'phone')).shown];
  const removed = await Promise.allSettled(shown.map(({ id }) => desk.passkeys.remove(ann, id)));
  expect(removed.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'last-way-in' } }]);
  expect((await desk.passkeys.list(ann)).passkeys).toHaveLength(1);
});

it('lets the provider be the last way in where there is one, and nowhere else', async () => {
  const identity = (person: string) => sql`INSERT INTO identities (tenant, issuer, subject, person, created_at)
    VALUES (${TENANT}, 'https://provider.example', 'ann', ${person}, 1)`;
  for (const hasProvider of [true, false]) {
    const desk = await openDesk(hasProvider);
    const ann = await desk.add('Ann');
    const { shown } = await desk.give(ann, 'laptop');
    await identity(ann).execute(desk.kysely);
    expect((await desk.passkeys.list(ann)).provider).toBe(hasProvider);
    const removed = desk.passkeys.remove(ann, shown.id);
    if (hasProvider) expect(await removed).toBe(true);
    else await expect(removed).rejects.toMatchObject({ code: 'last-way-in' });
  }
});

it('adds nothing that this person did not begin, twice, elsewhere, or after they were kept out', async () => {
  const desk = await openDesk();
  const [ann, eve] = [await desk.add('Ann'), await desk.add('Eve')];
  const begin = () => desk.passkeys.options({ id: ann, name: 'Ann' });
  const key = createSoftAuthenticator(SITE);
  const begun = { ...key.create(await begin()), name: 'key' };
  await expect(desk.passkeys.add(eve, begun)).rejects.toMatchObject(REFUSED);
  await expect(desk.passkeys.add(ann, begun)).rejects.toMatchObject(REFUSED);
  const evil = createSoftAuthenticator({ origin: 'https://evil.example' });
  await expect(desk.passkeys.add(ann, { ...evil.create(await begin()), name: 'key' })).rejects.toMatchObject(REFUSED);
  const { answer, shown } = await desk.give(ann, 'key');
  await expect(desk.passkeys.add(ann, { ...answer, name: 'again' })).rejects.toMatchObject(REFUSED);
  expect([await desk.passkeys.rename(eve, shown.id, 'mine'), await desk.passkeys.remove(eve, shown.id)]).toEqual([
    undefined,
    false,
  ]);
  const late = { ...createSoftAuthenticator(SITE).create(await begin()), name: 'late' };
  await desk.people.change(ann, { disabled: true }, null);
  await desk.people.change(ann, { disabled: false }, null);
  await expect(desk.passkeys.add(ann, late)).rejects.toMatchObject(REFUSED);
  expect((await desk.passkeys.list(ann)).passkeys).toEqual([]);
});

it('keeps at most so many passkeys of one person', async () => {
  const desk = await openDesk();
  const ann = await desk.add('Ann');
  for (let count = 0; count < 32; count += 1) await desk.give(ann, `key ${count}`);
  await expect(desk.give(ann, 'one more')).rejects.toMatchObject({ code: 'bad-request' });
  expect((await desk.passkeys.list(ann)).passkeys).toHaveLength(32);
});

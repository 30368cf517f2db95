import { TouchstoneError } from '@touchstone/shared';
import type { CeremonyOptions, CeremonyResponse, InvitationView, SignInMethods } from '@touchstone/shared/api';
import { type Kysely, sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { noteDeed } from './audit.ts';
import { type Ceremonies, createCeremonies } from './ceremonies.ts';
import type { Invitation, Invitations } from './invitations.ts';
import { type Identity, type Oidc, OidcPending } from './oidc.ts';
import { createPasskeys, type PasskeySite } from './passkeys.ts';
import { addPerson } from './people.ts';
import { hashOf, newId } from './secrets.ts';
import type { TeamSessions } from './sessions.ts';

const Challenge = v.object({ challenge: v.string() });
/** With the hash of the invitation: what a browser has begun is no place for a secret of another. */
const Joining = v.object({ challenge: v.string(), invitation: v.string(), person: v.string(), name: v.string() });

export interface SignInRooms {
  readonly database: Kysely<TeamTables>;
  readonly tenant: string;
  readonly sessions: TeamSessions;
  readonly invitations: Invitations;
  /** Undefined: nobody signs in with a passkey here. */
  readonly site?: PasskeySite | undefined;
  readonly oidc?: Oidc | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** The ways into a team. Each ends with the secret of a new session; what goes wrong is told to nobody in more than one sentence. */
export interface SignIn {
  methods(): SignInMethods;
  passkeyOptions(): Promise<CeremonyOptions>;
  /** @param client how the browser names itself @throws TouchstoneError `sign-in-failed` */
  passkey(answer: CeremonyResponse, client: string): Promise<string>;
  /** @throws TouchstoneError `invitation-unusable` */
  invitation(secret: string): Promise<InvitationView>;
  /** @throws TouchstoneError `invitation-unusable` */
  joinOptions(secret: string, name: string): Promise<CeremonyOptions>;
  /** @throws TouchstoneError `sign-in-failed`, `invitation-unusable` */
  join(answer: CeremonyResponse, client: string): Promise<string>;
  /** @returns where the browser goes, and the secret that it must come back with */
  provider(invitation: string | undefined): Promise<{ readonly url: string; readonly ceremony: string }>;
  /** @throws TouchstoneError `sign-in-failed`, `invitation-unusable` */
  callback(address: URL, ceremony: string, client: string): Promise<string>;
}

/** @param rooms with at least one of `site` and `oidc` */
export function createSignIn(rooms: SignInRooms): SignIn {
  const { database, tenant, sessions, invitations, site, oidc, now = Date.now } = rooms;
  const ceremonies: Ceremonies = createCeremonies(database, tenant, now);
  const passkeys = site && createPasskeys(database, tenant, site, now);

  function required<Way>(way: Way | undefined): Way {
    if (way === undefined) throw new TouchstoneError('sign-in-failed', 'this way of signing in is not offered here');
    return way;
  }

  /** Opens a session of somebody who has proven to be it. Whoever comes in twice at once takes turns with themselves. */
  async function enter(trx: Transaction<TeamTables>, person: string, client: string, way: string): Promise<string> {
    const known = sql`SELECT 1 FROM people WHERE tenant = ${tenant} AND id = ${person} AND disabled_at IS NULL FOR NO KEY UPDATE`;
    if ((await known.execute(trx)).rows.length === 0) throw new TouchstoneError('sign-in-failed', 'kept out');
    const secret = await sessions.open(trx, person, client);
    await noteDeed(trx, tenant, { person, action: 'signed-in', detail: way }, now());
    return secret;
  }

  /** Uses an invitation up, by the hash of its secret. @returns who it makes of whoever has it */
  async function welcome(
    trx: Transaction<TeamTables>,
    invitation: string,
    given: { readonly id: string; readonly name?: string },
  ) {
    const { name, role, person }: Invitation = await invitations.take(trx, invitation);
    const id = person ?? (await addPerson(trx, tenant, { id: given.id, name: given.name ?? name, role }, now()));
    await noteDeed(
      trx,
      tenant,
      { person: id, action: person === null ? 'joined' : 'found-the-way-in', detail: role },
      now(),
    );
    return id;
  }

  async function personOf(trx: Kysely<TeamTables>, { issuer, subject }: Identity): Promise<string | undefined> {
    const found = sql<{ person: string }>`SELECT person FROM identities
      WHERE tenant = ${tenant} AND issuer = ${issuer} AND subject = ${subject}`;
    return (await found.execute(trx)).rows[0]?.person;
  }

  /** Whoever comes from the provider for the first time needs an invitation; it is not used up where they are known. */
  async function enterBy(
    trx: Transaction<TeamTables>,
    identity: Identity,
    /** Hash of its secret. */
    invitation: string | null,
    client: string,
  ): Promise<string> {
    const known = await personOf(trx, identity);
    if (known !== undefined) return enter(trx, known, client, 'provider');
    if (invitation === null) throw new TouchstoneError('sign-in-failed', 'not invited');
    const person = await welcome(trx, invitation, { id: newId() });
    await sql`INSERT INTO identities (tenant, issuer, subject, person, created_at)
      VALUES (${tenant}, ${identity.issuer}, ${identity.subject}, ${person}, ${now()})`.execute(trx);
    return enter(trx, person, client, 'provider');
  }

  const transaction = <Result>(work: (trx: Transaction<TeamTables>) => Promise<Result>): Promise<Result> =>
    told(() => database.transaction().execute(work));

  return {
    methods: () => ({ passkeys: passkeys !== undefined, provider: oidc?.name ?? null }),
    async passkeyOptions() {
      const options = await required(passkeys).options();
      return { ceremony: await ceremonies.begin('passkey', { challenge: options.challenge }), options };
    },
    async passkey(answer, client) {
      const keys = required(passkeys);
      const person = await keys.verify(answer, await ceremonies.end('passkey', answer.ceremony, Challenge));
      return transaction((trx) => enter(trx, person, client, 'passkey'));
    },
    async invitation(secret) {
      const { name, role, person } = await invitations.look(secret);
      return { name, role, again: person !== null };
    },
    async joinOptions(invitation, name) {
      const keys = required(passkeys);
      const { person } = await invitations.look(invitation);
      const id = person ?? newId();
      const options = await keys.newOptions({ id, name });
      const data = { challenge: options.challenge, invitation: hashOf(invitation), person: id, name };
      return { ceremony: await ceremonies.begin('join', data), options };
    },
    async join(answer, client) {
      const keys = required(passkeys);
      const { challenge, invitation, person: id, name } = await ceremonies.end('join', answer.ceremony, Joining);
      const credential = await keys.verifyNew(answer, { challenge });
      return transaction(async (trx) => {
        const person = await welcome(trx, invitation, { id, name });
        await keys.keep(trx, person, credential);
        return enter(trx, person, client, 'passkey');
      });
    },
    async provider(invitation) {
      const way = required(oidc);
      if (invitation !== undefined) await invitations.look(invitation);
      const { url, pending } = await way.begin(invitation === undefined ? undefined : hashOf(invitation));
      return { url, ceremony: await ceremonies.begin('provider', pending) };
    },
    async callback(address, ceremony, client) {
      const way = required(oidc);
      const pending = await ceremonies.end('provider', ceremony, OidcPending);
      const identity = await way.end(address, pending);
      return transaction((trx) => enterBy(trx, identity, pending.invitation, client));
    },
  };
}

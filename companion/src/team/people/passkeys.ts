import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import { TouchstoneError } from '@touchstone/shared';
import type { CeremonyOptions, CeremonyResponse } from '@touchstone/shared/api';
import { type Kysely, sql } from 'kysely';
import * as v from 'valibot';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';

/** Where passkeys are good: they are made for one name, and used on its pages alone. */
export interface PasskeySite {
  /** Host of the server's address (WebAuthn's RP id). */
  readonly id: string;
  /** `https://host[:port]`, as the browser says it. */
  readonly origin: string;
}

/** What is shown beside the name of a passkey. */
const SITE_NAME = 'Touchstone';

/** How long a browser may wait for its person, in milliseconds. */
const PROMPT_MS = 5 * 60_000;

const Row = v.object({
  id: v.string(),
  person: v.string(),
  public_key: v.instance(Uint8Array),
  counter: v.number(),
  transports: v.pipe(v.string(), v.parseJson(), v.array(v.string())),
});

type Challenged = { readonly challenge: string };

/** The library throws what it thinks of an answer; whoever sent it learns nothing of it. */
async function verified<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new TouchstoneError('sign-in-failed', String(error), { cause: error });
  }
}

/** A passkey is all that is asked for, so that the person must prove to be there each time. */
export function createPasskeys(database: Kysely<TeamTables>, tenant: string, site: PasskeySite, now: () => number) {
  const expected = { expectedOrigin: site.origin, requireUserVerification: true } as const;

  return {
    /** Options for a new passkey of a person. */
    async newOptions(person: {
      readonly id: string;
      readonly name: string;
    }): Promise<CeremonyOptions['options'] & Challenged> {
      const known = sql<{ id: string }>`SELECT id FROM passkeys WHERE tenant = ${tenant} AND person = ${person.id}`;
      const { rows } = await told(() => known.execute(database));
      return {
        ...(await generateRegistrationOptions({
          rpName: SITE_NAME,
          rpID: site.id,
          userID: new Uint8Array(Buffer.from(person.id)),
          userName: person.name,
          userDisplayName: person.name,
          timeout: PROMPT_MS,
          attestationType: 'none',
          excludeCredentials: rows.map(({ id }) => ({ id })),
          authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        })),
      };
    },
    /** @throws TouchstoneError `sign-in-failed` */
    async verifyNew(
      { response }: Pick<CeremonyResponse, 'response'>,
      { challenge }: Challenged,
    ): Promise<WebAuthnCredential> {
      const { registrationInfo } = await verified(() =>
        verifyRegistrationResponse({
          response: response as unknown as RegistrationResponseJSON,
          expectedChallenge: challenge,
          expectedRPID: site.id,
          ...expected,
        }),
      );
      if (!registrationInfo) throw new TouchstoneError('sign-in-failed', 'the new passkey could not be verified');
      return registrationInfo.credential;
    },
    /** @param name as its owner calls it @throws TouchstoneError `sign-in-failed` where it is known already */
    async keep(
      executor: Kysely<TeamTables>,
      person: string,
      { id, publicKey, counter, transports = [] }: WebAuthnCredential,
      name = '',
    ) {
      const kept = sql`INSERT INTO passkeys (tenant, id, person, public_key, counter, transports, created_at, name)
        VALUES (${tenant}, ${id}, ${person}, ${Buffer.from(publicKey)}, ${counter}, ${JSON.stringify(transports)}, ${now()}, ${name})
        ON CONFLICT DO NOTHING`;
      if (Number((await kept.execute(executor)).numAffectedRows ?? 0) === 0)
        throw new TouchstoneError('sign-in-failed', 'a passkey of this id is known already');
    },
    /** Options for signing in, with whichever passkey the person chooses. */
    async options(): Promise<CeremonyOptions['options'] & Challenged> {
      return {
        ...(await generateAuthenticationOptions({ rpID: site.id, userVerification: 'required', timeout: PROMPT_MS })),
      };
    },
    /** Whose passkey answered. @throws TouchstoneError `sign-in-failed` */
    async verify({ response }: Pick<CeremonyResponse, 'response'>, { challenge }: Challenged): Promise<string> {
      const found = sql`SELECT id, person, public_key, counter, transports FROM passkeys WHERE tenant = ${tenant} AND id = ${response.id}`;
      const [row] = (await told(() => found.execute(database))).rows;
      if (row === undefined) throw new TouchstoneError('sign-in-failed', 'an unknown passkey');
      const { id, person, public_key: publicKey, counter, transports } = v.parse(Row, row);
      const { verified: good, authenticationInfo } = await verified(() =>
        verifyAuthenticationResponse({
          response: response as unknown as AuthenticationResponseJSON,
          expectedChallenge: challenge,
          expectedRPID: site.id,
          credential: { id, publicKey: new Uint8Array(publicKey), counter, transports },
          ...expected,
        }),
      );
      if (!good) throw new TouchstoneError('sign-in-failed', 'a passkey answered wrongly');
      const used = sql`UPDATE passkeys SET counter = ${authenticationInfo.newCounter}, used_at = ${now()}
        WHERE tenant = ${tenant} AND id = ${id}`;
      await told(() => used.execute(database));
      return person;
    },
  };
}

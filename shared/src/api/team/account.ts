import * as v from 'valibot';
import { FiniteNumber } from '../../finite-number.ts';
import { GivenId } from '../given-id.ts';
import { json, jsonBody, NOTHING, type RouteGroup } from '../route.ts';
import { Person, PersonName } from './people.ts';
import { CEREMONY_BYTES, CeremonyOptions, CeremonyResponse } from './sign-in.ts';

/** Longest name of a passkey, in characters. */
export const MAX_PASSKEY_NAME = 100;

const PasskeyName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_PASSKEY_NAME));

/** A passkey as its owner is told about it. */
export const Passkey = v.object({
  /** Not the authenticator's own id, from which it is made. */
  id: v.string(),
  /** Empty: nobody named it yet. */
  name: v.string(),
  /** Milliseconds since 1970, as all times here. */
  createdAt: FiniteNumber,
  /** Null: never. */
  usedAt: v.nullable(FiniteNumber),
});
export type Passkey = v.InferOutput<typeof Passkey>;

/** How somebody signs in. */
export const WaysOfPerson = v.object({
  passkeys: v.array(Passkey),
  /** Whether the provider of this server knows them, too. */
  provider: v.boolean(),
});
export type WaysOfPerson = v.InferOutput<typeof WaysOfPerson>;

export const NewPasskey = v.strictObject({ ...CeremonyResponse.entries, name: PasskeyName });
export const PasskeyChange = v.strictObject({ name: PasskeyName });
export const PasskeyParams = v.object({ id: GivenId });

/** What somebody may change about themselves. */
export const OwnChange = v.strictObject({ name: PersonName });

export const account = {
  change: {
    method: 'PATCH',
    path: '/api/people/me',
    access: 'either',
    summary: 'Gives the person who asks another name.',
    body: jsonBody(OwnChange),
    answer: json(Person),
    errors: ['not-found'],
  },
  waysIn: {
    method: 'GET',
    path: '/api/people/me/passkeys',
    access: 'either',
    summary: 'How the person who asks signs in.',
    answer: json(WaysOfPerson),
    errors: [],
  },
  passkeyOptions: {
    method: 'POST',
    path: '/api/people/me/passkeys/options',
    access: 'either',
    summary: 'Begins adding a passkey.',
    answer: json(CeremonyOptions),
    errors: ['sign-in-failed'],
  },
  addPasskey: {
    method: 'POST',
    path: '/api/people/me/passkeys',
    access: 'either',
    summary: 'Adds a passkey.',
    body: jsonBody(NewPasskey, { maxBytes: CEREMONY_BYTES }),
    answer: json(Passkey),
    errors: ['sign-in-failed'],
  },
  namePasskey: {
    method: 'PATCH',
    path: '/api/people/me/passkeys/:id',
    access: 'either',
    summary: 'Gives a passkey another name.',
    params: PasskeyParams,
    body: jsonBody(PasskeyChange),
    answer: json(Passkey),
    errors: ['not-found'],
  },
  removePasskey: {
    method: 'DELETE',
    path: '/api/people/me/passkeys/:id',
    access: 'either',
    summary: 'Ends a passkey; not the last way in.',
    params: PasskeyParams,
    answer: NOTHING,
    errors: ['not-found', 'last-way-in'],
  },
} as const satisfies RouteGroup;

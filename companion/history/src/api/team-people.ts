import {
  type AuditChoice,
  type AuditFormat,
  type AuditPage,
  account,
  audit,
  type Colleague,
  type InvitationAnswer,
  type NewInvitation,
  type NewToken,
  type OpenInvitation,
  type Passkey,
  type Person,
  type PersonChange,
  people,
  type TokenInfo,
  type TokenRequest,
  tokens,
  type WaysOfPerson,
} from '@touchstone/shared/api';
import type { InferOutput } from 'valibot';
import { client } from './request.ts';
import { type Authenticator, newCredential } from './team.ts';

export const fetchPeople = async (signal?: AbortSignal): Promise<readonly Colleague[]> =>
  (await client.call(people.list, { signal })).people;

/** @throws TouchstoneError `last-admin` */
export const changePerson = (id: string, change: PersonChange): Promise<Person> =>
  client.call(people.change, { params: { id }, body: change });

/** Gives the person of this page another name. */
export const changeOwnName = (name: string): Promise<Person> => client.call(account.change, { body: { name } });

export const invite = (given: NewInvitation): Promise<InvitationAnswer> => client.call(people.invite, { body: given });

export const fetchInvitations = async (signal?: AbortSignal): Promise<readonly OpenInvitation[]> =>
  (await client.call(people.invitations, { signal })).invitations;

export async function withdrawInvitation(id: string): Promise<void> {
  await client.fetch(people.withdraw, { params: { id } });
}

export const fetchWaysIn = (signal?: AbortSignal): Promise<WaysOfPerson> => client.call(account.waysIn, { signal });

/** Asks the browser for a new passkey, and keeps it. @throws TouchstoneError `sign-in-failed` */
export async function addPasskey(name: string, authenticator?: Authenticator): Promise<Passkey> {
  const { ceremony, options } = await client.call(account.passkeyOptions);
  const response = await newCredential(options, authenticator);
  return client.call(account.addPasskey, { body: { ceremony, response, name } });
}

export const renamePasskey = (id: string, name: string): Promise<Passkey> =>
  client.call(account.namePasskey, { params: { id }, body: { name } });

/** @throws TouchstoneError `last-way-in` */
export async function removePasskey(id: string): Promise<void> {
  await client.fetch(account.removePasskey, { params: { id } });
}

export const fetchTokens = (signal?: AbortSignal): Promise<readonly TokenInfo[]> =>
  client.call(tokens.list, { signal });

/** @throws TouchstoneError `role-missing` for a scope that the person's role does not have */
export const createToken = (request: TokenRequest): Promise<InferOutput<typeof NewToken>> =>
  client.call(tokens.create, { body: request });

export async function revokeToken(id: string): Promise<void> {
  await client.fetch(tokens.revoke, { params: { id } });
}

/** As the address carries it. */
const chosenOf = ({ person, deed, from, to }: AuditChoice) => ({
  person,
  deed,
  from: from === undefined ? undefined : String(from),
  to: to === undefined ? undefined : String(to),
});

/** @param before number of the entry below which to go on; null: from the newest */
export const fetchAudit = (chosen: AuditChoice, before: number | null, signal?: AbortSignal): Promise<AuditPage> =>
  client.call(audit.list, {
    query: { ...chosenOf(chosen), before: before === null ? undefined : String(before) },
    signal,
  });

export async function exportAudit(chosen: AuditChoice, format: AuditFormat): Promise<Blob> {
  return (await client.fetch(audit.export, { query: { ...chosenOf(chosen), format } })).blob();
}

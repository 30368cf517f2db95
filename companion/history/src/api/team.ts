import { TouchstoneError } from '@touchstone/shared';
import {
  type ApiClient,
  type CeremonyOptions,
  type InvitationView,
  type Person,
  people,
  processes,
  type SignInMethods,
  signIn,
  type TeamProcesses,
} from '@touchstone/shared/api';
import { client } from './request.ts';
import { clientAt, rememberTeam, type SessionPlace } from './session.ts';

/** Secret of an invitation in the fragment of its link. */
const INVITATION = /^#join=([\w-]{43})$/;
/** Why the provider let nobody in, as the server says it in the fragment. */
const FAILED = /^#failed=([a-z-]{1,40})$/;

export interface TeamLink {
  readonly invitation: string | undefined;
  /** Code of an error. */
  readonly failed: string | undefined;
}

/** Reads `#join=SECRET` and `#failed=CODE`. */
export function readTeamLink(hash: string): TeamLink {
  return { invitation: INVITATION.exec(hash)?.[1], failed: FAILED.exec(hash)?.[1] };
}

/** How people sign in at a team's server; undefined where there is none: then this is somebody's own computer. */
export async function fetchMethods(place: Pick<SessionPlace, 'fetch'>): Promise<SignInMethods | undefined> {
  try {
    return await clientAt(place).call(signIn.methods);
  } catch {
    return undefined;
  }
}

/** The ways in, before there is a session. */
export interface WaysIn {
  /** @throws TouchstoneError `invitation-unusable` */
  invitation(secret: string): Promise<InvitationView>;
  /** Signs in with a passkey that the person chooses. @throws TouchstoneError `sign-in-failed` */
  withPasskey(): Promise<void>;
  /** Makes a passkey, and joins with it. @throws TouchstoneError `sign-in-failed`, `invitation-unusable` */
  joinWithPasskey(invitation: string, name: string): Promise<void>;
  /** Where the provider asks the person. @throws TouchstoneError `sign-in-failed`, `invitation-unusable` */
  providerAddress(invitation: string | undefined): Promise<string>;
}

/** What a browser does with options of WebAuthn; tests bring their own. */
export interface Authenticator {
  create(options: CeremonyOptions['options']): Promise<unknown>;
  get(options: CeremonyOptions['options']): Promise<unknown>;
}

/** Whether this browser can do what passkeys need. */
export const knowsPasskeys = (): boolean =>
  'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential;

const browserAuthenticator: Authenticator = {
  async create(options) {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as never);
    return asJson(await navigator.credentials.create({ publicKey }));
  },
  async get(options) {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never);
    return asJson(await navigator.credentials.get({ publicKey }));
  },
};

const asJson = (credential: Credential | null): unknown => (credential as PublicKeyCredential | null)?.toJSON();

/** Whoever turns the browser's question down, or has no passkey, hears that it did not work. */
async function answered(asking: Promise<unknown>): Promise<never> {
  try {
    return (await asking) as never;
  } catch (cause) {
    throw new TouchstoneError('sign-in-failed', String(cause), { cause });
  }
}

/** A new passkey, as the browser and its authenticator make it. @throws TouchstoneError `sign-in-failed` */
export const newCredential = (
  options: CeremonyOptions['options'],
  authenticator: Authenticator = browserAuthenticator,
): Promise<never> => answered(authenticator.create(options));

export function waysIn(place: SessionPlace, authenticator: Authenticator = browserAuthenticator): WaysIn {
  const api: ApiClient<never> = clientAt(place);
  return {
    invitation: (invitation) => api.call(signIn.invitation, { body: { invitation } }),
    async withPasskey() {
      const { ceremony, options } = await api.call(signIn.passkeyOptions);
      const response = await answered(authenticator.get(options));
      const { csrf } = await api.call(signIn.passkey, { body: { ceremony, response } });
      rememberTeam(place, csrf);
    },
    async joinWithPasskey(invitation, name) {
      const { ceremony, options } = await api.call(signIn.joinOptions, { body: { invitation, name } });
      const response = await newCredential(options, authenticator);
      const { csrf } = await api.call(signIn.join, { body: { ceremony, response } });
      rememberTeam(place, csrf);
    },
    async providerAddress(invitation) {
      const body = invitation === undefined ? {} : { invitation };
      return (await api.call(signIn.provider, { body })).url;
    },
  };
}

export const fetchPerson = (signal?: AbortSignal): Promise<Person> => client.call(people.me, { signal });

/** What workers and queues do, for admins. */
export const fetchProcesses = (signal?: AbortSignal): Promise<TeamProcesses> => client.call(processes.get, { signal });

export const fetchSessions = async (signal?: AbortSignal) => (await client.call(people.sessions, { signal })).sessions;

export async function endSession(id: string): Promise<void> {
  await client.fetch(people.endSession, { params: { id } });
}

export async function signOut(): Promise<void> {
  await client.fetch(signIn.out);
}

import * as v from 'valibot';
import { type FileAnswer, json, jsonBody, NOTHING, type RouteGroup } from '../route.ts';
import { SessionAnswer } from '../session.ts';
import { PersonName, Role } from './people.ts';

/** 256 random bits, base64url. */
const Secret = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

/** Longest answer of an authenticator, in bytes; attestations are not asked for. */
export const CEREMONY_BYTES = 64 * 1024;

/** What the page is told before anybody is signed in. */
export const SignInMethods = v.object({
  passkeys: v.boolean(),
  /** Name of the OpenID Connect provider; null where there is none. */
  provider: v.nullable(v.string()),
});
export type SignInMethods = v.InferOutput<typeof SignInMethods>;

/** Options of WebAuthn as its own JSON has them. */
export const CeremonyOptions = v.object({ ceremony: Secret, options: v.looseObject({}) });
export type CeremonyOptions = v.InferOutput<typeof CeremonyOptions>;
/** What an authenticator answered, as WebAuthn's own JSON has it. */
export const CeremonyResponse = v.strictObject({
  ceremony: Secret,
  response: v.looseObject({
    id: v.string(),
    rawId: v.string(),
    type: v.literal('public-key'),
    response: v.looseObject({}),
  }),
});
export type CeremonyResponse = v.InferOutput<typeof CeremonyResponse>;

/** The secret of an invitation's link. */
export const GivenInvitation = v.strictObject({ invitation: Secret });
export const InvitationView = v.object({
  name: v.string(),
  role: Role,
  /** Whether it is for somebody who is in the team already. */
  again: v.boolean(),
});
export type InvitationView = v.InferOutput<typeof InvitationView>;
export const JoinRequest = v.strictObject({ invitation: Secret, name: PersonName });

/** With an invitation, whoever comes back joins by it. */
export const ProviderRequest = v.strictObject({ invitation: v.optional(Secret) });
export const ProviderAnswer = v.object({ url: v.string() });
/** As the provider calls back; what else stands there is the provider's. */
export const ProviderCallback = v.looseObject({});

const REDIRECT: FileAnswer = { kind: 'text', types: ['text/html'] };

export const signIn = {
  methods: {
    method: 'GET',
    path: '/api/sign-in',
    access: 'public',
    summary: 'How people sign in here.',
    answer: json(SignInMethods),
    errors: [],
  },
  passkeyOptions: {
    method: 'POST',
    path: '/api/sign-in/passkey/options',
    access: 'public',
    summary: 'Begins signing in with a passkey.',
    answer: json(CeremonyOptions),
    errors: ['unauthorized', 'sign-in-failed'],
  },
  passkey: {
    method: 'POST',
    path: '/api/sign-in/passkey',
    access: 'public',
    summary: 'Ends signing in with a passkey.',
    body: jsonBody(CeremonyResponse, { maxBytes: CEREMONY_BYTES }),
    answer: json(SessionAnswer),
    errors: ['unauthorized', 'sign-in-failed'],
  },
  provider: {
    method: 'POST',
    path: '/api/sign-in/provider',
    access: 'public',
    summary: 'Begins signing in with the OpenID Connect provider: where the browser goes next.',
    body: jsonBody(ProviderRequest, { maxBytes: 1024 }),
    answer: json(ProviderAnswer),
    errors: ['unauthorized', 'sign-in-failed', 'invitation-unusable'],
  },
  callback: {
    method: 'GET',
    path: '/api/sign-in/callback',
    access: 'public',
    summary: 'Where the provider sends the browser back to.',
    query: ProviderCallback,
    answer: REDIRECT,
    errors: [],
  },
  invitation: {
    method: 'POST',
    path: '/api/join/invitation',
    access: 'public',
    summary: 'What an invitation is for.',
    body: jsonBody(GivenInvitation, { maxBytes: 1024 }),
    answer: json(InvitationView),
    errors: ['unauthorized', 'invitation-unusable'],
  },
  joinOptions: {
    method: 'POST',
    path: '/api/join/options',
    access: 'public',
    summary: 'Begins joining with a new passkey.',
    body: jsonBody(JoinRequest, { maxBytes: 1024 }),
    answer: json(CeremonyOptions),
    errors: ['unauthorized', 'sign-in-failed', 'invitation-unusable'],
  },
  join: {
    method: 'POST',
    path: '/api/join',
    access: 'public',
    summary: 'Joins with a new passkey; the invitation is used up.',
    body: jsonBody(CeremonyResponse, { maxBytes: CEREMONY_BYTES }),
    answer: json(SessionAnswer),
    errors: ['unauthorized', 'sign-in-failed', 'invitation-unusable'],
  },
  out: {
    method: 'POST',
    path: '/api/sign-out',
    access: 'either',
    summary: 'Ends the session of this browser.',
    answer: NOTHING,
    errors: [],
  },
} as const satisfies RouteGroup;

import * as v from 'valibot';
import { FiniteNumber } from '../../finite-number.ts';
import { GivenId } from '../given-id.ts';
import { json, jsonBody, NOTHING, type RouteGroup, SCOPES, type Scope } from '../route.ts';

/** What somebody may do in a team, each with all that those before it may: look, check and file, look after people. */
export const ROLES = ['reader', 'analyst', 'admin'] as const;
export const Role = v.picklist(ROLES);
export type Role = v.InferOutput<typeof Role>;

/** Whether somebody of a role may do what needs another. */
export const roleAllows = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** A token may do no more than its person, so that of some scopes a role could use nothing that they are for. */
const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = { reader: ['read'], analyst: SCOPES, admin: SCOPES };

/** Scopes that somebody of a role may give a token. */
export const scopesOf = (role: Role): readonly Scope[] => ROLE_SCOPES[role];

/** Longest name of a person, in characters. */
export const MAX_PERSON_NAME = 100;

export const PersonName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_PERSON_NAME));

export const Person = v.object({
  /** As records, jobs and tokens name their owner. */
  id: v.string(),
  name: v.string(),
  role: Role,
  /** Milliseconds since 1970, as all times here. */
  createdAt: FiniteNumber,
  /** Null: may sign in. */
  disabledAt: v.nullable(FiniteNumber),
});
export type Person = v.InferOutput<typeof Person>;

/** Somebody as an admin sees them. */
export const Colleague = v.object({
  ...Person.entries,
  /** Last use of the page, to about a minute; null: never. */
  seenAt: v.nullable(FiniteNumber),
  /** Browsers in which they are signed in now. */
  sessions: FiniteNumber,
  /** Passkeys, and accounts of the provider; 0: nothing but an invitation lets them in. */
  waysIn: FiniteNumber,
});
export type Colleague = v.InferOutput<typeof Colleague>;
export const PersonList = v.object({ people: v.array(Colleague) });

export const PersonParams = v.object({ id: GivenId });
export const PersonChange = v.strictObject({ role: v.optional(Role), disabled: v.optional(v.boolean()) });
export type PersonChange = v.InferOutput<typeof PersonChange>;

export const NewInvitation = v.strictObject({
  name: PersonName,
  role: Role,
  /** Of somebody who is there and lost the way in; name and role stay as they are then. */
  person: v.optional(GivenId),
});
export type NewInvitation = v.InferOutput<typeof NewInvitation>;
/** The only time that the link is told. */
export const InvitationAnswer = v.object({ url: v.string(), expiresAt: FiniteNumber });
export type InvitationAnswer = v.InferOutput<typeof InvitationAnswer>;

/** An invitation that nobody has used yet. */
export const OpenInvitation = v.object({
  id: v.string(),
  name: v.string(),
  role: Role,
  /** Id of somebody who is there and lost the way in; null: of somebody new. */
  person: v.nullable(v.string()),
  /** Id of who invited; null: the command line. */
  by: v.nullable(v.string()),
  createdAt: FiniteNumber,
  expiresAt: FiniteNumber,
});
export type OpenInvitation = v.InferOutput<typeof OpenInvitation>;
export const InvitationList = v.object({ invitations: v.array(OpenInvitation) });

/** One browser in which somebody is signed in. */
export const OpenSession = v.object({
  id: v.string(),
  /** As the browser names itself. */
  client: v.string(),
  createdAt: FiniteNumber,
  /** To about a minute. */
  usedAt: FiniteNumber,
  /** Whether it is the one that asks. */
  own: v.boolean(),
});
export const SessionList = v.object({ sessions: v.array(OpenSession) });

/** What the extension asks its person to confirm: the hash of its verifier (team-pairing.ts), SHA-256 in lower-case hex. */
export const LetInRequest = v.strictObject({ verifierHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });
/** Of use to nobody but the extension that has the verifier. `expiresAt` in milliseconds since 1970. */
export const LetInAnswer = v.object({ code: v.string(), expiresAt: FiniteNumber });
export type LetInAnswer = v.InferOutput<typeof LetInAnswer>;

export const people = {
  me: {
    method: 'GET',
    path: '/api/people/me',
    access: 'either',
    summary: 'Who is signed in.',
    answer: json(Person),
    errors: [],
  },
  sessions: {
    method: 'GET',
    path: '/api/people/me/sessions',
    access: 'either',
    summary: 'The browsers in which the person who asks is signed in.',
    answer: json(SessionList),
    errors: [],
  },
  endSession: {
    method: 'DELETE',
    path: '/api/people/me/sessions/:id',
    access: 'either',
    summary: 'Signs one of these browsers out.',
    params: PersonParams,
    answer: NOTHING,
    errors: ['not-found'],
  },
  letIn: {
    method: 'POST',
    path: '/api/people/me/browsers',
    access: 'either',
    summary:
      'Lets the extension of a browser in as one of the person who asks: a one-time code for the verifier that it made.',
    body: jsonBody(LetInRequest, { maxBytes: 1024 }),
    answer: json(LetInAnswer),
    errors: ['sign-in-failed'],
  },
  list: {
    method: 'GET',
    path: '/api/people',
    access: 'either',
    summary: 'Everybody in the team.',
    answer: json(PersonList),
    errors: [],
  },
  change: {
    method: 'PATCH',
    path: '/api/people/:id',
    access: 'either',
    summary: 'Gives somebody another role, or keeps them out: their sessions and tokens end at once.',
    params: PersonParams,
    body: jsonBody(PersonChange),
    answer: json(Person),
    errors: ['not-found', 'last-admin'],
  },
  invite: {
    method: 'POST',
    path: '/api/invitations',
    access: 'either',
    summary: 'Makes a one-time link with which somebody joins, or finds the way in again.',
    body: jsonBody(NewInvitation),
    answer: json(InvitationAnswer),
    errors: ['not-found'],
  },
  invitations: {
    method: 'GET',
    path: '/api/invitations',
    access: 'either',
    summary: 'Invitations that are still good, without their links.',
    answer: json(InvitationList),
    errors: [],
  },
  withdraw: {
    method: 'DELETE',
    path: '/api/invitations/:id',
    access: 'either',
    summary: 'Withdraws an invitation: its link opens nothing any more.',
    params: PersonParams,
    answer: NOTHING,
    errors: ['not-found'],
  },
} as const satisfies RouteGroup;

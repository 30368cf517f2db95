import * as v from 'valibot';
import { FiniteNumber } from '../finite-number.ts';
import { GivenId } from './given-id.ts';
import { json, jsonBody, NOTHING, type RouteGroup, SCOPES } from './route.ts';

/** Longest name of a token, in characters. */
export const MAX_TOKEN_NAME = 100;

/** Longest life of a token, in days: ten years. Who wants more asks for none. */
const MAX_DAYS = 3650;

const TokenScope = v.picklist(SCOPES);
const TokenScopes = v.pipe(v.array(TokenScope), v.minLength(1), v.maxLength(SCOPES.length));

/** A token as it is told about: never its text, of which only the hash is kept. */
export const TokenInfo = v.object({
  id: v.string(),
  name: v.string(),
  scopes: v.array(TokenScope),
  /** Milliseconds since 1970, as all times here. */
  createdAt: FiniteNumber,
  /** Null: never. */
  expiresAt: v.nullable(FiniteNumber),
  /** To about a minute; null: never. */
  lastUsedAt: v.nullable(FiniteNumber),
});
export type TokenInfo = v.InferOutput<typeof TokenInfo>;
export const TokenList = v.array(TokenInfo);

export const TokenRequest = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_TOKEN_NAME)),
  scopes: TokenScopes,
  /** Days until it expires; null: never. */
  days: v.nullable(v.pipe(FiniteNumber, v.minValue(0.01), v.maxValue(MAX_DAYS))),
});
export type TokenRequest = v.InferOutput<typeof TokenRequest>;

/** The only time the text of a token is told. */
export const NewToken = v.object({ ...TokenInfo.entries, token: v.string() });

export const TokenParams = v.object({ id: GivenId });

export const tokens = {
  list: {
    method: 'GET',
    path: '/api/tokens',
    access: 'control',
    summary: 'The tokens of programs, without their texts.',
    answer: json(TokenList),
    errors: [],
  },
  create: {
    method: 'POST',
    path: '/api/tokens',
    access: 'control',
    summary: 'Makes a token for a program; its text is told this once.',
    body: jsonBody(TokenRequest),
    answer: json(NewToken),
    errors: ['disk-full', 'folder-unusable'],
  },
  revoke: {
    method: 'DELETE',
    path: '/api/tokens/:id',
    access: 'control',
    summary: 'Ends a token, at once.',
    params: TokenParams,
    answer: NOTHING,
    errors: ['not-found', 'disk-full', 'folder-unusable'],
  },
} as const satisfies RouteGroup;

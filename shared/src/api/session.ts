import * as v from 'valibot';
import { json, jsonBody, type RouteGroup } from './route.ts';

export const SESSION_COOKIE = 'touchstone_session';
/** Every state-changing request of the history page carries the token of its session here. */
export const CSRF_HEADER = 'x-touchstone-csrf';

/** Longest body with a one-time token, in bytes. */
const SESSION_BODY_BYTES = 1024;

/** The page reads the one-time token from the fragment of /open#TOKEN and trades it for a session. */
export const SessionRequest = v.object({ token: v.pipe(v.string(), v.minLength(20), v.maxLength(100)) });
export const SessionAnswer = v.object({
  csrf: v.string(),
  /** Whether it is a session of somebody in a team; absent on a person's own computer. */
  team: v.optional(v.literal(true)),
});
export type SessionAnswer = v.InferOutput<typeof SessionAnswer>;

export const session = {
  // The only body that is read of a stranger: it is the key.
  open: {
    method: 'POST',
    path: '/api/session',
    access: 'public',
    summary: 'Trades a one-time token for the session of the history page.',
    body: jsonBody(SessionRequest, { maxBytes: SESSION_BODY_BYTES }),
    answer: json(SessionAnswer),
    errors: ['unauthorized'],
  },
  current: {
    method: 'GET',
    path: '/api/session',
    access: 'either',
    summary: 'The CSRF token of the session, for another tab of the page.',
    answer: json(SessionAnswer),
    errors: ['unauthorized'],
  },
} as const satisfies RouteGroup;

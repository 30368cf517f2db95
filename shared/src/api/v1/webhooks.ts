import * as v from 'valibot';
import { FiniteNumber } from '../../finite-number.ts';
import { MAX_URL_LENGTH } from '../../limits.ts';
import { GivenId } from '../given-id.ts';
import { json, jsonBody, NOTHING, type RouteGroup } from '../route.ts';
import { FOUND_ERRORS, LOG_ERRORS } from '../route-errors.ts';
import { Check } from './checks.ts';

/** A listener on this computer that is told of the ends of checks, without its key. */
export const Webhook = v.object({
  id: v.string(),
  url: v.string(),
  /** Milliseconds since 1970. */
  createdAt: FiniteNumber,
  /** Messages that wait for their next attempt. */
  waiting: FiniteNumber,
  /** Messages that were given up, of checks that can still be asked for. */
  givenUp: FiniteNumber,
});
export type Webhook = v.InferOutput<typeof Webhook>;
export const WebhookList = v.array(Webhook);

export const WebhookRequest = v.strictObject({
  /** `http://`, on this computer: `localhost`, 127.0.0.0/8 or `[::1]`; not Touchstone's own port. */
  url: v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH)),
});

/** The only time the key of a webhook is told, in the form `whsec_...` of Standard Webhooks. */
export const NewWebhook = v.object({ ...Webhook.entries, secret: v.string() });

export const WEBHOOK_MESSAGE_STATES = ['waiting', 'delivered', 'given-up'] as const;

/** One message, and what became of it. */
export const WebhookMessage = v.object({
  /** Its `webhook-id`: the same at every attempt. */
  id: v.string(),
  /** Path of the check that it tells of. */
  checkUrl: v.string(),
  state: v.picklist(WEBHOOK_MESSAGE_STATES),
  attempts: FiniteNumber,
  /** When it is tried next, milliseconds since 1970; null once nothing more is tried. */
  nextAttemptAt: v.nullable(FiniteNumber),
  endedAt: v.nullable(FiniteNumber),
  /** Why the last attempt failed, in English. */
  failure: v.nullable(v.string()),
});
export type WebhookMessage = v.InferOutput<typeof WebhookMessage>;
/** Newest first, 200 at most. */
export const WebhookMessageList = v.array(WebhookMessage);

/** What a listener is sent: the check as `GET /v1/checks/{id}` tells it, but for its record. */
export const WebhookEvent = v.object({
  type: v.picklist(['check.completed', 'check.failed', 'check.cancelled']),
  /** When the check ended, ISO 8601. */
  timestamp: v.string(),
  data: v.omit(Check, ['record']),
});
export type WebhookEvent = v.InferOutput<typeof WebhookEvent>;

export const WebhookParams = v.object({ id: GivenId });

const WEBHOOK = '/v1/webhooks/:id';

export const v1Webhooks = {
  list: {
    method: 'GET',
    path: '/v1/webhooks',
    access: 'check',
    summary: 'The listeners of this token, without their keys.',
    answer: json(WebhookList),
    errors: LOG_ERRORS,
  },
  create: {
    method: 'POST',
    path: '/v1/webhooks',
    access: 'check',
    summary:
      'Names a listener on this computer that is told of the end of every check of this token, signed after Standard Webhooks; its key is told this once.',
    body: jsonBody(WebhookRequest),
    answer: json(NewWebhook),
    errors: LOG_ERRORS,
  },
  delete: {
    method: 'DELETE',
    path: WEBHOOK,
    access: 'check',
    summary: 'Ends a listener, with everything that it was still to be told.',
    params: WebhookParams,
    answer: NOTHING,
    errors: FOUND_ERRORS,
  },
  messages: {
    method: 'GET',
    path: `${WEBHOOK}/messages`,
    access: 'check',
    summary: 'What a listener was told lately, is still to be told, and what was given up, with the reason.',
    params: WebhookParams,
    answer: json(WebhookMessageList),
    errors: FOUND_ERRORS,
  },
} as const satisfies RouteGroup;

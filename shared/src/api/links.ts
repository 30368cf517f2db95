import * as v from 'valibot';
import { FiniteNumber } from '../finite-number.ts';
import { GivenId } from './given-id.ts';
import { json, optionalJsonBody, type RouteGroup } from './route.ts';

/** `expiresAt` in milliseconds since 1970. */
export const PairingAnswer = v.object({ url: v.string(), code: v.string(), expiresAt: FiniteNumber });
export type PairingAnswer = v.InferOutput<typeof PairingAnswer>;

export const HistoryLinkRequest = v.object({ recordId: v.optional(GivenId) });
export const LinkAnswer = v.object({ url: v.string() });

export const links = {
  pairing: {
    method: 'POST',
    path: '/api/pairing',
    access: 'control',
    summary: 'A one-time link, and its code, that pairs a browser.',
    answer: json(PairingAnswer),
    errors: [],
  },
  history: {
    method: 'POST',
    path: '/api/history-link',
    access: 'control',
    summary: 'A one-time link to the history page, at a record where one is named.',
    body: optionalJsonBody(HistoryLinkRequest),
    answer: json(LinkAnswer),
    errors: [],
  },
} as const satisfies RouteGroup;

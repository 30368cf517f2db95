import * as v from 'valibot';
import { ErrorReport } from './errors.ts';
import { FiniteNumber } from './finite-number.ts';
import { HistoryFilter } from './history.ts';
import { openCode } from './open-code.ts';
import { Label, ResultRecord } from './record.ts';
import { CompanionStatus } from './status.ts';

/**
 * HTTP API of the companion, all under http://127.0.0.1:PORT. Two ways in: the history page's session (cookie + CSRF
 * header) and the control token from the 0600 file `control.json` in the data folder (`Authorization: Bearer`), for the
 * command line and scripts. A request with a control token must not carry an Origin.
 *
 * GET  /api/status                    CompanionStatus
 * POST /api/check                     body = picture bytes; ?fileName= &pack= ; ResultRecord
 * POST /api/check-video               body = video file, streamed; ?fileName= &pack= &recheckOf= ; application/x-ndjson of CheckVideoLine.
 *                                     recheckOf names an earlier record; it is noted where that one is of the same bytes
 * POST /api/history/records/:id/explain   Explanation
 * POST /api/history/records/:id/recheck   RecheckRequest -> ResultRecord (needs the kept original)
 * GET  /api/history/records/:id/views/:view   WebP of a view of FORENSIC_VIEWS; ?x= &y= &zoom= for the magnifier
 * GET  /api/history/records/:id/report    ?format=html|json &private=0|1 ; evidence report, self-contained
 * GET  /api/history/records/:id/peaks/:n  picture of number n (from 0) of the timeline's `peaks`
 * POST /api/history/verify               VerifyRequest -> ChainVerification
 * POST /api/history/query             HistoryPageRequest -> HistoryPage
 * GET  /api/history/facets            HistoryFacets
 * GET  /api/history/records/:id       ResultRecord
 * GET  /api/history/records/:id/thumbnail | original    picture bytes
 * PUT  /api/history/records/:id/label LabelRequest
 * POST /api/history/delete            DeleteRequest -> { deleted }
 * POST /api/history/export            ExportRequest -> text/csv or application/json, streamed
 * GET  /api/history/events            text/event-stream: `record`, `deleted`, `label`, `status`; data per HISTORY_EVENTS
 * GET  /api/settings, PATCH           CompanionSettings, SettingsPatch
 * GET  /api/browsers, DELETE /api/browsers/:id
 * POST /api/pairing                   { url, code, expiresAt } (control token only)
 * POST /api/history-link              HistoryLinkRequest -> { url } (control token only)
 * POST /api/session                   SessionRequest -> SessionAnswer, sets the cookie
 * GET  /api/session                   SessionAnswer of the cookie's session (a new tab, a reload), 401 without one
 * POST /api/shutdown                  (control token only)
 */
export const SESSION_COOKIE = 'touchstone_session';
/** Every state-changing request of the history page carries the token of its session here. */
export const CSRF_HEADER = 'x-touchstone-csrf';

/** The page reads the one-time token from the fragment of /open#TOKEN and trades it for a session. */
export const SessionRequest = v.object({ token: v.pipe(v.string(), v.minLength(20), v.maxLength(100)) });
export const SessionAnswer = v.object({ csrf: v.string() });
export type SessionAnswer = v.InferOutput<typeof SessionAnswer>;

/** Id of a record or a browser as somebody gives it: what it names need not exist. */
export const GivenId = v.pipe(v.string(), v.maxLength(64));

export const LabelRequest = v.object({ label: v.nullable(Label) });

/** Either the ids, or everything that matches the filter ("all" is the empty filter). */
export const DeleteRequest = v.union([
  v.strictObject({ ids: v.pipe(v.array(GivenId), v.minLength(1), v.maxLength(1000)) }),
  v.strictObject({ filter: HistoryFilter }),
]);
export type DeleteRequest = v.InferInput<typeof DeleteRequest>;
export const DeleteAnswer = v.object({ deleted: FiniteNumber });

/** JSON data of each server-sent event, by event name. `deleted` with "filter" means: load the list anew. */
export const HISTORY_EVENTS = {
  record: ResultRecord,
  deleted: v.object({ ids: v.union([v.array(v.string()), v.literal('filter')]) }),
  label: v.object({ id: v.string(), label: v.nullable(Label) }),
  status: CompanionStatus,
} as const;

/** One line of the answer to a video check: progress, then exactly one result or error. */
export const CheckVideoLine = v.variant('type', [
  v.object({
    type: v.literal('progress'),
    framesAnalyzed: FiniteNumber,
    framesPlanned: FiniteNumber,
    /** Seconds into the video. */
    mediaTime: FiniteNumber,
    /** Milliseconds to the end, estimated; null at the start. */
    timeLeft: v.nullable(FiniteNumber),
  }),
  v.object({ type: v.literal('result'), record: ResultRecord }),
  v.object({ type: v.literal('error'), error: ErrorReport }),
]);
export type CheckVideoLine = v.InferOutput<typeof CheckVideoLine>;

export const RecheckRequest = v.object({ pack: v.optional(v.pipe(v.string(), v.maxLength(100))) });

/** `head` is a hash that was noted down after an earlier verification: it must still be in the chain. */
export const VerifyRequest = v.object({ head: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-fA-F]{64}$/))) });

/** What can be wrong with a link of the chain. */
export const CHAIN_PROBLEMS = ['edited', 'missing', 'reordered', 'unreadable'] as const;
export type ChainProblem = (typeof CHAIN_PROBLEMS)[number];
/** Records lost in one damage, counted in the chain itself; the note that tells of it is a link of the chain. */
const Damage = v.object({
  /** Milliseconds since 1970, when it was noticed. */
  at: FiniteNumber,
  /** Records of which nothing but the hash is left, or not even that; null where nobody knows how many there were. */
  lost: v.nullable(FiniteNumber),
  /** Of those, records that could be read but were no longer what had been written. */
  altered: FiniteNumber,
  /** Records that were saved without their link and got a new one: what happened to them before that cannot be seen. */
  chainedAnew: FiniteNumber,
});

/** Outcome of following the hash chain through the whole log. */
export const ChainVerification = v.object({
  intact: v.boolean(),
  /** Records, tombstones of deleted ones, and records written before the chain began. */
  records: FiniteNumber,
  tombstones: FiniteNumber,
  unchained: FiniteNumber,
  /** Hash of the last link, lower-case hex; note it down elsewhere to detect a log that was cut short. */
  head: v.nullable(v.string()),
  /** Whether the head that was noted earlier is in the chain; absent when none was given. False means: not intact. */
  notedHeadFound: v.optional(v.boolean()),
  /**
   * Damage to the file that was noticed and saved from, oldest first. A log with any is not whole, so not `intact`; but what
   * is listed here and nowhere else was lost by damage, and `breaks` alone speak of changes.
   */
  damages: v.optional(v.array(Damage), []),
  /** First breaks found, at most 20. */
  breaks: v.array(v.object({ id: v.string(), problem: openCode(CHAIN_PROBLEMS) })),
});
export type ChainVerification = v.InferOutput<typeof ChainVerification>;

export const ExportRequest = v.object({
  format: v.picklist(['csv', 'json']),
  filter: v.optional(HistoryFilter, {}),
});
export type ExportRequest = v.InferInput<typeof ExportRequest>;

export const HistoryLinkRequest = v.object({ recordId: v.optional(GivenId) });
export const LinkAnswer = v.object({ url: v.string() });

export const PairingAnswer = v.object({ url: v.string(), code: v.string(), expiresAt: FiniteNumber });
export type PairingAnswer = v.InferOutput<typeof PairingAnswer>;

/** A paired browser as people see it; the secret is never part of it. */
export const PairedBrowser = v.object({
  id: v.string(),
  name: v.string(),
  origin: v.string(),
  pairedAt: FiniteNumber,
  lastSeenAt: v.nullable(FiniteNumber),
  connected: v.boolean(),
});
export type PairedBrowser = v.InferOutput<typeof PairedBrowser>;
export const PairedBrowsers = v.array(PairedBrowser);
export type PairedBrowsers = v.InferOutput<typeof PairedBrowsers>;

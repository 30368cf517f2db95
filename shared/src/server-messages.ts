import * as v from 'valibot';
import { ErrorReport } from './error-report.ts';
import { Explanation } from './explanation.ts';
import { FiniteNumber } from './finite-number.ts';
import { TrackUpdate } from './live-video.ts';
import { ResultRecord } from './record.ts';
import { RequestId } from './request-id.ts';
import { CompanionStatus } from './status.ts';
import { ProtocolRange } from './version.ts';

const Nonce = v.pipe(v.instance(Uint8Array), v.length(32));
const Mac = v.pipe(v.instance(Uint8Array), v.length(32));

/** Sent on connection: fresh nonce for the proofs, and which protocol versions the companion speaks. */
export const Challenge = v.object({
  type: v.literal('challenge'),
  protocol: ProtocolRange,
  version: v.string(),
  serverNonce: Nonce,
});
export type Challenge = v.InferOutput<typeof Challenge>;

/** Answer to `hello`. The client sends no capture before it has checked `proof`. */
export const Welcome = v.object({
  type: v.literal('welcome'),
  protocol: FiniteNumber,
  proof: Mac,
  /** Captures this client may have unanswered. */
  window: v.pipe(FiniteNumber, v.integer(), v.minValue(1)),
  /** Encoded bytes this client may have unanswered. */
  windowBytes: v.pipe(FiniteNumber, v.integer(), v.minValue(1)),
  status: CompanionStatus,
});
export type Welcome = v.InferOutput<typeof Welcome>;

/**
 * Answer to `hello` or `pair` of a companion that knows the secret and refuses all the same: `proof` covers the error's
 * code. Only what is proven so may change what a person is told about the pairing.
 */
export const Refused = v.object({ type: v.literal('refused'), error: ErrorReport, proof: Mac });
export type Refused = v.InferOutput<typeof Refused>;

/** Answer to `pair` and `join`. Both sides now derive the same secret; the socket closes and the client says hello anew. */
export const Paired = v.object({
  type: v.literal('paired'),
  browserId: v.string(),
  proof: Mac,
});
export type Paired = v.InferOutput<typeof Paired>;

/** What an older extension does not know counts as the last of these. */
export const PROGRESS_STAGES = ['queued', 'decoding', 'judging'] as const;

export const ServerMessage = v.variant('type', [
  Challenge,
  Welcome,
  Refused,
  Paired,
  v.object({ type: v.literal('progress'), id: RequestId, stage: v.fallback(v.picklist(PROGRESS_STAGES), 'judging') }),
  /** Final answer to a capture; frees its place in the window. */
  v.object({ type: v.literal('result'), id: RequestId, record: ResultRecord }),
  TrackUpdate,
  v.object({ type: v.literal('explanation'), id: RequestId, explanation: Explanation }),
  /** Final answer to any request that failed; without id, the connection is about to close. */
  v.object({ type: v.literal('error'), id: v.optional(RequestId), error: ErrorReport }),
  v.object({ type: v.literal('labelled'), id: RequestId }),
  v.object({ type: v.literal('history-link'), id: RequestId, url: v.string() }),
  /** Answer to `status` and `settings` (with id), or pushed when something changed (without). */
  v.object({ type: v.literal('status'), id: v.optional(RequestId), status: CompanionStatus }),
  v.object({ type: v.literal('pong'), id: RequestId }),
]);
export type ServerMessage = v.InferOutput<typeof ServerMessage>;
export const SERVER_MESSAGE_TYPES: ReadonlySet<string> = new Set(
  ServerMessage.options.map(({ entries }) => entries.type.literal),
);

/** WebSocket close codes of the companion. */
export const CLOSE_CODES = {
  /** A message that is not of the protocol. */
  badMessage: 4400,
  /** Unknown browser, wrong proof or revoked. */
  notPaired: 4401,
  /** No hello within the deadline. */
  helloDeadline: 4408,
  /** No common protocol version. */
  version: 4426,
  /** More in flight than the window allows. */
  window: 4429,
  shuttingDown: 4503,
} as const;

import * as v from 'valibot';
import { CaptureBytes, CaptureSource, Lane } from './capture.ts';
import { TrackClose, TrackFrame, TrackOpen } from './live-video.ts';
import { Label } from './record.ts';
import { RequestId } from './request-id.ts';
import { SettingsPatch } from './settings.ts';
import { ProtocolRange } from './version.ts';

/** Random bytes of one handshake; 32 of them. */
const Nonce = v.pipe(v.instance(Uint8Array), v.length(32));
/** HMAC-SHA-256; 32 bytes. */
const Mac = v.pipe(v.instance(Uint8Array), v.length(32));

export const Agent = v.object({
  /** What a person calls it in `touchstone browsers list`, for instance "Firefox on Linux". */
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  version: v.pipe(v.string(), v.maxLength(32)),
});

/** First message of a paired browser. Nothing else is read before it. */
export const Hello = v.object({
  type: v.literal('hello'),
  protocol: ProtocolRange,
  browserId: v.pipe(v.string(), v.minLength(8), v.maxLength(64)),
  agent: Agent,
  clientNonce: Nonce,
  /** HMAC over the transcript with the browser's secret. */
  proof: Mac,
});
export type Hello = v.InferOutput<typeof Hello>;

/** First message of a browser that pairs. */
export const Pair = v.object({
  type: v.literal('pair'),
  protocol: ProtocolRange,
  agent: Agent,
  clientNonce: Nonce,
  /** HMAC over the transcript with a key derived from the pairing code. */
  proof: Mac,
});
export type Pair = v.InferOutput<typeof Pair>;

/** First message of a browser that a team's server is to let in; a companion takes none. */
export const Join = v.object({
  type: v.literal('join'),
  protocol: ProtocolRange,
  agent: Agent,
  clientNonce: Nonce,
  /** Its hash was told before, on the server's page (team-pairing.ts). */
  verifier: Nonce,
  /** HMAC over the transcript with a key derived from code and verifier. */
  proof: Mac,
});
export type Join = v.InferOutput<typeof Join>;

export const FirstMessage = v.variant('type', [Hello, Pair, Join]);
export type FirstMessage = v.InferOutput<typeof FirstMessage>;

export const CaptureRequest = v.object({
  type: v.literal('capture'),
  id: RequestId,
  lane: Lane,
  source: CaptureSource,
  bytes: CaptureBytes,
  /** Answer even when the same bytes were judged before with the same pack. */
  fresh: v.optional(v.boolean(), false),
});
export type CaptureRequest = v.InferOutput<typeof CaptureRequest>;

export const ClientMessage = v.variant('type', [
  CaptureRequest,
  TrackOpen,
  TrackFrame,
  TrackClose,
  /** Asks where in the picture of a record its score comes from. Error `picture-not-kept` when the bytes are gone. */
  v.object({ type: v.literal('explain'), id: RequestId, recordId: v.string() }),
  v.object({ type: v.literal('cancel'), id: RequestId }),
  /** Stores what a person says the picture really is; null takes it back. */
  v.object({ type: v.literal('label'), id: RequestId, recordId: v.string(), label: v.nullable(Label) }),
  v.object({ type: v.literal('status'), id: RequestId }),
  v.object({ type: v.literal('settings'), id: RequestId, patch: v.pick(SettingsPatch, ['recordingPaused']) }),
  /** Asks for a one-time link to the history page, at one record if given. */
  v.object({ type: v.literal('open-history'), id: RequestId, recordId: v.optional(v.string()) }),
  /** Keeps the extension's service worker and the socket alive. */
  v.object({ type: v.literal('ping'), id: RequestId }),
]);
export type ClientMessage = v.InferOutput<typeof ClientMessage>;
export const CLIENT_MESSAGE_TYPES: ReadonlySet<string> = new Set(
  ClientMessage.options.map(({ entries }) => entries.type.literal),
);

import type { ErrorReport } from './error-report.ts';
import type { Evidence } from './evidence.ts';
import { entryOf } from './open-code.ts';
import type { ResultRecord } from './record.ts';
import { SENTENCES } from './sentences.ts';
import type { ServerMessage } from './server-messages.ts';
import { errorReport } from './touchstone-error.ts';
import type { Reason, Verdict } from './verdict.ts';

/**
 * What an extension of protocol version 1 can read. Its lists of codes were closed: one word that it does not know costs it
 * the whole message and the connection. So these lists never change, and what they lack is left out, or said in the nearest
 * old word, on the way to such an extension. They go when version 1 goes.
 */

/** Codes of reasons and evidence. */
const REASONS: ReadonlySet<string> = new Set([
  'model-says-ai',
  'model-says-camera',
  'model-undecided',
  'generator-metadata',
  'declared-ai-source',
  'declared-ai-parts',
  'camera-metadata',
  'seen-same-file',
  'seen-similar',
  'c2pa-ai',
  'c2pa-ai-parts',
  'c2pa-camera',
  'c2pa-other',
  'c2pa-ai-unknown-signer',
  'c2pa-unknown-signer',
  'c2pa-broken',
  'generator-software',
  'china-aigc-label',
  'watermark-stable-diffusion',
  'editor-history',
  'video-looks-generated',
  'video-looks-camera',
  'video-undecided',
  'video-part-generated',
  'video-part-differs',
  'video-face-differs',
]);

/** Codes of caveats. */
const CAVEATS: ReadonlySet<string> = new Set([
  'small-picture',
  'very-small-picture',
  'screenshot',
  'canvas-copy',
  'heavily-recompressed',
  'flat-graphic',
  'animated-first-frame',
  'video-frame',
  'models-disagree',
  'quick-only',
  'scaled-by-page',
  'provenance-broken',
  'provenance-unreadable',
  'remote-manifest',
  'metadata-skipped',
  'video-few-frames',
  'video-truncated',
  'video-sampled',
  'video-part-seen',
  'video-frames-recompressed',
  'face-swap-not-covered',
]);

/** Kinds of evidence. */
const KINDS: ReadonlySet<string> = new Set(['provenance', 'metadata', 'classifier', 'seen-before']);

/** Codes of errors. */
const ERRORS: ReadonlySet<string> = new Set([
  'bad-message',
  'not-paired',
  'pairing-code-wrong',
  'pairing-rate-limited',
  'extension-too-old',
  'companion-too-old',
  'companion-unreachable',
  'companion-not-genuine',
  'busy',
  'window-exceeded',
  'cancelled',
  'shutting-down',
  'empty-file',
  'too-large',
  'too-many-pixels',
  'too-small',
  'unsupported-format',
  'svg-refused',
  'heic-refused',
  'broken-picture',
  'not-found',
  'unknown-address',
  'wrong-host',
  'token-wrong',
  'file-unreadable',
  'picture-gone',
  'protected-page',
  'private-window',
  'pack-unknown',
  'pack-invalid',
  'pack-exists',
  'download-failed',
  'hash-mismatch',
  'inference-failed',
  'log-failed',
  'unauthorized',
  'bad-request',
  'recording-paused',
  'picture-not-kept',
  'video-unreadable',
  'video-decoder-missing',
  'video-protected',
  'too-many-videos',
  'track-unknown',
  'trust-list-unreadable',
  'internal',
]);

/** The nearest old word for an error that version 1 lacks; `internal` for the rest. */
const NEAREST: Readonly<Record<string, 'broken-picture' | 'too-many-pixels' | 'log-failed'>> = {
  'decode-limit': 'broken-picture',
  'too-long': 'too-many-pixels',
  'disk-full': 'log-failed',
};

function errorForVersion1(error: ErrorReport): ErrorReport {
  return ERRORS.has(error.code) ? error : errorReport(entryOf(NEAREST, error.code) ?? 'internal');
}

/** The nearest old word for what a model leans to. */
const NEAREST_REASON: Readonly<Record<string, 'model-undecided' | 'video-undecided'>> = {
  'model-leans-ai': 'model-undecided',
  'model-leans-camera': 'model-undecided',
  'model-blind-to-faces': 'model-undecided',
  'video-blind-to-faces': 'video-undecided',
  'video-leans-ai': 'video-undecided',
  'video-leans-camera': 'video-undecided',
};

function reasonForVersion1(reason: Reason): Reason[] {
  const code = entryOf(NEAREST_REASON, reason.code);
  if (code) return [{ ...reason, code, direction: 'neutral', text: SENTENCES[code] }];
  return REASONS.has(reason.code) ? [reason] : [];
}

function evidenceForVersion1(evidence: Evidence): Evidence[] {
  const code = entryOf(NEAREST_REASON, evidence.code);
  if (code) return [{ ...evidence, code, direction: 'neutral', sentence: SENTENCES[code] }];
  return KINDS.has(evidence.kind) && REASONS.has(evidence.code) ? [evidence] : [];
}

/** Version 1 shows the level beside the word, and "Uncertain" was always low. */
function verdictForVersion1({ leaning: _, marks: __, ...verdict }: Verdict): Verdict {
  return {
    ...verdict,
    ...(verdict.value === 'uncertain' && { confidence: 'low' }),
    reasons: verdict.reasons.flatMap(reasonForVersion1),
    caveats: verdict.caveats.filter(({ code }) => CAVEATS.has(code)),
  };
}

function recordForVersion1(record: ResultRecord): ResultRecord {
  const evidence = record.evidence.flatMap(evidenceForVersion1);
  return { ...record, evidence, verdict: verdictForVersion1(record.verdict) };
}

/** A message as an extension of protocol version 1 can read it. The verdict, its number and its words stay. */
export function forVersion1(message: ServerMessage): ServerMessage {
  switch (message.type) {
    case 'error':
      return { ...message, error: errorForVersion1(message.error) };
    case 'result':
      return { ...message, record: recordForVersion1(message.record) };
    case 'track-update':
      return {
        ...message,
        verdict: verdictForVersion1(message.verdict),
        ...(message.record && { record: recordForVersion1(message.record) }),
      };
    default:
      return message;
  }
}

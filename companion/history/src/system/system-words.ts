import type { MessageKey } from '@touchstone/shared/words';

/** Names of what the companion tells, by its word; what a newer one tells is shown by that. */
export const STAGE_KEYS: Readonly<Record<string, MessageKey>> = {
  receive: 'stage-receive',
  queue: 'stage-queue',
  decode: 'stage-decode',
  preprocess: 'stage-preprocess',
  inference: 'fact-model',
  evidence: 'evidence',
  record: 'stage-record',
  total: 'stage-total',
};

export const MEDIUM_KEYS: Readonly<Record<string, MessageKey>> = {
  picture: 'picture',
  frame: 'kind-frame',
  video: 'kind-video',
};

export const STORAGE_KEYS: Readonly<Record<string, MessageKey>> = {
  history: 'history',
  content: 'storage-content',
  packs: 'storage-packs',
  spool: 'storage-spool',
  logs: 'storage-logs',
  other: 'storage-other',
};

export const PROCESS_KEYS: Readonly<Record<string, MessageKey>> = {
  companion: 'process-companion',
  'picture-decoder': 'process-picture-decoder',
  'video-decoder': 'process-video-decoder',
  inference: 'process-inference',
  faces: 'faces-title',
  provenance: 'kind-provenance',
};

export const CACHE_KEYS: Readonly<Record<string, MessageKey>> = {
  results: 'cache-results',
  embeddings: 'cache-embeddings',
};

export const MISSING_KEYS = {
  stopping: 'missing-stopping',
  models: 'provider-no-pack',
  queue: 'missing-queue',
  log: 'missing-log',
  disk: 'missing-disk',
} as const satisfies Record<string, MessageKey>;

/** From these values of the population stability index drift is some, and much: the marks that are usual for it. */
const SOME_DRIFT = 0.1;
const MUCH_DRIFT = 0.25;

export function driftKey(drift: number): MessageKey {
  if (drift >= MUCH_DRIFT) return 'drift-much';
  return drift >= SOME_DRIFT ? 'drift-some' : 'drift-little';
}

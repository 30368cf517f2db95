import { RECENT_PICTURE_MS, type ResultRecord } from '@touchstone/shared';

/** Encoded bytes held at most. A page of pictures has about 10 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Records of one picture: where nothing is logged, every sight of it makes another. */
const MAX_RECORDS = 16;

export interface RecentPicture {
  readonly record: ResultRecord;
  /** Encoded, as captured. */
  readonly bytes: Uint8Array;
}

/**
 * Pictures of the last checks, in memory only, so that a heat map or a view can be asked for where originals are not kept.
 * Pictures of private windows are never held: nothing of them is left once they are answered. Neither are frames of playing
 * video. What a person deletes from the log goes from here too.
 */
export interface RecentPictures {
  remember(record: ResultRecord, bytes: Uint8Array): void;
  /** By the id of a record. */
  find(recordId: string): RecentPicture | undefined;
  /** By the sha256 of the bytes, for another record of the same file. */
  bytesOf(sha256: string): Uint8Array | undefined;
  forget(recordIds: readonly string[] | 'filter'): void;
}

interface Entry {
  readonly bytes: Uint8Array;
  readonly records: Map<string, ResultRecord>;
  until: number;
}

export interface RecentPicturesLimits {
  readonly maxBytes?: number;
  readonly lifetimeMs?: number;
}

/** @param signal aborting lets go of everything */
export function createRecentPictures(
  signal: AbortSignal,
  { maxBytes = MAX_BYTES, lifetimeMs = RECENT_PICTURE_MS }: RecentPicturesLimits = {},
): RecentPictures {
  /** By sha256, the longest unseen first. */
  const entries = new Map<string, Entry>();
  const pictureOf = new Map<string, string>();
  let held = 0;

  function drop(sha256: string): void {
    const entry = entries.get(sha256);
    if (!entry) return;
    entries.delete(sha256);
    held -= entry.bytes.byteLength;
    for (const id of entry.records.keys()) pictureOf.delete(id);
  }

  function dropAll(): void {
    for (const sha256 of [...entries.keys()]) drop(sha256);
  }

  function dropStale(): void {
    const now = Date.now();
    for (const [sha256, { until }] of entries) if (until <= now) drop(sha256);
  }

  const timer = setInterval(dropStale, Math.max(1, lifetimeMs / 15));
  timer.unref();
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      dropAll();
    },
    { once: true },
  );

  return {
    remember(record, bytes) {
      const { id, lane, source, picture } = record;
      if (signal.aborted || source.private || lane === 'live' || source.kind === 'video') return;
      dropStale();
      const { records } = entries.get(picture.sha256) ?? { records: new Map<string, ResultRecord>() };
      drop(picture.sha256);
      if (bytes.byteLength > maxBytes) return;
      records.set(id, record);
      for (const [oldest] of records) {
        if (records.size <= MAX_RECORDS) break;
        records.delete(oldest);
      }
      for (const known of records.keys()) pictureOf.set(known, picture.sha256);
      entries.set(picture.sha256, { bytes, records, until: Date.now() + lifetimeMs });
      held += bytes.byteLength;
      for (const [oldest] of entries) {
        if (held <= maxBytes) break;
        drop(oldest);
      }
    },
    find(recordId) {
      dropStale();
      const entry = entries.get(pictureOf.get(recordId) ?? '');
      const record = entry?.records.get(recordId);
      return entry && record && { record, bytes: entry.bytes };
    },
    bytesOf(sha256) {
      dropStale();
      return entries.get(sha256)?.bytes;
    },
    forget(recordIds) {
      if (recordIds === 'filter') return dropAll();
      for (const id of recordIds) drop(pictureOf.get(id) ?? '');
    },
  };
}

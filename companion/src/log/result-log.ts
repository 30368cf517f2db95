import type {
  CaptureKind,
  HistoryFacets,
  HistoryFilter,
  HistoryPage,
  HistoryPageRequest,
  Label,
  ResultRecord,
} from '@touchstone/shared';

/** Pictures kept beside a record, as encoded bytes. */
export interface KeptMedia {
  /** WebP, longer side at most THUMBNAIL_PIXELS. */
  readonly thumbnail?: Uint8Array | undefined;
  /** The capture as it came, only when the person keeps originals. */
  readonly original?: Uint8Array | undefined;
}

export type LogEvent =
  | { readonly type: 'record'; readonly record: ResultRecord }
  | { readonly type: 'label'; readonly id: string; readonly label: Label | null }
  | { readonly type: 'deleted'; readonly ids: readonly string[] | 'filter' };

export interface NearMatch {
  readonly record: ResultRecord;
  /** Differing bits of the perceptual hash, 0..64. */
  readonly distance: number;
}

/** The result log. Every call is synchronous (node:sqlite); a record is durable when `append` returns. */
export interface ResultLog {
  /** @throws TouchstoneError `log-failed`; then the result must not be delivered */
  append(record: ResultRecord, media: KeptMedia): void;
  get(id: string): ResultRecord | undefined;
  /** Newest record of the same bytes judged by the same pack (`name@version`). */
  findExact(sha256: string, pack: string, kind: CaptureKind): ResultRecord | undefined;
  /** Newest records whose perceptual hash differs in at most `maxDistance` bits, nearest first, other bytes only. */
  findNear(perceptualHash: string, maxDistance: number, exceptSha256: string): NearMatch[];
  query(request: HistoryPageRequest): HistoryPage;
  facets(): HistoryFacets;
  /** All records of a filter, newest first, in bounded memory. */
  iterate(filter: HistoryFilter): IterableIterator<ResultRecord>;
  setLabel(id: string, label: Label | null): boolean;
  deleteIds(ids: readonly string[]): number;
  deleteFilter(filter: HistoryFilter): number;
  /** Deletes what is older than the retention allows. @returns how many */
  prune(olderThan: number): number;
  thumbnail(id: string): Uint8Array | undefined;
  original(id: string): Uint8Array | undefined;
  count(): number;
  /** Calls `listener` after each change until `signal` aborts. */
  subscribe(listener: (event: LogEvent) => void, signal: AbortSignal): void;
  close(): void;
}

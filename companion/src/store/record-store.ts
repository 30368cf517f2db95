import type {
  CaptureKind,
  ChainVerification,
  HistoryFacets,
  HistoryFilter,
  HistoryPage,
  HistoryPageRequest,
  Label,
  RecordSort,
  ResultRecord,
  VerdictValue,
} from '@touchstone/shared';
import type { HeldDeletion, HeldDeletions } from './held-deletions.ts';
import type { JobClaim } from './job-claim.ts';

/** Pictures kept beside a record, as encoded bytes. */
export interface KeptMedia {
  /** WebP, longer side at most THUMBNAIL_PIXELS. */
  readonly thumbnail?: Uint8Array | undefined;
  /** Hash under which the capture lies in the content store as it came, only when the person keeps originals. */
  readonly content?: string | undefined;
  /** The capture itself, as histories kept it before there was a content store. */
  readonly original?: Uint8Array | undefined;
  /** WebP of a video's telling moments, in the order of its timeline's `peaks`. */
  readonly peaks?: readonly Uint8Array[] | undefined;
}

export type LogEvent =
  /** @property jobId of the job that ended with it */
  | { readonly type: 'record'; readonly record: ResultRecord; readonly jobId?: string | undefined }
  | { readonly type: 'label'; readonly id: string; readonly label: Label | null }
  /** Cases, tags or notes were changed. */
  | { readonly type: 'cases' }
  /** @property held where the deletion can still be taken back */
  | { readonly type: 'deleted'; readonly ids: readonly string[] | 'filter'; readonly held?: HeldDeletion | undefined }
  /** A deletion was taken back: its records are there again. */
  | { readonly type: 'restored'; readonly deletion: string }
  /** A deletion that was held back is carried out: what came of its records elsewhere must go too. */
  | { readonly type: 'erased' };

export interface NearMatch {
  readonly record: ResultRecord;
  /** Differing bits of the perceptual hash, 0..64. */
  readonly distance: number;
}

/** Where a record lies in the hash chain. */
export interface ChainLink {
  /** From 1, without gaps. */
  readonly position: number;
  /** Of the record alone, lower-case hex. */
  readonly digest: string;
  /** Of everything up to and with this record, lower-case hex. */
  readonly hash: string;
  /** Whether the record still has its digest. */
  readonly unchanged: boolean;
}

export interface VerifyOptions {
  /** Hash of a link that was noted down earlier; it must still be in the chain. */
  readonly notedHead?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Where records lie. One is durable when the promise of its `append` is kept. */
export interface RecordStore {
  /**
   * @param job ends with this record, in the same transaction
   * @returns the record as it is kept: with the label that its content has
   * @throws TouchstoneError `log-failed`, `disk-full`, `log-locked`...; then the result must not be delivered; `cancelled`
   *   when the job is not the caller's any more
   */
  append(record: ResultRecord, media: KeptMedia, job?: JobClaim): Promise<ResultRecord>;
  get(id: string): Promise<ResultRecord | undefined>;
  /** Newest record of the same bytes judged by the same pack (`name@version`). */
  findExact(sha256: string, pack: string, kind: CaptureKind): Promise<ResultRecord | undefined>;
  /** Newest records whose perceptual hash differs in at most `maxDistance` bits, nearest first, other bytes only. */
  findNear(perceptualHash: string, maxDistance: number, exceptSha256: string): Promise<readonly NearMatch[]>;
  /** Labels what a record is of: every record of the same bytes, those to come too. @returns whether there is such a record */
  setLabel(id: string, label: Label | null): Promise<boolean>;
  /** The same for a content. @returns ids of its records, newest first; none: nothing was labelled */
  labelContent(sha256: string, label: Label | null): Promise<readonly string[]>;
  /** @returns how many, when they and everything that only they needed are gone */
  deleteIds(ids: readonly string[]): Promise<number>;
  deleteFilter(filter: HistoryFilter): Promise<number>;
  /** Deletes what is older than the retention allows. @returns how many */
  prune(olderThan: number): Promise<number>;
  /** Deletes so many of the oldest records. @returns how many there were */
  pruneOldest(count: number): Promise<number>;
  /** Bytes that records take, with everything kept for them; what waiting checks need is not counted. */
  bytes(): Promise<number>;
  thumbnail(id: string): Promise<Uint8Array | undefined>;
  /** The capture as it came, from the content store. */
  original(id: string): Promise<Uint8Array | undefined>;
  /** @param place in the timeline's `peaks`, from 0 */
  peak(id: string, place: number): Promise<Uint8Array | undefined>;
  /** @returns undefined for a record from before the chain, or none */
  chainLink(id: string): Promise<ChainLink | undefined>;
  /**
   * Follows the hash chain through the whole log, giving way to everything else all along.
   * @throws TouchstoneError `cancelled`, or `shutting-down` when the log is closed meanwhile
   */
  verify(options?: VerifyOptions): Promise<ChainVerification>;
  /**
   * Looks for damage that no statement has met yet; what is found is repaired as when one meets it.
   * @returns whether everything was sound @throws TouchstoneError `cancelled`
   */
  checkPages(signal: AbortSignal): Promise<boolean>;
  /** How many records there are, as this process knows it: nobody waits for the disk to say so. */
  count(): number;
  /** Calls `listener` after each change until `signal` aborts. */
  subscribe(listener: (event: LogEvent) => void, signal: AbortSignal): void;
  /** Waits for what is under way, then closes. */
  close(): Promise<void>;
}

export interface RecordTally {
  readonly kind: CaptureKind;
  readonly verdict: VerdictValue;
  readonly count: number;
}

export interface LabelTally {
  /** `name@version` */
  readonly pack: string;
  readonly label: Exclude<Label, 'unsure'>;
  readonly verdict: VerdictValue;
  readonly count: number;
}

/** Where a page ended. It still tells where to go on when its record was deleted meanwhile. */
export interface RecordPlace {
  readonly id: string;
  /** Of the record's verdict; only orders by it look. */
  readonly probability: number;
}

export interface SortedRequest {
  readonly filter: HistoryFilter;
  readonly sort: RecordSort;
  readonly after?: RecordPlace | undefined;
  readonly limit: number;
}

export interface SortedPage {
  readonly records: ResultRecord[];
  /** Null at the end. */
  readonly next: RecordPlace | null;
  /** Records that match, counted up to 10,001. */
  readonly total: number;
}

/** What is asked of the records there are. */
export interface HistoryQueries {
  /** A page in any order: what is there all along comes once, whatever is added and deleted between the pages. */
  sorted(request: SortedRequest): Promise<SortedPage>;
  query(request: HistoryPageRequest): Promise<HistoryPage>;
  facets(): Promise<HistoryFacets>;
  /** All records of a filter, newest first, in bounded memory. */
  iterate(filter: HistoryFilter): AsyncIterableIterator<ResultRecord>;
  /** How many records of each kind and verdict lie in a time, by milliseconds since 1970: `from` is in it, `to` is not. */
  tally(from: number, to: number): Promise<readonly RecordTally[]>;
  /** How many records a person called real or fake, by pack (`name@version`) and verdict. */
  tallyLabels(): Promise<readonly LabelTally[]>;
  /** The record with the latest time. */
  newest(): Promise<ResultRecord | undefined>;
}

/** The history: records and what is asked of them. */
export type History = RecordStore & HistoryQueries & HeldDeletions;

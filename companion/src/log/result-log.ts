import type {
  CaptureKind,
  ChainVerification,
  HistoryFacets,
  HistoryFilter,
  HistoryPage,
  HistoryPageRequest,
  Label,
  ResultRecord,
} from '@touchstone/shared';

import type { HoldOutcome, ToDelete, WaitingDeletion } from '../store/held-deletions.ts';
import type { JobClaim } from '../store/job-claim.ts';
import type {
  ChainLink,
  KeptMedia,
  LabelTally,
  LogEvent,
  NearMatch,
  RecordTally,
  SortedPage,
  SortedRequest,
  VerifyOptions,
} from '../store/record-store.ts';

/**
 * The log in SQLite, which this process asks without waiting (node:sqlite). What is above the store takes it as the `History`
 * that log-history.ts makes of it. A record is durable when `append` returns.
 */
export interface ResultLog {
  /**
   * @param job ends with this record, in the same transaction
   * @returns the record as it is kept: with the label that its content has
   * @throws TouchstoneError `log-failed`, `disk-full`, `log-locked`...; then the result must not be delivered; `cancelled`
   *   when the job is not the caller's any more
   */
  append(record: ResultRecord, media: KeptMedia, job?: JobClaim): ResultRecord;
  get(id: string): ResultRecord | undefined;
  /** Newest record of the same bytes judged by the same pack (`name@version`). */
  findExact(sha256: string, pack: string, kind: CaptureKind): ResultRecord | undefined;
  /** Newest records whose perceptual hash differs in at most `maxDistance` bits, nearest first, other bytes only. */
  findNear(perceptualHash: string, maxDistance: number, exceptSha256: string): NearMatch[];
  /** Ids of all records of the same bytes, newest first. */
  idsOf(sha256: string): readonly string[];
  query(request: HistoryPageRequest): HistoryPage;
  sorted(request: SortedRequest): SortedPage;
  facets(): HistoryFacets;
  /** As `HistoryQueries.tally`. */
  tally(from: number, to: number): readonly RecordTally[];
  tallyLabels(): readonly LabelTally[];
  /** All records of a filter, newest first, in bounded memory. */
  iterate(filter: HistoryFilter): IterableIterator<ResultRecord>;
  /** Labels every record of the same bytes. @returns whether there is such a record */
  setLabel(id: string, label: Label | null): boolean;
  /** @returns ids of the records of a content, newest first */
  labelContent(sha256: string, label: Label | null): readonly string[];
  /** @returns how many, when they and everything that only they needed are gone */
  deleteIds(ids: readonly string[]): Promise<number>;
  deleteFilter(filter: HistoryFilter): Promise<number>;
  /** Deletes what is older than the retention allows. @returns how many */
  prune(olderThan: number): Promise<number>;
  /** Deletes so many of the oldest records. @returns how many there were */
  pruneOldest(count: number): Promise<number>;
  /** As `HeldDeletions`. */
  holdBack(what: ToDelete, dueAt: number): Promise<HoldOutcome>;
  restore(id: string): number;
  mayComeBack(id: string): boolean;
  heldBack(): readonly WaitingDeletion[];
  carryOut(id: string): Promise<number>;
  /** Bytes that records take, with everything kept for them; what waiting checks need is not counted. */
  bytes(): Promise<number>;
  thumbnail(id: string): Uint8Array | undefined;
  /** The capture as it came, from the content store. */
  original(id: string): Promise<Uint8Array | undefined>;
  /** @param place in the timeline's `peaks`, from 0 */
  peak(id: string, place: number): Uint8Array | undefined;
  /** @returns undefined for a record from before the chain, or none */
  chainLink(id: string): ChainLink | undefined;
  /**
   * Follows the hash chain through the whole log, giving way to everything else all along.
   * @throws TouchstoneError `cancelled`, or `shutting-down` when the log is closed meanwhile
   */
  verify(options?: VerifyOptions): Promise<ChainVerification>;
  /**
   * Reads every page of the file in a thread of its own; damage is repaired as when a statement meets it.
   * @returns whether the file was sound @throws TouchstoneError `cancelled`
   */
  checkPages(signal: AbortSignal): Promise<boolean>;
  /** The record with the latest time. */
  newest(): ResultRecord | undefined;
  count(): number;
  /** Calls `listener` after each change until `signal` aborts. */
  subscribe(listener: (event: LogEvent) => void, signal: AbortSignal): void;
  close(): void;
}

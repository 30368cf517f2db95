import * as v from 'valibot';
import { CaptureKind } from './capture.ts';
import { MAX_FILTER_TAGS, Tag } from './cases.ts';
import { FiniteNumber } from './finite-number.ts';
import { MAX_URL_LENGTH } from './limits.ts';
import { STEPS } from './present/scale.ts';
import { Label, ResultRecord } from './record.ts';
import { VerdictValue } from './verdict.ts';

/** Longest `name@version` of a pack, in characters. */
export const MAX_PACK_LENGTH = 512;

/** Longest id of a case, in characters. */
const MAX_CASE_ID_LENGTH = 64;

/** Choices that one filter may name: more than there are of any kind. */
const MAX_CHOICES = 16;

/** Largest distance from 1970 that a date can have, in milliseconds (ECMA-262, 21.4.1.1). */
const MAX_TIME_MS = 8.64e15;

/** Milliseconds since 1970 of a date that exists. */
export const HistoryTime = v.pipe(FiniteNumber, v.minValue(-MAX_TIME_MS), v.maxValue(MAX_TIME_MS));

/** Where a page of the history ends: the id of a record, a ULID. The times that exist begin with a digit up to 7. */
export const RecordCursor = v.pipe(v.string(), v.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/));

const Share = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1));

/** Orders of a page: by time or by the probability of AI, ascending, or descending with a minus; ties by time in the same direction. */
export const RECORD_SORTS = ['-time', 'time', '-probability', 'probability'] as const;
export type RecordSort = (typeof RECORD_SORTS)[number];

const KnownParts = v.strictObject({
  verdict: v.optional(v.pipe(v.array(VerdictValue), v.maxLength(MAX_CHOICES))),
  /** Steps of the scale: the stored verdict, and where it does not decide its leaning. */
  step: v.optional(v.pipe(v.array(v.picklist(STEPS)), v.maxLength(MAX_CHOICES))),
  kind: v.optional(v.pipe(v.array(CaptureKind), v.maxLength(MAX_CHOICES))),
  /** SHA-256 of the bytes, lower-case hex. */
  content: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  /** Host name of the page. */
  site: v.optional(v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH))),
  /** Pack as `name@version`. */
  pack: v.optional(v.pipe(v.string(), v.maxLength(MAX_PACK_LENGTH))),
  label: v.optional(v.pipe(v.array(v.union([Label, v.literal('none')])), v.maxLength(MAX_CHOICES))),
  /** Id of a case: what is in it. */
  case: v.optional(v.pipe(v.string(), v.maxLength(MAX_CASE_ID_LENGTH))),
  /** Tags of a record; one of those named is enough. */
  tag: v.optional(v.pipe(v.array(Tag), v.maxLength(MAX_FILTER_TAGS))),
  /** Milliseconds since 1970, inclusive. */
  from: v.optional(HistoryTime),
  /** Milliseconds since 1970, exclusive. */
  to: v.optional(HistoryTime),
  /** Calibrated probability that it is AI, 0..1, both inclusive. */
  minProbability: v.optional(Share),
  maxProbability: v.optional(Share),
  /** Words looked for in address, title and file name (full text, prefix match). */
  search: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

/**
 * Filter of the history page, its exports and `touchstone history export`. Empty means everything, so nothing that is not known here
 * may pass for empty: a misspelt filter of a deletion would take the whole history.
 */
export const HistoryFilter = v.lazy((given) => (Array.isArray(given) ? v.never() : KnownParts));
export type HistoryFilter = v.InferOutput<typeof HistoryFilter>;

/** Keyset page: `before` is the id of the last row seen. */
export const HistoryPageRequest = v.object({
  filter: v.optional(HistoryFilter, {}),
  before: v.optional(RecordCursor),
  /** Of every content only its newest record that matches, with how many there are. */
  groups: v.optional(v.boolean(), false),
  limit: v.optional(v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(200)), 50),
});
export type HistoryPageRequest = v.InferInput<typeof HistoryPageRequest>;

export const HistoryPage = v.object({
  records: v.array(ResultRecord),
  /** Id to pass as `before` for the next page; null at the end. */
  next: v.nullable(v.string()),
  /** Rows that match the filter, counted up to 10,001. */
  total: FiniteNumber,
  /** Only where groups were asked for. */
  groups: v.optional(
    v.object({
      /** Contents that match, counted like the total. */
      total: FiniteNumber,
      /** Records that match, by the id of the newest, of those contents on this page that have several. */
      sizes: v.record(v.string(), FiniteNumber),
    }),
  ),
});
/** Records of one content are counted up to here. */
export const GROUP_SIZE_CAP = 1000;

export type HistoryPage = v.InferOutput<typeof HistoryPage>;

/** Values present in the log, for the filter menus. */
export const HistoryFacets = v.object({
  sites: v.array(v.object({ value: v.string(), count: FiniteNumber })),
  packs: v.array(v.object({ value: v.string(), count: FiniteNumber })),
  /** None from a companion of an earlier version. */
  tags: v.optional(v.array(v.object({ value: v.string(), count: FiniteNumber })), []),
});
export type HistoryFacets = v.InferOutput<typeof HistoryFacets>;

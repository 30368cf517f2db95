import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';

/** Cases there may be at once: more than a page shows at a glance are no order any more. */
export const MAX_CASES = 500;

/** Records that one case holds. Its report has a picture of each, about 20 kB: 40 MB, which a browser still prints. */
export const MAX_CASE_RECORDS = 2000;

/** Longest name of a case, in characters: one line of a list. */
export const MAX_CASE_NAME_LENGTH = 100;

/** Longest note of a case or a record, in characters: about two printed pages. */
export const MAX_NOTE_LENGTH = 4000;

/** Tags of one case or record, and the characters of the longest. */
export const MAX_TAGS = 20;
export const MAX_TAG_LENGTH = 40;

/** Tags that one filter may name. */
export const MAX_FILTER_TAGS = 16;

/** Text as it can be stored and sent: without halves of surrogate pairs, and without the sign at which C ends a text. */
const Storable = v.pipe(
  v.string(),
  v.transform((text) => text.toWellFormed()),
  v.check((text) => !text.includes('\0'), 'a null character'),
);

const OneLine = v.pipe(Storable, v.regex(/^\P{Cc}*$/u), v.trim());

/** A word or two by which things are found again. Commas part the tags of a query. */
export const Tag = v.pipe(OneLine, v.nonEmpty(), v.maxLength(MAX_TAG_LENGTH), v.excludes(','));

/** Each tag once, and always in the same order. */
export const Tags = v.pipe(
  v.array(Tag),
  v.maxLength(MAX_TAGS),
  v.transform((tags) => [...new Set(tags)].sort()),
);

/** What a person wrote beside something; empty means none. */
export const Note = v.pipe(Storable, v.maxLength(MAX_NOTE_LENGTH));

export const CaseName = v.pipe(OneLine, v.nonEmpty(), v.maxLength(MAX_CASE_NAME_LENGTH));

/** A case as a record names it. */
export const CaseReference = v.object({ id: v.string(), name: v.string() });
export type CaseReference = v.InferOutput<typeof CaseReference>;

/** What a case can be shared for: to look at it, or to change it and what is in it, too. */
export const CASE_RIGHTS = ['view', 'edit'] as const;
export const CaseRight = v.picklist(CASE_RIGHTS);
export type CaseRight = v.InferOutput<typeof CaseRight>;

/** How a case stands to whoever asks; only a team's server says it. */
export const CaseStanding = v.object({
  /** What they may do with it; an owner may share and delete it. */
  right: v.picklist([...CASE_RIGHTS, 'own']),
  /** Name of its owner. */
  owner: v.string(),
  /** Whether anybody but its owner sees it. */
  shared: v.boolean(),
});
export type CaseStanding = v.InferOutput<typeof CaseStanding>;

/** A named folder of records, such as all pictures of one story. */
export const Case = v.object({
  ...CaseReference.entries,
  note: v.string(),
  tags: v.array(v.string()),
  /** Milliseconds since 1970. */
  createdAt: FiniteNumber,
  /** When its name, note or tags were changed last, or a record was put in or taken out. */
  updatedAt: FiniteNumber,
  /** How many records are in it. */
  records: FiniteNumber,
  /** Absent on a person's own computer, where nothing is shared. */
  standing: v.optional(CaseStanding),
});
export type Case = v.InferOutput<typeof Case>;

export const NewCase = v.strictObject({
  name: CaseName,
  note: v.optional(Note, ''),
  tags: v.optional(Tags, []),
});
export type NewCase = v.InferOutput<typeof NewCase>;

/** What is named is changed, the rest stays. */
export const CaseChange = v.strictObject({
  name: v.optional(CaseName),
  note: v.optional(Note),
  tags: v.optional(Tags),
});
export type CaseChange = v.InferOutput<typeof CaseChange>;

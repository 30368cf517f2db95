import { ErrorReport, Evidence, FiniteNumber, Truth } from '@touchstone/shared';
import * as v from 'valibot';

/** Of data sets that nobody named. */
export const DEFAULT_NAMES = { labels: 'labels of the history', upload: 'upload', demo: 'demo set' } as const;

/** Where the bytes of an item lie. */
const Place = v.variant('kind', [
  /** A file of the person, read where it is. */
  v.object({ kind: v.literal('path'), path: v.string() }),
  /** A file in the data set's own folder. */
  v.object({ kind: v.literal('own'), file: v.pipe(v.string(), v.regex(/^\d{1,6}$/)) }),
  /** A record of the history: its kept original, or what a pack saw in it. */
  v.object({ kind: v.literal('record'), recordId: v.string(), sha256: v.optional(v.string(), '') }),
  /** What was a record that was deleted since: nothing of it is left but its place in the list. */
  v.object({ kind: v.literal('removed') }),
]);

/** One picture of a data set; its number is its place in the list. */
export const DatasetItem = v.object({
  truth: Truth,
  /** As a person sees it. */
  name: v.string(),
  /** Items that share any of these stay together: site, folder, source. */
  ties: v.array(v.string()),
  /** Given by whoever made the set. */
  part: v.optional(v.picklist(['train', 'test'])),
  place: Place,
});
export type DatasetItem = v.InferOutput<typeof DatasetItem>;

export const isRemoved = ({ place }: DatasetItem): boolean => place.kind === 'removed';

/** What was found out about one item: what the base's graph saw in it, or why it cannot be read. One line of a file. */
export const ItemLook = v.union([
  v.object({
    item: FiniteNumber,
    sha256: v.string(),
    hash: v.string(),
    /** Of the base, before calibration. */
    logit: FiniteNumber,
    /** Features as 32-bit floats, base64. */
    vector: v.string(),
    /** What the file says of how it was made. */
    evidence: v.optional(v.array(Evidence), []),
  }),
  v.object({ item: FiniteNumber, error: ErrorReport }),
]);
export type ItemLook = v.InferOutput<typeof ItemLook>;
export type SeenItem = Extract<ItemLook, { vector: string }>;

export const wasSeen = (look: ItemLook | undefined): look is SeenItem => look !== undefined && 'vector' in look;

export const encodeVector = (vector: Float32Array): string =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');

export function decodeVector(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

import { CAPTURE_KINDS, VERDICT_VALUES } from '@touchstone/shared';
import * as v from 'valibot';

/** A line of the counts of verdicts, by kind. */
export const TallyRow = v.object({
  kind: v.picklist(CAPTURE_KINDS),
  verdict: v.picklist(VERDICT_VALUES),
  count: v.number(),
});
/** A line of the counts of labels beside verdicts, by pack. */
export const LabelRow = v.object({
  pack: v.string(),
  label: v.picklist(['fake', 'real']),
  verdict: v.picklist(VERDICT_VALUES),
  count: v.number(),
});

/** Rows that are what this version knows; a later one's words are counted by it alone. */
export function known<Schema extends v.GenericSchema>(
  schema: Schema,
  rows: readonly Readonly<Record<string, unknown>>[],
): v.InferOutput<Schema>[] {
  return rows.flatMap((row) => {
    const read = v.safeParse(schema, row);
    return read.success ? [read.output] : [];
  });
}

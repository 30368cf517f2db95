import { CaseRight, type ResultRecord } from '@touchstone/shared';
import * as v from 'valibot';

const Shared = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ owner: v.nullable(v.string()), right: CaseRight }),
  v.transform(({ owner, right }) => ({ owner: owner ?? '', right })),
);

/** Marks a record as somebody else's, by the column `shared` of its row; null: it is one's own. */
export function markedShared(record: ResultRecord, column: unknown): ResultRecord {
  const shared = column === null || column === undefined ? undefined : v.parse(Shared, column);
  return shared ? { ...record, shared } : record;
}

/** Other records that a record names: an earlier one of the same picture, and one that it checks again. */
export const namedRecords = ({ seenBefore, recheckOf }: ResultRecord): string[] =>
  [seenBefore?.recordId, recheckOf].filter((id) => id !== undefined);

/**
 * A shared record without what its owner did before: that they had seen the picture, when and with what verdict, is in other
 * records, and those were not shared.
 * @param seen ids of records that may be named
 */
export function withoutUnseen(record: ResultRecord, seen: ReadonlySet<string>): ResultRecord {
  const { seenBefore, recheckOf, ...rest } = record;
  const again = recheckOf !== undefined && seen.has(recheckOf) ? { recheckOf } : {};
  if (!seenBefore || seen.has(seenBefore.recordId)) return { ...rest, ...(seenBefore && { seenBefore }), ...again };
  const told = rest.evidence.filter(({ kind }) => kind === 'seen-before').map(({ code }) => code);
  return {
    ...rest,
    ...again,
    evidence: rest.evidence.filter(({ kind }) => kind !== 'seen-before'),
    verdict: { ...rest.verdict, reasons: rest.verdict.reasons.filter(({ code }) => !told.includes(code)) },
  };
}

import type { FileFact, ResultRecord } from '@touchstone/shared';
import type { EvidenceReport } from './evidence-report.ts';

const isPublic = (fact: FileFact): boolean => !fact.private;

/** A record without the file facts that could betray the owner of the file: what leaves this machine unless asked otherwise. */
export function withoutPrivateFacts(record: ResultRecord): ResultRecord {
  return record.facts?.some((fact) => fact.private) ? { ...record, facts: record.facts.filter(isPublic) } : record;
}

/** A record without what a person wrote beside it: what was judged. */
export function withoutNotes({ cases: _, tags: __, note: ___, ...judged }: ResultRecord): ResultRecord {
  return judged;
}

/**
 * For a report that others read: also without the other page on which the same picture was seen, and without what a person wrote
 * for themselves.
 */
export function publicRecord(record: ResultRecord): Pick<EvidenceReport, 'record' | 'leftOut'> {
  const { facts, seenBefore } = withoutPrivateFacts(record);
  return {
    record: {
      ...withoutNotes(record),
      ...(facts && { facts }),
      ...(seenBefore && { seenBefore: { ...seenBefore, pageUrl: undefined } }),
    },
    leftOut: {
      privateFacts: (record.facts?.length ?? 0) - (facts?.length ?? 0),
      earlierPage: seenBefore?.pageUrl !== undefined,
    },
  };
}

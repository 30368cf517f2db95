import type { Evidence, ResultRecord, SeenBefore } from '@touchstone/shared';
import { finding } from '../evidence/finding.ts';

/** An earlier record of the same bytes, as a later one tells it. */
export function seenSame(record: ResultRecord): SeenBefore {
  return {
    recordId: record.id,
    at: record.at,
    verdict: record.verdict.value,
    ...(record.verdict.leaning && { leaning: record.verdict.leaning }),
    pageUrl: record.source.pageUrl,
    distance: 0,
    exact: true,
  };
}

/** Having seen a picture says nothing about what it is; it is told as a last, neutral finding. */
export function seenEvidence(seen: SeenBefore): Evidence {
  const code = seen.exact ? 'seen-same-file' : 'seen-similar';
  return finding('seen-before', 'neutral', 0, code, { verdict: seen.verdict, at: seen.at, distance: seen.distance });
}

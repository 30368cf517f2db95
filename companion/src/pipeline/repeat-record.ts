import { CAVEATS, type CaveatCode, type ResultRecord } from '@touchstone/shared';
import { buildRecord } from '../records/build-record.ts';
import { seenEvidence, seenSame } from '../records/seen-before.ts';
import type { RecordFrame } from './picture-record.ts';
import type { CheckRequest } from './pipeline.ts';

/** Caveats that come from how these bytes were obtained this time, not from the picture. */
const PATH_CAVEATS: Partial<Record<CheckRequest['source']['path'], CaveatCode>> = {
  screenshot: 'screenshot',
  canvas: 'canvas-copy',
};

/** A new record for a file that was judged before by the same pack: the old verdict, today's place and time. */
export function repeatRecord(request: CheckRequest, before: ResultRecord, frame: RecordFrame): ResultRecord {
  const { recheckOf: _, label: __, companion: ___, ...earlier } = before;
  const seen = seenSame(before);
  const repeated = seenEvidence(seen);
  const evidence = [...earlier.evidence.filter((one) => one.kind !== 'seen-before'), repeated];
  const reasons = earlier.verdict.reasons.filter(({ code }) => code !== 'seen-same-file' && code !== 'seen-similar');
  const pathCaveats: readonly string[] = Object.values(PATH_CAVEATS);
  const now = PATH_CAVEATS[request.source.path];
  return buildRecord({
    ...earlier,
    id: frame.id,
    at: frame.at,
    lane: request.lane,
    source: request.source,
    evidence,
    verdict: {
      ...earlier.verdict,
      reasons: [
        ...reasons,
        { code: repeated.code, direction: repeated.direction, text: repeated.sentence, details: repeated.details },
      ],
      caveats: [
        ...earlier.verdict.caveats.filter(({ code }) => !pathCaveats.includes(code)),
        ...(now ? [{ code: now, text: CAVEATS[now] }] : []),
      ],
    },
    timings: { queue: 0, decode: 0, evidence: 0, inference: 0, total: performance.now() - frame.startedAt },
    seenBefore: seen,
    logged: frame.logged,
    hasThumbnail: frame.hasThumbnail,
    hasOriginal: frame.hasOriginal,
  });
}

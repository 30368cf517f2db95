import type { ResultRecord } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { CompanionLink } from '../link/companion-link.ts';
import { checkVideoThere } from './companion-video.ts';
import type { Judge, JudgeRequest } from './judge.ts';
import { type Patience, untilFree } from './until-free.ts';

/** Files under way at once: enough for the companion's batches, small beside the capacity of its lanes. */
const CONCURRENCY = 4;
/** Other clients fill the lane: one of 512 pictures empties in about a minute on two cores. */
const PICTURES_BUSY: Patience = { attempts: 8, longestMs: 60_000 };
/** Other videos have all places: one may be decoded for 15 minutes, so that is how long is waited. */
const VIDEOS_BUSY: Patience = { attempts: 180, longestMs: 5_000 };

/** Lets a running companion check; what it checks is in its log. */
export function companionJudge(link: CompanionLink, pack: string | undefined): Judge {
  const checkOnce = ({ bytes, fileName, signal }: JudgeRequest): Promise<ResultRecord> =>
    link.call(api.checks.picture, { query: { fileName, pack }, body: bytes, signal });
  return {
    place: `by the companion on port ${link.port}`,
    concurrency: CONCURRENCY,
    check: (request) => untilFree(() => checkOnce(request), PICTURES_BUSY, request.signal),
    checkVideo: (request) => untilFree(() => checkVideoThere(link, pack, request), VIDEOS_BUSY, request.signal),
    close: async () => {},
  };
}

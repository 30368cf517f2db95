import { setTimeout as wait } from 'node:timers/promises';
import { ResultRecord, TouchstoneError } from '@touchstone/shared';
import type { CompanionLink } from '../link/companion-link.ts';
import { checkVideoThere } from './companion-video.ts';
import type { Judge, JudgeRequest } from './judge.ts';

/** Files under way at once: enough for the companion's batches, small beside the capacity of its lanes. */
const CONCURRENCY = 4;
/** "Busy" means other clients fill the lane; a lane of 512 pictures empties in about a minute on two cores. */
const BUSY_ATTEMPTS = 8;
const BUSY_WAIT_MS = 250;

/** Lets a running companion check; what it checks is in its log. */
export function companionJudge(link: CompanionLink, pack: string | undefined): Judge {
  const checkOnce = ({ bytes, fileName, signal }: JudgeRequest): Promise<ResultRecord> => {
    const query = new URLSearchParams();
    if (fileName !== undefined) query.set('fileName', fileName);
    if (pack !== undefined) query.set('pack', pack);
    return link.call(`/api/check?${query}`, ResultRecord, { method: 'POST', body: bytes, signal });
  };
  return {
    place: `by the companion on port ${link.port}`,
    concurrency: CONCURRENCY,
    check: async (request) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await checkOnce(request);
        } catch (error) {
          const busy = error instanceof TouchstoneError && error.code === 'busy';
          if (!busy || attempt >= BUSY_ATTEMPTS) throw error;
          await wait(BUSY_WAIT_MS * 2 ** attempt, undefined, { signal: request.signal });
        }
      }
    },
    checkVideo: (request) => checkVideoThere(link, pack, request),
    close: async () => {},
  };
}

import type { ResultRecord } from '@touchstone/shared';
import type { GatewayContext } from '../context.ts';

/** Records that one look at the history takes at most. */
const PAGE = 200;

/**
 * Records of the history, newest first, by their place instead of a cursor: what comes in meanwhile moves the places, as with every
 * `skip`.
 * @param skip records that are passed over
 */
export async function recordsAfter(
  log: Pick<GatewayContext['log'], 'query'>,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<ResultRecord[]> {
  const found: ResultRecord[] = [];
  let before: string | undefined;
  while (found.length < skip + limit) {
    const wanted = Math.min(PAGE, skip + limit - found.length);
    const page = await log.query({ limit: wanted, ...(before === undefined ? {} : { before }) });
    found.push(...page.records);
    if (page.next === null) break;
    before = page.next;
  }
  return found.slice(skip);
}

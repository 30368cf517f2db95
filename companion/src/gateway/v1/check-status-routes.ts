import { TouchstoneError } from '@touchstone/shared';
import { addressOf, api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { hasEnded, type Job } from '../../jobs/job.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { checkView, findJob } from './check-view.ts';
import { checkOfCursor, cursorOf } from './cursor.ts';
import { createEventStreams } from './send-events.ts';

/** Open event streams of one person's checks. */
const MAX_STREAMS = 64;

/** What became of accepted checks. */
export async function checkStatusRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { ledger, log } = context;
  const handle = handlerOf(app);
  const openEvents = createEventStreams(
    { each: MAX_STREAMS, all: context.streamsAtOnce ?? MAX_STREAMS },
    context.signal,
  );

  handle(api.v1Checks.list, async ({ query: { state, cursor, limit }, reply }) => {
    const before = cursor === undefined ? undefined : checkOfCursor(cursor);
    const jobs = await ledger.list({ states: state, before, limit: limit + 1 });
    const shown = jobs.slice(0, limit);
    const last = shown.at(-1);
    const next = jobs.length > limit && last ? cursorOf(last.id) : null;
    if (next !== null) {
      const asked = { limit: String(limit), cursor: next, ...(state === undefined ? {} : { state: state.join(',') }) };
      reply.header('link', `<${addressOf(api.v1Checks.list, { query: asked })}>; rel="next"`);
    }
    return { checks: await Promise.all(shown.map((job) => checkView(job, log))), next };
  });

  handle(api.v1Checks.get, async ({ params: { id } }) => checkView(await findJob(id, ledger), log));

  handle(api.v1Checks.cancel, async ({ params: { id } }) => {
    const job = await ledger.cancel(id);
    if (!job) throw new TouchstoneError('not-found');
    return checkView(job, log);
  });

  handle(api.v1Checks.events, async ({ params: { id }, reply }) => {
    const job = await findJob(id, ledger);
    const events = openEvents(reply);
    // One after the other: the record of the last change may take longer to read than that of none.
    let telling = Promise.resolve();
    const tell = (changed: Job): Promise<void> => {
      telling = telling.then(async () => {
        const view = await checkView(changed, log);
        events.tell('check', view);
        if (hasEnded(changed)) events.end();
      });
      return telling;
    };
    ledger.subscribe((changed) => {
      if (changed.id !== id) return;
      tell(changed).catch((error: unknown) => {
        context.logger.warn({ err: error }, 'a change of a check could not be told');
        events.cut();
      });
    }, events.over);
    // It may have changed between the first look and now.
    const now = (await ledger.get(id)) ?? job;
    await tell(now).catch(() => events.cut());
  });
}

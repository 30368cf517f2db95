import { TouchstoneError } from '@touchstone/shared';
import { addressOf, api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { hasEnded, type Job } from '../../jobs/job.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { checkView, findJob } from './check-view.ts';
import { cursorOf, idOfCursor } from './cursor.ts';

/** Open event streams of checks. */
const MAX_STREAMS = 64;

/** A line at least this often shows both ends that the other is there. Milliseconds. */
const HEARTBEAT_MS = 15_000;

/** What became of accepted checks. */
export async function checkStatusRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { ledger, log } = context;
  const handle = handlerOf(app);
  let streams = 0;

  handle(api.v1Checks.list, async ({ query: { state, cursor, limit }, reply }) => {
    const before = cursor === undefined ? undefined : idOfCursor(cursor);
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
    if (streams >= MAX_STREAMS) throw new TouchstoneError('busy');
    streams += 1;
    reply.hijack();
    const response = reply.raw;
    const closed = new AbortController();
    const over = AbortSignal.any([closed.signal, context.signal]);
    response.once('close', () => {
      streams -= 1;
      closed.abort();
    });
    // One after the other: the record of the last change may take longer to read than that of none.
    let telling = Promise.resolve();
    const tell = (changed: Job): Promise<void> => {
      telling = telling.then(async () => {
        const view = await checkView(changed, log);
        if (response.writableEnded) return;
        response.write(`event: check\ndata: ${JSON.stringify(view)}\n\n`);
        if (hasEnded(changed)) response.end();
      });
      return telling;
    };
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    over.addEventListener('abort', () => {
      clearInterval(heartbeat);
      response.end();
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    ledger.subscribe((changed) => {
      if (changed.id !== id) return;
      tell(changed).catch((error: unknown) => {
        context.logger.warn({ err: error }, 'a change of a check could not be told');
        response.destroy();
      });
    }, over);
    // It may have changed between the first look and now.
    const now = (await ledger.get(id)) ?? job;
    await tell(now).catch(() => response.destroy());
  });
}

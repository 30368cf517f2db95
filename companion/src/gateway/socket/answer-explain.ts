import { type ClientMessage, TouchstoneError, toErrorReport } from '@touchstone/shared';
import { findPicture } from '../../pipeline/find-picture.ts';
import type { RecentPicture } from '../../pipeline/recent-pictures.ts';
import type { GatewayContext } from '../context.ts';
import type { Connection } from './connection.ts';
import type { InFlight } from './in-flight.ts';
import type { KnownBrowser } from './socket-door.ts';

type ExplainMessage = Extract<ClientMessage, { type: 'explain' }>;

/** A card knows its record; where the log does not (a private window, a deleted record), the picture is gone. */
async function pictureFor(context: GatewayContext, recordId: string): Promise<RecentPicture> {
  try {
    return await findPicture(context.log, context.recent, recordId);
  } catch (error) {
    if (error instanceof TouchstoneError && error.code === 'not-found') throw new TouchstoneError('picture-not-kept');
    throw error;
  }
}

/** Takes a place among the unanswered questions of this client; one too many is no reason to cut it off. */
function begin(inFlight: InFlight, id: number): AbortSignal {
  try {
    return inFlight.begin(id, 0);
  } catch (error) {
    if (error instanceof TouchstoneError && error.code === 'window-exceeded') throw new TouchstoneError('busy');
    throw error;
  }
}

/**
 * Answers `explain`; ends early when the client cancels or goes away.
 * @param inFlight questions of this client, apart from its captures: they do not use up its window
 * @throws TouchstoneError `bad-message` for an id that is still unanswered, `busy` beyond the window
 */
export async function answerExplain(
  { outbox }: Connection,
  context: GatewayContext,
  { inFlight, browser }: { readonly inFlight: InFlight; readonly browser: KnownBrowser },
  { id, recordId }: ExplainMessage,
): Promise<void> {
  const signal = begin(inFlight, id);
  try {
    if (context.draining()) throw new TouchstoneError('shutting-down');
    await context.door.admit(browser, { type: 'explain' });
    const client = browser.id;
    const explanation = await context.pipeline.explain({ ...(await pictureFor(context, recordId)), client, signal });
    outbox.send({ type: 'explanation', id, explanation });
  } catch (error) {
    if (!(error instanceof TouchstoneError)) context.logger.error({ err: error }, 'an explanation failed unexpectedly');
    if (error instanceof TouchstoneError && error.code === 'not-paired') throw error;
    outbox.send({ type: 'error', id, error: toErrorReport(error) });
  } finally {
    inFlight.end(id);
  }
}

import type { ServerResponse } from 'node:http';
import { api, type HISTORY_EVENTS } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import type * as v from 'valibot';
import type { LogEvent } from '../../store/record-store.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { createStreamPlaces } from '../stream-places.ts';

/** A line at least this often shows both ends that the other is there. */
const HEARTBEAT_MS = 15_000;

/** How often the status is compared with the one sent last. */
const STATUS_INTERVAL_MS = 1_000;

/** Open event streams of one person; a page has one. */
const MAX_STREAMS = 32;

/** Unsent bytes above which a page that does not read is cut off; it connects again and loads the list anew. */
const CUT_ABOVE_BYTES = 4 * 1024 * 1024;

type EventName = keyof typeof HISTORY_EVENTS;
type EventData<Name extends EventName> = v.InferOutput<(typeof HISTORY_EVENTS)[Name]>;

function write<Name extends EventName>(response: ServerResponse, name: Name, data: EventData<Name>): void {
  response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  if (response.writableLength > CUT_ABOVE_BYTES) response.destroy();
}

function writeLogEvent(response: ServerResponse, event: LogEvent): void {
  if (event.type === 'record') write(response, 'record', event.record);
  else if (event.type === 'label') write(response, 'label', { id: event.id, label: event.label });
  else if (event.type === 'cases') write(response, 'cases', {});
  else if (event.type === 'restored') write(response, 'restored', { deletion: event.deletion });
  else if (event.type === 'deleted')
    write(response, 'deleted', { ids: event.ids === 'filter' ? 'filter' : [...event.ids] });
}

function serveEvents(response: ServerResponse, context: GatewayContext, ended: AbortSignal): void {
  let sent = '';
  const tellStatus = (): void => {
    const status = context.status();
    const text = JSON.stringify(status);
    if (text === sent) return;
    sent = text;
    write(response, 'status', status);
  };
  const statusTimer = setInterval(tellStatus, STATUS_INTERVAL_MS);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  ended.addEventListener('abort', () => {
    clearInterval(statusTimer);
    clearInterval(heartbeat);
    response.end();
  });
  context.log.subscribe((event) => writeLogEvent(response, event), ended);
  tellStatus();
}

/** What changes in the log, as it changes, until either side ends it. */
export async function eventRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const take = createStreamPlaces({ each: MAX_STREAMS, all: context.streamsAtOnce ?? MAX_STREAMS });
  handlerOf(app)(api.history.events, async ({ request, reply }) => {
    const leave = take(request.owner);
    reply.hijack();
    const response = reply.raw;
    const closed = new AbortController();
    response.once('close', () => {
      leave();
      closed.abort();
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    serveEvents(response, context, AbortSignal.any([closed.signal, context.signal]));
  });
}

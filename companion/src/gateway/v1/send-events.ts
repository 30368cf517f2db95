import type { FastifyReply } from 'fastify';
import { createStreamPlaces, type StreamLimits } from '../stream-places.ts';

/** A line at least this often shows both ends that the other is there. Milliseconds. */
const HEARTBEAT_MS = 15_000;

export interface EventStream {
  /** Sends one event. */
  tell(name: string, data: unknown): void;
  end(): void;
  /** Ends it as a connection that broke: not everything was told. */
  cut(): void;
  /** Aborts when either side has ended it. */
  readonly over: AbortSignal;
}

/**
 * Makes what opens server-sent events on the bare response of a reply.
 * @param limits of streams at a time; beyond them TouchstoneError `busy`
 * @param ending aborts with the gateway
 */
export function createEventStreams(limits: StreamLimits, ending: AbortSignal): (reply: FastifyReply) => EventStream {
  const take = createStreamPlaces(limits);
  return (reply) => {
    const leave = take(reply.request.owner);
    reply.hijack();
    const response = reply.raw;
    const closed = new AbortController();
    const over = AbortSignal.any([closed.signal, ending]);
    response.once('close', () => {
      leave();
      closed.abort();
    });
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    over.addEventListener('abort', () => {
      clearInterval(heartbeat);
      response.end();
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    return {
      over,
      tell(name, data) {
        if (!response.writableEnded) response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      },
      end: () => response.end(),
      cut: () => response.destroy(),
    };
  };
}

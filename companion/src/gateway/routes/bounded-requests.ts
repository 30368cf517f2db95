import { TouchstoneError } from '@touchstone/shared';
import type { FastifyReply } from 'fastify';

/**
 * Counts requests from before their body is read until their connection is done with them. Nothing waits: whoever sends
 * a body asks again (`busy` is retryable), and a body that waits would fill the memory or hold the connection.
 * @param limit requests at a time
 * @returns takes a place for the request of a reply, and gives it back when that is closed
 * @throws TouchstoneError `busy` when all places are taken
 */
export function boundedRequests(limit: number): (reply: FastifyReply) => void {
  let running = 0;
  return (reply) => {
    if (running >= limit) throw new TouchstoneError('busy');
    running += 1;
    reply.raw.once('close', () => {
      running -= 1;
    });
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { createStreamPlaces, type StreamLimits } from '../stream-places.ts';

/** How many times more places a team has than one of its people. */
const PEOPLE_AT_ONCE = 4;

/**
 * Places of one kind of request: all of them for the one person of a computer; in a team each has a share, which nobody else can take.
 * @param each of one person in a team
 */
export const sharesOf = (
  { isOfTeam }: { readonly isOfTeam?: true },
  limit: number,
  each: number = limit,
): StreamLimits => (isOfTeam ? { each, all: each * PEOPLE_AT_ONCE } : { each: limit, all: limit });

/**
 * Counts requests from before their body is read until their connection is done with them. Nothing waits: whoever sends
 * a body asks again (`busy` is retryable), and a body that waits would fill the memory or hold the connection.
 * @param limits requests at a time
 * @returns takes a place for a request, and gives it back when its reply is closed
 * @throws TouchstoneError `busy` when all places are taken
 */
export function boundedRequests(limits: StreamLimits): (request: FastifyRequest, reply: FastifyReply) => void {
  const take = createStreamPlaces(limits);
  return ({ owner }, reply) => {
    reply.raw.once('close', take(owner));
  };
}

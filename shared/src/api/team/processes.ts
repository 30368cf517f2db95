import * as v from 'valibot';
import { Lane } from '../../capture.ts';
import { FiniteNumber } from '../../finite-number.ts';
import { json, type RouteGroup } from '../route.ts';
import { LOG_ERRORS } from '../route-errors.ts';

/** What the processes of a team do now. */
export const TeamProcesses = v.object({
  /** Milliseconds since 1970, as the database's clock says. */
  at: FiniteNumber,
  /** Version of the server that answers. */
  version: v.string(),
  /** Workers that gave a sign within some seconds. */
  workers: v.array(
    v.object({
      /** Its machine, and what tells it from others there. */
      id: v.string(),
      /** Empty of a worker that does not say it. */
      version: v.string(),
      /** As `name@version`. */
      packs: v.array(v.string()),
      /** Checks in its hands. */
      working: FiniteNumber,
    }),
  ),
  /** Of each pack and lane for which a check has not ended, by the name of the queue. */
  queues: v.array(
    v.object({
      queue: v.string(),
      lane: Lane,
      waiting: FiniteNumber,
      working: FiniteNumber,
      /** When the one that waits longest was accepted; null: none waits. */
      oldest: v.nullable(FiniteNumber),
      /** Whether a living worker takes from it. */
      served: v.boolean(),
    }),
  ),
});
export type TeamProcesses = v.InferOutput<typeof TeamProcesses>;

export const processes = {
  get: {
    method: 'GET',
    path: '/api/team/processes',
    access: 'either',
    summary: 'The workers that live with what they have in hand, and how long each queue is.',
    answer: json(TeamProcesses),
    errors: LOG_ERRORS,
  },
} as const satisfies RouteGroup;

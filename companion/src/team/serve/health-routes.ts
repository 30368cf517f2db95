import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { GatewayContext } from '../../gateway/context.ts';
import { handlerOf } from '../../gateway/handle.ts';
import type { TeamDatabase } from '../database/open-database.ts';

/** HTTP status of a server that takes no work now (RFC 9110, 15.6.4). */
const UNAVAILABLE = 503;

/** How long the database may take to say that it is there, in milliseconds. */
const ANSWER_MS = 2_000;

/** Whether a team's server lives, and whether it takes work; that work gets done is for workers. */
export async function healthRoutes(
  app: FastifyInstance,
  { draining }: Pick<GatewayContext, 'draining'>,
  { kysely }: Pick<TeamDatabase, 'kysely'>,
): Promise<void> {
  const handle = handlerOf(app);

  /** Anybody may ask, and the connections to the database are few: they all share one question. */
  let asking: Promise<boolean> | undefined;

  async function answers(): Promise<boolean> {
    const late = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), ANSWER_MS).unref();
    });
    asking ??= sql`SELECT 1`
      .execute(kysely)
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asking = undefined;
      });
    return Promise.race([asking, late]);
  }

  handle(api.v1System.health, async () => ({ status: 'ok' }) as const);
  handle(api.v1System.ready, async ({ reply }) => {
    const parts = { stopping: draining(), log: !(await answers()) };
    const missing = (['stopping', 'log'] as const).filter((part) => parts[part]);
    if (missing.length > 0) reply.code(UNAVAILABLE);
    return { ready: missing.length === 0, missing };
  });
}

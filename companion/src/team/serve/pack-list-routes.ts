import { teamApi } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { handlerOf } from '../../gateway/handle.ts';
import { type PackRooms, packsToChoose } from '../settings/choices-of-team.ts';

/** The packs that an admin can choose for everybody. */
export async function packListRoutes(app: FastifyInstance, rooms: PackRooms): Promise<void> {
  handlerOf(app)(teamApi.choices.packs, async () => ({ packs: await packsToChoose(rooms) }));
}

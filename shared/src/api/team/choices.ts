import * as v from 'valibot';
import { FiniteNumber } from '../../finite-number.ts';
import { json, type RouteGroup } from '../route.ts';
import { LOG_ERRORS } from '../route-errors.ts';

/** Packs of the workers that live now, and of the server that answers. */
export const PacksToChoose = v.object({
  packs: v.array(
    v.object({
      name: v.string(),
      version: v.string(),
      tier: v.picklist(['quick', 'thorough']),
      /** How many workers have it. */
      workers: FiniteNumber,
    }),
  ),
});
export type PacksToChoose = v.InferOutput<typeof PacksToChoose>;

export const choices = {
  packs: {
    method: 'GET',
    path: '/api/team/packs',
    access: 'either',
    summary: 'The packs that `PATCH /api/settings` can choose for everybody, as `name@version`.',
    answer: json(PacksToChoose),
    errors: LOG_ERRORS,
  },
} as const satisfies RouteGroup;

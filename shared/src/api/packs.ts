import * as v from 'valibot';
import { PackStatus } from '../status.ts';
import { GivenPack } from './checks.ts';
import { json, jsonBody, type RouteGroup } from './route.ts';

/** `name@version`, or a name of which one version was installed. */
export const RemovePackRequest = v.strictObject({ pack: GivenPack });
/** `name@version` of what is gone. */
export const RemovedPack = v.object({ pack: v.string() });
export const PackList = v.object({ packs: v.array(PackStatus) });

export const packs = {
  refresh: {
    method: 'POST',
    path: '/api/packs/refresh',
    access: 'control',
    summary: 'Takes up the packs that were installed since; work under way ends on the versions it began with.',
    answer: json(PackList),
    errors: [],
  },
  remove: {
    method: 'POST',
    path: '/api/packs/remove',
    access: 'control',
    summary: 'Removes an installed version of a pack, once the work that began with it has ended.',
    body: jsonBody(RemovePackRequest),
    answer: json(RemovedPack),
    errors: ['pack-unknown', 'pack-in-use'],
  },
} as const satisfies RouteGroup;

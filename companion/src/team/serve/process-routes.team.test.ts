import type { TeamProcesses } from '@touchstone/shared/api';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { COMPANION_VERSION } from '../../records/companion-version.ts';
import { DESK_PACK, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { TENANT } from '../open-team.ts';

const databases = testDatabases({ fsync: 'off' });
const HUNG_MS = 60_000;

/** A pack that a worker of another machine has. */
const FAR = { name: 'far', version: '2.0.0', tier: 'thorough' } as const;

it('shows admins workers and queues, with nothing of what is checked', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'admin'), await desk.join('Ben', 'analyst')];
  const { kysely } = desk.team.database;
  const read = async () => (await ann.page('/api/team/processes')).json() as TeamProcesses;
  await expect
    .poll(async () => (await read()).workers.map(({ id: _, ...worker }) => worker), { timeout: HUNG_MS })
    .toEqual([{ version: COMPANION_VERSION, packs: [`${DESK_PACK.name}@${DESK_PACK.version}`], working: 0 }]);
  expect((await ben.page('/api/team/processes')).status).toBe(403);
  expect((await read()).queues).toEqual([]);

  await sql`INSERT INTO workers (tenant, id, seen, packs)
    VALUES (${TENANT}, 'elsewhere', now() + interval '1 hour', ${JSON.stringify([FAR])})`.execute(kysely);
  await ann.page('/api/settings', { method: 'PATCH', body: '{"thoroughPack":"far@2.0.0"}' });
  await ben.program('/v1/checks?fileName=zanzibar.png', { method: 'POST', body: 'a picture' });
  const queue = { queue: 'checks/far/2.0.0', lane: 'asked', waiting: 1, working: 0, oldest: expect.any(Number) };
  const { queues, workers } = await read();
  expect(queues).toEqual([{ ...queue, served: true }]);
  expect(workers).toContainEqual({ id: 'elsewhere', version: '', packs: ['far@2.0.0'], working: 0 });
  // It waits in vain once the worker is silent.
  await sql`UPDATE workers SET seen = now() - interval '1 hour' WHERE id = 'elsewhere'`.execute(kysely);
  const later = await read();
  expect(later.queues).toEqual([{ ...queue, served: false }]);
  expect(later.workers.map(({ id }) => id)).not.toContain('elsewhere');
  for (const word of ['zanzibar', ben.id, 'Ben']) expect(JSON.stringify(later)).not.toContain(word);
});

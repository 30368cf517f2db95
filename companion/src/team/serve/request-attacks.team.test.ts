import { it } from 'vitest';
import { REQUEST_FORM_ATTACKS } from '../../gateway/fixtures/request-form-attacks.ts';
import { attackedDesk } from '../fixtures/attacked-desk.ts';
import { startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

it('attack: every form of a request that is tried against a companion', { timeout: 600_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const server = attackedDesk(desk, await desk.join('Ann', 'admin'));
  for (const [name, attack] of Object.entries(REQUEST_FORM_ATTACKS))
    await attack(server).catch((cause: unknown) => {
      throw new Error(`${name}: ${cause}`, { cause });
    });
});

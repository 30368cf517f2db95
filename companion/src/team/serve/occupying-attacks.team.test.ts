import { it } from 'vitest';
import { FLOOD_ATTACKS, UNPROVEN_ATTACKS } from '../../gateway/fixtures/flood-attacks.ts';
import { OCCUPYING_ATTACKS, SLOW_ATTACKS } from '../../gateway/fixtures/slow-attacks.ts';
import { attackedDesk } from '../fixtures/attacked-desk.ts';
import { OF_PROXY, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

/** Places that a test can take; the rule by which they are given is that of a server with thousands. */
const FEW = { connections: 256, unproven: 64 };

async function start(limits?: typeof FEW) {
  const desk = await startDesk(await databases.fresh(), { ...(limits && { limits }) });
  const ann = await desk.join('Ann', 'analyst');
  return {
    ...attackedDesk(desk, ann),
    headers: OF_PROXY,
    places: FEW.connections,
    unproven: FEW.unproven,
    before: await ann.stream(),
    comeBack: () => ann.stream(),
    pair: () => ann.letIn(),
    judged: () => desk.worker.requests.length + desk.here.requests.length,
  };
}

type Attacked = Awaited<ReturnType<typeof start>>;
type Attacks = Readonly<Record<string, (server: Attacked) => Promise<void>>>;

const begun = (attacks: Attacks, server: Attacked) =>
  Object.entries(attacks).map(
    ([name, attack]) =>
      () =>
        attack(server).catch((cause: unknown) => {
          throw new Error(`${name}: ${cause}`, { cause });
        }),
  );

it('attack: all that slow callers try against a companion', { timeout: 600_000 }, async () => {
  const server = await start(FEW);
  await Promise.all(begun(SLOW_ATTACKS, server).map((attack) => attack()));
});

it('attack: all that takes the places of a companion and keeps them', { timeout: 600_000 }, async () => {
  const server = await start(FEW);
  for (const attack of begun({ ...OCCUPYING_ATTACKS, ...UNPROVEN_ATTACKS }, server)) await attack();
});

it('attack: all that takes them by coming again and again', { timeout: 600_000 }, async () => {
  const server = await start();
  for (const attack of begun(FLOOD_ATTACKS, server)) await attack();
});

import { it } from 'vitest';
import { STREAM_ATTACKS } from '../../gateway/fixtures/stream-attacks.ts';
import { OF_PROXY, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

it('attack: all that a paired browser tries against a companion, by one person against another', {
  timeout: 600_000,
}, async () => {
  const desk = await startDesk(await databases.fresh(), { judgesHere: true });
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  for (const [name, attack] of Object.entries(STREAM_ATTACKS)) {
    const [attacker, honest] = [await ann.stream(), await ben.stream()];
    const before = desk.worker.requests.length;
    const { hold, release } = desk.worker;
    await attack({
      port: desk.port,
      headers: OF_PROXY,
      attacker,
      honest,
      hold,
      release,
      async inWork() {
        const { pending, processing } = await desk.team.ledger.counts();
        return pending.asked + pending.bulk + processing;
      },
      judged: () => desk.worker.requests.length - before,
    }).catch((cause: unknown) => {
      throw new Error(`${name}: ${cause}`, { cause });
    });
    for (const { socket } of [attacker, honest]) socket.terminate();
  }
});

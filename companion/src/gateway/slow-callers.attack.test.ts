import { it } from 'vitest';
import { MAX_CONNECTIONS } from './connection-places.ts';
import { attackedCompanion } from './fixtures/attacked-companion.ts';
import { OCCUPYING_ATTACKS, SLOW_ATTACKS } from './fixtures/slow-attacks.ts';
import { enter, pairWith } from './fixtures/stream-client.ts';
import { startTestCompanion } from './fixtures/test-companion.ts';

it.each(Object.entries({ ...SLOW_ATTACKS, ...OCCUPYING_ATTACKS }))(
  'attack: %s',
  { timeout: 300_000 },
  async (_, attack) => {
    const test = await startTestCompanion();
    const { port, newPairing } = test.companion;
    const pairing = await pairWith(port, newPairing().code);
    await attack({
      ...attackedCompanion(test),
      places: MAX_CONNECTIONS,
      before: await enter(port, pairing),
      comeBack: () => enter(port, pairing),
      judged: () => test.pipeline.requests.length,
    });
  },
);

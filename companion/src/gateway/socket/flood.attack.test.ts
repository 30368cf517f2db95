import { test } from 'vitest';
import { FLOOD_ATTACKS, UNPROVEN_ATTACKS } from '../fixtures/flood-attacks.ts';
import { pairWith } from '../fixtures/stream-client.ts';
import { startTestCompanion } from '../fixtures/test-companion.ts';
import { MAX_UNAUTHENTICATED } from './connections.ts';

test.each(Object.entries({ ...FLOOD_ATTACKS, ...UNPROVEN_ATTACKS }))(
  'attack: %s',
  { timeout: 300_000 },
  async (_, attack) => {
    const { companion } = await startTestCompanion();
    const { port } = companion;
    await attack({
      port,
      headers: { host: `127.0.0.1:${port}` },
      unproven: MAX_UNAUTHENTICATED,
      pair: () => pairWith(port, companion.newPairing().code),
    });
  },
);

import { test } from 'vitest';
import { STREAM_ATTACKS } from '../fixtures/stream-attacks.ts';
import { enter, pairWith } from '../fixtures/stream-client.ts';
import { startTestCompanion } from '../fixtures/test-companion.ts';

test.each(Object.entries(STREAM_ATTACKS))('attack: %s', { timeout: 300_000 }, async (_, attack) => {
  const { companion, pipeline } = await startTestCompanion();
  const { port } = companion;
  const newBrowser = async () => enter(port, await pairWith(port, companion.newPairing().code));
  await attack({
    port,
    headers: {},
    attacker: await newBrowser(),
    honest: await newBrowser(),
    hold: pipeline.hold,
    release: pipeline.release,
    inWork: async () => pipeline.requests.filter(({ signal }) => !signal?.aborted).length,
    judged: () => pipeline.requests.length,
  });
});

import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FuzzTarget } from './fuzz-target.ts';
import type { FuzzOrder, FuzzReport } from './protocol.ts';
import { randomOfInput } from './seeded-random.ts';

// A process of its own for each target: it may crash, hang and be killed, and its memory is capped.

function say(report: FuzzReport): void {
  process.send?.(report);
}

async function work({ target: name, seed, from, count }: FuzzOrder, stop: AbortSignal): Promise<void> {
  const { target } = (await import(join(import.meta.dirname, 'targets', `${name}.ts`))) as { target: FuzzTarget };
  let inputs = 0;
  for (; inputs < count && !stop.aborted; inputs++) {
    // Lets `stop` in: a target may never wait for anything.
    await setImmediate();
    const input = from + inputs;
    say({ type: 'begins', input });
    try {
      await target.run(randomOfInput(seed, name, input), stop);
    } catch (error) {
      if (stop.aborted) break;
      say({ type: 'finding', input, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  await target.close?.();
  say({ type: 'ended', inputs, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) });
}

const stop = new AbortController();
process.on('message', (message: FuzzOrder | 'stop') => {
  if (message === 'stop') stop.abort();
  else void work(message, stop.signal).then(() => process.disconnect());
});

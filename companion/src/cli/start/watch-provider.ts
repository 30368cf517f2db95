import { setTimeout as wait } from 'node:timers/promises';
import type { CompanionStatus } from '@touchstone/shared';

/** The trial of a faster provider starts some seconds after the first picture and takes a few more. */
const WATCH_MS = 60_000;
const LOOK_EVERY_MS = 500;

/** Says which execution provider runs once the trial of the faster ones has ended. */
export async function announceProvider(status: () => CompanionStatus, signal: AbortSignal): Promise<void> {
  const first = status().providerReason;
  for (const deadline = Date.now() + WATCH_MS; Date.now() < deadline; ) {
    await wait(LOOK_EVERY_MS, undefined, { signal, ref: false });
    const { provider, providerReason } = status();
    if (providerReason === first) continue;
    process.stdout.write(`Runs on ${provider}: ${providerReason}\n`);
    return;
  }
}

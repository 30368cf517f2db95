import pc from 'picocolors';
import type { RunningCompanion } from '../../daemon/start-contract.ts';
import { needCompanion } from '../link/companion-link.ts';
import { reportError } from '../terminal/fail.ts';
import { statusText } from '../terminal/status-text.ts';
import { working } from '../terminal/working.ts';
import { checkSample } from './check-sample.ts';
import { offerRecommendedPack } from './offer-pack.ts';
import { showFirstSteps } from './show-first-steps.ts';
import { announceProvider } from './watch-provider.ts';

/** What a person sees once the companion listens: that it works, on what, and what to do next. */
export async function welcome(companion: RunningCompanion, open: boolean, signal: AbortSignal): Promise<void> {
  process.stdout.write(`${pc.green('✓')} Touchstone is up on http://127.0.0.1:${companion.port}\n`);
  await working('Checking a sample photo', () => checkSample(companion.pipeline, signal)).catch((error: unknown) => {
    if (signal.aborted) throw error;
    // Pairing and the history work without a model, and the error says how to repair it.
    reportError(error);
  });
  process.stdout.write(`\n${statusText(companion.status())}\n`);
  await showFirstSteps(await needCompanion(), open);
  process.stdout.write('\nHistory page: npm run touchstone open.   Stop: Ctrl-C.\n');
  offerRecommendedPack(companion.home, signal).catch((error: unknown) => {
    if (!signal.aborted) reportError(error);
  });
  announceProvider(companion.status, signal).catch(() => {
    // Stopped meanwhile.
  });
}

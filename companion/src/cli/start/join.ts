import pc from 'picocolors';
import { COMPANION_VERSION } from '../../records/companion-version.ts';
import type { CompanionLink } from '../link/companion-link.ts';
import { statusText } from '../terminal/status-text.ts';
import { showFirstSteps } from './show-first-steps.ts';

/** A companion runs already: says so and gives what a start would give. @returns exit code */
export async function join(link: CompanionLink, open: boolean): Promise<number> {
  const { status } = link;
  process.stdout.write(`${pc.green('✓')} Touchstone already runs on http://127.0.0.1:${status.port}\n`);
  if (status.version !== COMPANION_VERSION) {
    process.stdout.write(
      `  It is version ${status.version}; this folder holds ${COMPANION_VERSION}. To change over: npm run touchstone stop, then npm start.\n`,
    );
  }
  process.stdout.write(`\n${statusText(status)}\n`);
  await showFirstSteps(link, open);
  process.stdout.write('\nHistory page: npm run touchstone open.   Stop: npm run touchstone stop.\n');
  return 0;
}

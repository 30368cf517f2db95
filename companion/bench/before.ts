import '@touchstone/models/telemetry-off';
import { printComparison } from './against.ts';
import { commitBefore } from './check-out.ts';
import { pictureCostAgainst } from './picture-cost.ts';

/**
 * `npm run bench:before`: what a picture costs beside the commit before this checkout, in about a minute. For whoever reads the
 * output of `npm test`: the figures of a machine that does something else meanwhile decide nothing, so the exit code is 0 whatever they are.
 */
const LIMITS = { rounds: 6, limitMs: 30_000 };

const revision = await commitBefore();
if (revision === undefined) {
  console.log('Not compared: git does not know a commit before this one here.');
} else {
  try {
    const { comparisons, rounds } = await pictureCostAgainst(revision, LIMITS);
    console.log(`Beside ${revision}, ${rounds} rounds by turns; "times worse" below 1 is better:`);
    printComparison(comparisons);
  } catch (error) {
    // Another commit may want packages that cannot be had now, or speak otherwise.
    console.log(`Not compared with ${revision}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

import '../runtime/telemetry-off.ts';
import { TouchstoneError } from '@touchstone/shared';
import { watchOverThisProcess } from '../child/watchdog.ts';
import { openOnce } from './open-once.ts';
import { probeGraph } from './probe-graph.ts';
import { REFUSALS, type TrialAnswer, type TrialOrder } from './try-model.ts';

/** Child process: `node try-model-child.ts ORDER` writes one TrialAnswer to its standard output. */
async function answer(order: TrialOrder): Promise<TrialAnswer> {
  try {
    if (order.type === 'probe') return { type: 'facts', facts: await probeGraph(order.path, order.input) };
    await openOnce(order);
    return { type: 'opened' };
  } catch (error) {
    if (!(error instanceof TouchstoneError)) return { type: 'refused', code: 'pack-invalid', detail: String(error) };
    const code = REFUSALS.find((known) => known === error.code) ?? 'pack-invalid';
    return { type: 'refused', code, detail: error.detail };
  }
}

watchOverThisProcess();
// The parent is ours and has built the order itself.
const order = JSON.parse(process.argv[2] ?? '') as TrialOrder;
process.stdout.write(`${JSON.stringify(await answer(order))}\n`);

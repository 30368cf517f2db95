import { addressOf, api, MAX_WAIT_SECONDS } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { withoutPrivateFacts } from '../../report/public-record.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { goneSignal } from '../routes/gone-signal.ts';
import { sayIfAccepted } from '../v1/accept-checks.ts';
import { checkView, findJob } from '../v1/check-view.ts';
import { waitForJobs } from '../v1/wait-for-jobs.ts';
import { absoluteUrl } from './absolute-url.ts';
import { detectionStateOf, inferenceStatusOf, predictionOf } from './alias-shapes.ts';
import { recordsAfter } from './records-after.ts';

/** The other addresses of what was accepted and of what was said. */
export async function aliasRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { ledger, log } = context;
  const handle = handlerOf(app);

  handle(api.aliases.process, async ({ params: { id }, reply }) => {
    const [job] = await waitForJobs([await findJob(id, ledger)], ledger, MAX_WAIT_SECONDS, goneSignal(reply));
    const latest = job ?? (await findJob(id, ledger));
    sayIfAccepted([latest], reply);
    return detectionStateOf(await checkView(latest, log));
  });

  handle(api.aliases.status, async ({ params: { id } }) => {
    const check = await checkView(await findJob(id, ledger), log);
    return inferenceStatusOf(check, absoluteUrl(check.url, context));
  });

  handle(api.aliases.predictions, async ({ query: { skip, limit } }) => {
    const records = await recordsAfter(log, { skip, limit });
    return records.map((record) => {
      const path = addressOf(api.v1Records.get, { params: { id: record.id } });
      return predictionOf(withoutPrivateFacts(record), absoluteUrl(path, context));
    });
  });
}

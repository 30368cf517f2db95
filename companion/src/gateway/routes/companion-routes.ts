import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { companionProgram } from '../../autostart/program.ts';
import { isOn, type Starter, starterFor, switchOff, switchOn } from '../../autostart/starter.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';

/** @throws TouchstoneError `autostart-failed` on a platform without */
const starter = (): Starter => starterFor(process.platform, companionProgram());

/** Status, settings, and what only the command line may ask for. */
export async function companionRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { settings } = context;

  const handle = handlerOf(app);

  handle(api.companion.status, async () => context.status());
  handle(api.companion.shutdown, async () => {
    context.onShutdown();
    return { stopping: true };
  });

  handle(api.settings.get, async () => settings.current());
  handle(api.settings.change, async ({ body }) => settings.update(body));

  handle(api.settings.autostart, async () => ({ on: isOn(starter()) }));
  handle(api.settings.switchAutostart, async ({ body: { on } }) => {
    await (on ? switchOn(starter(), 'later') : switchOff(starter(), 'later'));
    context.logger.info({ on }, 'start at login switched');
    return { on };
  });

  handle(api.links.pairing, async () => context.newPairing());
  handle(api.links.history, async ({ body }) => ({ url: context.newHistoryLink(body.recordId) }));
}

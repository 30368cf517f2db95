import type { GatewayContext } from './context.ts';

/** How often the status is compared with the one pushed last. */
const INTERVAL_MS = 2_000;

/** Tells every connected browser when the status changed: at once for settings, else within two seconds. */
export function pushStatus(context: GatewayContext): void {
  let pushed = '';
  function push(): void {
    if (context.connections.size === 0) return;
    const status = context.status();
    const text = JSON.stringify(status);
    if (text === pushed) return;
    pushed = text;
    context.connections.broadcast({ type: 'status', status });
  }
  const timer = setInterval(push, INTERVAL_MS);
  timer.unref();
  context.signal.addEventListener('abort', () => clearInterval(timer));
  context.settings.subscribe(push, context.signal);
}

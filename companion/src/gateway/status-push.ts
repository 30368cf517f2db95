import type { GatewayContext } from './context.ts';

/** How often each browser's status is compared with the one that it was told last. */
const INTERVAL_MS = 2_000;

/** Tells every connected browser when its status changed: at once for settings, else within two seconds. */
export function pushStatus({
  connections,
  settings,
  signal,
}: Pick<GatewayContext, 'connections' | 'settings' | 'signal'>): void {
  const timer = setInterval(connections.tellStatus, INTERVAL_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer));
  settings.subscribe(connections.tellStatus, signal);
}

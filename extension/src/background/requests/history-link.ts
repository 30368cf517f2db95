import { TouchstoneError } from '@touchstone/shared';
import type { ConnectionPlace } from '../connection/connection-state.ts';

/** Whether an address is one of the companion on this computer, by its port. */
function isOfComputer({ protocol, hostname, port }: URL, own: number | undefined): boolean {
  return (
    own !== undefined &&
    protocol === 'http:' &&
    (hostname === '127.0.0.1' || hostname === 'localhost') &&
    Number(port) === own
  );
}

/**
 * Checks the link to the history page before the browser opens it: it must lead to whoever gave it, the companion on this computer or
 * the team's server.
 * @throws TouchstoneError `companion-not-genuine`
 */
export function safeHistoryLink(link: string, { port, team }: ConnectionPlace): string {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const isTheirs = url && (team === undefined ? isOfComputer(url, port) : url.origin === team);
  if (!isTheirs) throw new TouchstoneError('companion-not-genuine', 'history link leads elsewhere');
  return url.href;
}

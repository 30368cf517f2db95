import type { Request } from '../../messaging/requests.ts';

/** What a message's sender is, as far as the browser vouches for it. */
export interface Sender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly frameId?: number | undefined;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/** What the scripts on the companion's own pages may ask, by request. */
const PAGES: Readonly<Partial<Record<Request['type'], string>>> = {
  pair: '/pair',
  'pair-words': '/pair',
  'history-session': '/',
};

/**
 * Whether a request may come from there: anything from the extension's own pages, `pair` and its words also from the script on
 * the pairing page, a session from the one on the history page, and then only for the port that the page itself is on. Content
 * scripts of other pages ask nothing.
 * @param ownId the extension's id @param ownRoot address of its pages, with a slash at the end
 */
export function mayRequest(request: Request, sender: Sender, ownId: string, ownRoot: string): boolean {
  if (sender.id !== ownId || sender.url === undefined || !URL.canParse(sender.url)) return false;
  if (sender.url.startsWith(ownRoot)) return true;
  const { protocol, hostname, port, pathname } = new URL(sender.url);
  return (
    sender.frameId === 0 &&
    protocol === 'http:' &&
    LOOPBACK.has(hostname) &&
    pathname === PAGES[request.type] &&
    'port' in request &&
    Number(port || 80) === request.port
  );
}

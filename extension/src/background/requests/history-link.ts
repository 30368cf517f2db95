import { TouchstoneError } from '@touchstone/shared';

/**
 * Checks the one-time link that the companion gave before the browser opens it: it must lead to the companion.
 * @throws TouchstoneError `companion-not-genuine`
 */
export function safeHistoryLink(link: string, port: number): string {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const loopback = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (url?.protocol !== 'http:' || !loopback || Number(url.port) !== port)
    throw new TouchstoneError('companion-not-genuine', 'history link leads elsewhere');
  return url.href;
}

/** Names under which this computer reaches its own loopback. Any other Host is a page that had its name rebound to us. */
const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'] as const;

/** Whether a Host header names this companion, port included. */
export function isOwnHost(host: string | undefined, port: number): host is string {
  return OWN_NAMES.some((name) => host === `${name}:${port}`);
}

/** Whether an Origin header is the companion's own, as the history page sends it. */
export function isOwnOrigin(origin: string, port: number): boolean {
  return OWN_NAMES.some((name) => origin === `http://${name}:${port}`);
}

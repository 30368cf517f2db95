/**
 * Hosts of the user's own computer and network. A public page that could make the extension fetch them would reach
 * what its own requests cannot: routers, printers, other programs on this computer.
 */

/** Names that never leave a local network, with everything under them. */
export const LOCAL_DOMAINS = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'intranet', 'corp', 'home'];

function isLocalIpv4(host: string): boolean | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  if (!parts) return undefined;
  const [a = 0, b = 0] = parts.slice(1).map(Number);
  if (a === 0 || a === 10 || a === 127) return true;
  return (
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168)
  );
}

/** An IPv6 address as URL gives it: compressed, lower case, without brackets. */
function isLocalIpv6(address: string): boolean {
  if (address === '::' || address === '::1') return true;
  // IPv4 inside IPv6 (mapped, 6to4, NAT64) is written in hexadecimal by URL: treated as local without decoding.
  if (/^(::ffff:|64:ff9b:|2002:)/.test(address)) return true;
  return /^f[cd]/.test(address) || /^fe[89ab]/.test(address);
}

/** @param hostname as `URL.hostname` gives it: numeric forms of IPv4 are already dotted, names lower case */
export function isLocalHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '');
  if (host.startsWith('[')) return isLocalIpv6(host.slice(1, -1));
  const ipv4 = isLocalIpv4(host);
  if (ipv4 !== undefined) return ipv4;
  return !host.includes('.') || LOCAL_DOMAINS.some((domain) => host.endsWith(`.${domain}`));
}

/**
 * Whether the extension may fetch an address for a page.
 * @param frameUrl address of the frame that asks @param byPerson whether a person asked for this very picture
 */
export function mayFetch(url: URL, frameUrl: string | undefined, byPerson: boolean): boolean {
  if (url.protocol === 'data:') return true;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  if (byPerson || !isLocalHost(url.hostname)) return true;
  return frameUrl !== undefined && URL.canParse(frameUrl) && new URL(frameUrl).hostname === url.hostname;
}

/**
 * The same hosts, beside LOCAL_DOMAINS, as patterns over whole addresses, for the browser's own rules against redirects
 * (RE2; each stays under the 2 kB that Chrome compiles). Every IPv6 literal is caught: pictures are not served there.
 */
export const LOCAL_ADDRESS_PATTERNS = [
  '^https?://(0|10|127)\\.[0-9.]+[:/]',
  '^https?://(192\\.168|169\\.254)\\.[0-9.]+[:/]',
  '^https?://172\\.(1[6-9]|2[0-9]|3[01])\\.[0-9.]+[:/]',
  '^https?://100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.[0-9.]+[:/]',
  '^https?://\\[',
  '^https?://[^/.:]+[:/]',
];

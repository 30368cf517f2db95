/**
 * Reads a site name as people give it: a host, or an address with its path.
 * @returns the host name in the browser's own form (lower case, punycode), or undefined
 */
export function siteName(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return undefined;
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const { hostname, username } = new URL(address);
  if (username !== '' || hostname === '' || hostname.length > 253) return undefined;
  return /^[a-z0-9.-]+$|^\[[0-9a-f:]+\]$/.test(hostname) ? hostname : undefined;
}

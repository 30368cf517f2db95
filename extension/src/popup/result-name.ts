/**
 * A short name for telling the pictures of a tab apart: the last part of the address.
 * @returns undefined where the address has none (data:, blob:, screenshots)
 */
export function resultName(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const { protocol, pathname, hostname } = new URL(address);
  if (!['http:', 'https:', 'file:'].includes(protocol)) return undefined;
  const last = pathname.split('/').filter(Boolean).at(-1);
  if (!last) return hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Of an address that names a place; `data:`, `blob:` and what is no address have none. */
function placeOf(address: string | undefined): URL | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return ['http:', 'https:', 'file:'].includes(url.protocol) ? url : undefined;
}

/** The last part of a picture's address: its name without where it was. @returns undefined where the address has none */
export function pictureName(address: string | undefined): string | undefined {
  const last = placeOf(address)?.pathname.split('/').filter(Boolean).at(-1);
  if (!last) return undefined;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** A short name for telling the pictures of a tab apart: the picture's, or else its host's. */
export function resultName(address: string | undefined): string | undefined {
  return pictureName(address) ?? placeOf(address)?.hostname;
}

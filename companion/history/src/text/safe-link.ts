/** An address that a person may follow: http or https only, in the browser's own spelling; undefined for the rest. */
export function safeLink(address: string | undefined): string | undefined {
  const url = parseAddress(address);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined;
}

/** Host name of an address (punycode where it is not ASCII), or undefined. */
export function siteOf(address: string | undefined): string | undefined {
  return parseAddress(address)?.hostname || undefined;
}

function parseAddress(address: string | undefined): URL | undefined {
  return address && URL.canParse(address) ? new URL(address) : undefined;
}

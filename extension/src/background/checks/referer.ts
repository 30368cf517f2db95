/** What the browser itself would send for a picture of that page (`strict-origin-when-cross-origin`). */
export function refererFor(url: URL, pageUrl: string | undefined): string | undefined {
  if (pageUrl === undefined || !URL.canParse(pageUrl)) return undefined;
  const page = new URL(pageUrl);
  if (page.protocol !== 'http:' && page.protocol !== 'https:') return undefined;
  // From a secure page to an insecure address browsers send none.
  if (page.protocol === 'https:' && url.protocol === 'http:') return undefined;
  if (page.origin !== url.origin) return `${page.origin}/`;
  page.hash = '';
  page.username = '';
  page.password = '';
  return page.href;
}

/** Longest name listed, in characters. */
const NAME_LENGTH = 120;

/** What a page calls a picture or video: its text, title or label, else the name of its file. May be empty. */
export function elementName(element: Element, address: string | undefined): string {
  for (const attribute of ['alt', 'title', 'aria-label']) {
    const name = element.getAttribute(attribute)?.trim();
    if (name) return name.slice(0, NAME_LENGTH);
  }
  if (!address?.startsWith('http') || !URL.canParse(address)) return '';
  const name = new URL(address).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name).slice(0, NAME_LENGTH);
  } catch {
    return name.slice(0, NAME_LENGTH);
  }
}

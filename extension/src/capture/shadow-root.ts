interface ChromeDom {
  openOrClosedShadowRoot(element: Element): ShadowRoot | null;
}
interface FirefoxElement extends Element {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

const chromeDom = (): ChromeDom | undefined =>
  (globalThis as { chrome?: { dom?: ChromeDom } }).chrome?.dom ?? undefined;

/** Elements that may carry a shadow root, beside custom elements (DOM standard, attachShadow). */
const HOSTS: ReadonlySet<string> = new Set(
  'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '),
);

/** The shadow root of an element, also a closed one: both browsers show it to content scripts. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  if (element.shadowRoot) return element.shadowRoot;
  if (!HOSTS.has(element.localName) && !element.localName.includes('-')) return null;
  const { openOrClosedShadowRoot } = element as FirefoxElement;
  if (openOrClosedShadowRoot !== undefined) return openOrClosedShadowRoot;
  return element instanceof HTMLElement ? (chromeDom()?.openOrClosedShadowRoot(element) ?? null) : null;
}

type Child = Node | string | undefined | false;

interface Properties {
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * Builds an element. Texts become text nodes: nothing that came from a page or a file is ever parsed as markup, and no
 * page policy (Trusted Types, CSP) applies.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  if (properties.class) node.className = properties.class;
  for (const [name, value] of Object.entries(properties.attributes ?? {})) node.setAttribute(name, value);
  for (const child of children) if (child) node.append(child);
  return node;
}

/** Elements and texts of one kind can take each other's content over; anything else is replaced. */
function alike(before: Node, after: Node): boolean {
  if (before instanceof Element && after instanceof Element)
    return before.namespaceURI === after.namespaceURI && before.localName === after.localName;
  return before.nodeType === Node.TEXT_NODE && after.nodeType === Node.TEXT_NODE;
}

function takeAttributes(before: Element, after: Element): void {
  for (const { name } of [...before.attributes]) if (!after.hasAttribute(name)) before.removeAttribute(name);
  for (const { name, value } of after.attributes) {
    if (before.getAttribute(name) === value) continue;
    // A page's policy may forbid style attributes; styles set by script are not subject to it.
    if (name === 'style' && before instanceof HTMLElement) before.style.cssText = value;
    else before.setAttribute(name, value);
  }
}

/**
 * Makes an element's children equal to those of another, touching only what differs: focus, scroll position, selected
 * text and what a screen reader has read stay where they are while numbers change several times a second.
 */
export function morphChildren(before: Element, after: Element): void {
  const wanted = [...after.childNodes];
  for (const [index, next] of wanted.entries()) {
    const now = before.childNodes[index];
    if (!now) before.append(next);
    else if (!alike(now, next)) now.replaceWith(next);
    else if (now instanceof Element && next instanceof Element) {
      takeAttributes(now, next);
      morphChildren(now, next);
    } else if (now.nodeValue !== next.nodeValue) now.nodeValue = next.nodeValue;
  }
  while (before.childNodes.length > wanted.length) before.lastChild?.remove();
}

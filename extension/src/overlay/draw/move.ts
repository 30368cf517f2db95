/** Puts an element at a place in the viewport, in CSS pixels, or hides it. Touches only what differs. */
export function move(node: HTMLElement, spot: { readonly x: number; readonly y: number } | undefined): void {
  // Not `visible`: that would show through the stage while it is concealed.
  const visibility = spot ? '' : 'hidden';
  if (node.style.visibility !== visibility) node.style.visibility = visibility;
  if (!spot) return;
  const transform = `translate(${spot.x}px, ${spot.y}px)`;
  if (node.style.transform !== transform) node.style.transform = transform;
}

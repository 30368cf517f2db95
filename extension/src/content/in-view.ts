/** Whether an element's box reaches into the window; one that is not laid out counts as if it did. */
export function isInView(element: Element): boolean {
  const { top, left, bottom, right } = element.getBoundingClientRect();
  return bottom >= 0 && right >= 0 && top <= innerHeight && left <= innerWidth;
}

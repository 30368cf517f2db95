/** What stands in the place of a row that is gone: the one that Tab reaches, else the way back, else what to do with an empty list. */
const IN_ITS_PLACE = ['#results [tabindex="0"]', '.undo-bar button', '.empty button'] as const;

/**
 * Moves the focus into the list after it changed: to the first of these rows that is drawn, else to what stands in their place.
 * A dialog that closes first gives the focus back to where it was; what it finds gone it leaves alone.
 */
export function focusList(ids: readonly (string | undefined)[]): void {
  const rows = ids.flatMap((id) => (id === undefined ? [] : [`[data-id="${CSS.escape(id)}"]`]));
  const focus = () => {
    for (const place of [...rows, ...IN_ITS_PLACE]) {
      const element = document.querySelector<HTMLElement>(place);
      if (!element) continue;
      element.focus();
      return;
    }
  };
  requestAnimationFrame(() => requestAnimationFrame(focus));
}

/** Rows that come into question for the focus once `gone` are: the next one that stays, then the one before. */
export function neighboursOf(order: readonly string[], gone: ReadonlySet<string>): readonly (string | undefined)[] {
  const first = order.findIndex((id) => gone.has(id));
  if (first < 0) return [];
  const stays = (id: string) => !gone.has(id);
  return [order.slice(first).find(stays), order.slice(0, first).findLast(stays)];
}

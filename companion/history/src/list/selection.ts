/** What is selected: single records, or everything the filter matches (loaded or not). */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly all: boolean;
  /** Where a range starts. */
  readonly anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), all: false, anchor: null };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.all || selection.ids.has(id);
}

export function hasSelection(selection: Selection): boolean {
  return selection.all || selection.ids.size > 0;
}

/** Adds or removes one record; it becomes the start of the next range. Leaving "everything" keeps what is loaded. */
export function toggle(selection: Selection, id: string, order: readonly string[]): Selection {
  const ids = new Set(selection.all ? order : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, all: false, anchor: id };
}

/** Selects everything between the range's start and `id`, in the order of the list. */
export function extendTo(selection: Selection, id: string, order: readonly string[]): Selection {
  const end = order.indexOf(id);
  const start = selection.anchor === null ? end : order.indexOf(selection.anchor);
  if (end < 0) return selection;
  const from = start < 0 ? end : start;
  const range = order.slice(Math.min(from, end), Math.max(from, end) + 1);
  return { ids: new Set([...selection.ids, ...range]), all: false, anchor: selection.anchor ?? id };
}

export function selectAll(): Selection {
  return { ids: new Set(), all: true, anchor: null };
}

/** Forgets records that are gone. */
export function dropFromSelection(selection: Selection, gone: ReadonlySet<string>): Selection {
  if (![...gone].some((id) => selection.ids.has(id))) return selection;
  return { ...selection, ids: new Set([...selection.ids].filter((id) => !gone.has(id))) };
}

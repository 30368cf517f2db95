/** Kept for the next pictures at most: some thirty views of a small pack. Bytes. */
const MAX_SPARE_BYTES = 4 * 1024 * 1024;

/** Memory for views. */
export interface ViewMemory {
  /** So many bytes, whatever they hold. */
  take(bytes: number): Uint8Array;
  /** Nobody waits for what is made of these views any more. */
  giveBack(views: Uint8Array): void;
}

/**
 * Memory that the inference thread shares, so that views go there without a copy. The memory of one picture takes the next: V8 counts
 * none of it, so nothing makes it collect what lies about (60 MB after 250 pictures).
 */
export function createViewMemory(): ViewMemory {
  const spare: Uint8Array[] = [];
  let held = 0;
  return {
    take(bytes) {
      const index = spare.findIndex(({ length }) => length === bytes);
      const [found] = index < 0 ? [] : spare.splice(index, 1);
      if (!found) return new Uint8Array(new SharedArrayBuffer(bytes));
      held -= bytes;
      return found;
    },
    giveBack(views) {
      const isWhole = views.buffer instanceof SharedArrayBuffer && views.length === views.buffer.byteLength;
      if (!isWhole || spare.includes(views) || views.length > MAX_SPARE_BYTES) return;
      spare.push(views);
      held += views.length;
      // The oldest makes way: of a pack that is no longer in use nobody takes any.
      while (held > MAX_SPARE_BYTES) held -= spare.shift()?.length ?? 0;
    },
  };
}

/**
 * Characters that let a page's text rearrange or hide what stands around it: controls, bidirectional overrides and
 * isolates, zero-width marks, line separators.
 */
const UNSAFE = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** Text that came from a page or a file name, fit to stand on one line among our own words. */
export function cleanText(text: string): string {
  return text.replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
}

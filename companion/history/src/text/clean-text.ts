/**
 * Characters that let a page's text rearrange or hide what stands around it: controls, bidirectional overrides and
 * isolates, zero-width marks, fillers and tags, line separators. What joins letters and emoji stays.
 */
const UNSAFE =
  /[\p{Cc}\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E0FFF}]/gu;

/** Text that came from a page or a file name, fit to stand on one line among our own words. */
export function cleanText(text: string): string {
  return text.replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
}

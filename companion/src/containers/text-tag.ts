/** A named text that a container holds about itself. */
export interface TextTag {
  readonly name: string;
  readonly text: string;
}

/** Entries that are read of one list; programs write some dozens. */
export const MAX_TAGS = 256;
/** Longest text read of one entry, in bytes; the largest ComfyUI graphs are under 1 MB. */
export const MAX_TAG_BYTES = 1024 * 1024;

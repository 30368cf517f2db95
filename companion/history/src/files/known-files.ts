import { TouchstoneError } from '@touchstone/shared';

/**
 * Files that a person gave this page, for as long as it is open: the browser's own references, which hold no bytes. With
 * them a video, which is never kept, or a picture whose original is not, is checked again without being chosen again.
 */
const files = new Map<string, File>();

/** The oldest are forgotten beyond this. */
const MOST_KNOWN = 200;

/** @param sha256 of the file's bytes, as its record says */
export function rememberFile(sha256: string, file: File): void {
  files.delete(sha256);
  files.set(sha256, file);
  for (const oldest of files.keys()) {
    if (files.size <= MOST_KNOWN) return;
    files.delete(oldest);
  }
}

export const knownFile = (sha256: string): File | undefined => files.get(sha256);

/** @throws TouchstoneError `file-unreadable` for a file that was moved, changed or deleted; it is known no more */
export async function stillThere(sha256: string, file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (cause) {
    files.delete(sha256);
    throw new TouchstoneError('file-unreadable', String(cause), { cause });
  }
}

import { TouchstoneError } from '@touchstone/shared';

/** What the system's codes mean for a person, and what they can do about it. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'your user may not write there; give it the permission',
  EPERM: 'your user may not change it; it belongs to somebody else',
  ENOENT: 'it cannot be made there; what it would lie in is read-only or gone',
  EROFS: 'it lies on a disk that is mounted read-only',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'there is a file of this name, not a folder; move it away',
  EISDIR: 'there is a folder of this name, not a file; move it away',
  ERR_FS_EISDIR: 'there is a folder of this name, not a file; move it away',
  ELOOP: 'it is a link, which could lead anywhere; remove the link',
  ENOSPC: 'no space is left on the disk; free some',
  EDQUOT: 'the space that your user may use is full; free some',
  ENAMETOOLONG: 'its path is too long',
  EFBIG: 'it is larger than any that Touchstone writes; move it away',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** SQLite's result codes (https://www.sqlite.org/rescode.html) in the system's words. */
const OF_SQLITE: ReadonlyMap<number, string> = new Map([
  [8, 'EACCES'],
  [13, 'ENOSPC'],
  [14, 'EACCES'],
]);

/** The system's code of an error, such as `EACCES`; SQLite's errors have one too where they mean the same. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Extended codes of SQLite carry the plain one in their lowest byte.
  const ofSqlite = 'errcode' in error ? OF_SQLITE.get(Number(error.errcode) & 0xff) : undefined;
  return ofSqlite ?? ('code' in error && typeof error.code === 'string' ? error.code : undefined);
}

/** Whether the file system, and not the program, is the reason. A file that is missing can be anybody's. */
export function isFolderTrouble(error: unknown): boolean {
  const code = systemCode(error);
  return code !== undefined && code !== 'ENOENT' && Object.hasOwn(WORDS, code);
}

/**
 * The error for a file or folder of the data folder that cannot be used.
 * @returns `folder-unusable` with the reason in words; an error that has words already stays
 */
export function folderTrouble(path: string, cause: unknown): TouchstoneError {
  if (cause instanceof TouchstoneError) return cause;
  const reason = WORDS[systemCode(cause) ?? ''] ?? String(cause);
  return new TouchstoneError('folder-unusable', `${path}: ${reason}`, { cause });
}

/**
 * What of a data folder a backup holds: everything that cannot be made anew. A test holds both lists against what a companion
 * really leaves in its folder.
 */
export const KEPT_FILES = ['settings.json', 'browsers.json', 'tokens.json', 'clock.json', 'config.json'] as const;

/** Who may come in: a restore takes these from the backup only on a person's word, because it may be somebody else's. */
export const ACCESS_FILES: readonly string[] = ['browsers.json', 'tokens.json'];

/** Folders that are kept whole, but for names that begin with a dot: those are on their way somewhere. */
export const KEPT_FOLDERS = ['packs', 'trust', 'training'] as const;

/** The log's database, copied while it is written to. */
export const HISTORY_FILE = 'history.sqlite';

/** Originals and the content of accepted checks: what the copied log needs of them. */
export const CONTENT_FOLDER = 'content';

/** What belongs to a running companion, or can be made anew. */
export const LEFT_OUT = [
  'control.json',
  'companion.sock',
  'companion.lock',
  'companion.pid',
  'history.sqlite-wal',
  'history.sqlite-shm',
  'logs',
  'spool',
  'redirects',
  'backups',
  'video-decoder',
] as const;

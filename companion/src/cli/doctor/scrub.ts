/** An address of a page, a file or a mailbox, up to the next space or quote. Those of this computer alone are kept. */
const ADDRESS = /\b(?!https?:\/\/(?:127\.0\.0\.1|localhost)[:/])(?:[a-z][a-z0-9+.-]*:\/\/|data:|www\.)[^\s"'`<>]+/gi;
const MAILBOX = /[^\s"'`<>@]+@[^\s"'`<>@]+\.[a-z]{2,}/gi;

/** Tokens of programs, and whatever else has the form of 256 random bits. Hashes, in hexadecimal, are no secrets. */
const SECRET = /\btst_[\w-]+|(?<![\w-])(?![0-9a-f]{43}(?![\w-]))[\w-]{43}(?![\w-])/g;

/**
 * A path that is neither of the program nor of its data: it names folders and files of a person. It may have spaces, so it goes up
 * to a sign that ends it, and rather takes words with it than leaves one behind.
 */
const PATH =
  /(?:\(home\)|(?<![\w)])\/(?:home|Users|Volumes|root|mnt|media|run|tmp|var|srv|opt|private)\b|\b[A-Z]:\\|\\\\\w)[^"'`<>:\n]*/g;

/** Names of users that are words of the report too, or of nobody. */
const NOBODYS = new Set([
  'root',
  'node',
  'user',
  'app',
  'nobody',
  'touchstone',
  'companion',
  'localhost',
  'linux',
  'win32',
]);

/** Shorter names are parts of too many words. */
const SHORTEST_NAME = 3;

export interface Known {
  /** Paths with the word that takes their place; longer ones first. */
  readonly folders: readonly (readonly [path: string, word: string])[];
  /** Of the person and of the computer. */
  readonly names?: readonly string[];
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function withoutNames(text: string, names: readonly string[]): string {
  return names
    .filter((name) => name.length >= SHORTEST_NAME && !NOBODYS.has(name.toLowerCase()))
    .reduce((left, name) => left.replace(new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`, 'gi'), '(name)'), text);
}

/** A copy of a value without addresses, secrets, names and paths of a person, with words in their place. */
export function scrub(value: unknown, known: Known): unknown {
  if (typeof value === 'string') {
    const named = known.folders.reduce((text, [path, word]) => text.replaceAll(path, word), value);
    const open = named
      .replace(ADDRESS, '(address)')
      .replace(MAILBOX, '(mailbox)')
      .replace(SECRET, '(secret)')
      .replace(PATH, '(path)');
    return withoutNames(open, known.names ?? []);
  }
  if (Array.isArray(value)) return value.map((one) => scrub(one, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [scrub(key, known), scrub(one, known)]));
}

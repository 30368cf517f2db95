/** Limits both ends agree on. Units are in the names. */

/** Port the companion listens on unless told otherwise (unassigned by IANA). */
export const DEFAULT_PORT = 47615;

/** One capture's encoded bytes. Larger files are refused before they cross the socket. */
export const MAX_CAPTURE_BYTES = 64 * 1024 * 1024;

/** One message on the wire: a capture plus room for its envelope. */
export const MAX_MESSAGE_BYTES = MAX_CAPTURE_BYTES + 64 * 1024;

/**
 * Bytes that either end takes, in all, before the other has proved the secret. A hello has 300, a challenge 100, a
 * welcome with sixteen packs 10,000.
 */
export const MAX_UNPROVEN_BYTES = 64 * 1024;

/** Maps and arrays inside one another. The deepest message, four generations of ingredients in a record, has 12. */
export const MAX_MESSAGE_DEPTH = 16;

/**
 * Values in one message, keys included. The largest one closes a video: 2,000 moments of eight faces and as many shots,
 * once as revised and once in the record, which makes 508,000. So many values take 40 MB decoded at worst.
 */
export const MAX_MESSAGE_ITEMS = 600_000;

/** Entries of one map or array. The longest, a heat map, has 64 x 64. */
export const MAX_COLLECTION_ITEMS = 64 * 64;

/** One text in bytes: a fact of a file has up to 12,000, a thumbnail among Content Credentials 32,768. */
export const MAX_TEXT_BYTES = 1024 * 1024;

/** All texts of one message in bytes, keys included: the message that closes a video has 2,260,000. */
export const MAX_MESSAGE_TEXT_BYTES = 8 * 1024 * 1024;

/** One video file, spooled to disk while it is read and never held in memory. */
export const MAX_VIDEO_BYTES = 4 * 1024 * 1024 * 1024;

/** Pixels a decoder may produce (width x height). 100 MP is above most cameras' single frame. */
export const MAX_PIXELS = 100_000_000;

/** Of a JPEG, which a decoder can halve without making all its pixels. Phones store 108 and 200 MP. */
export const MAX_HALVED_PIXELS = 256_000_000;

/**
 * Longer side, in pixels: what JPEG can hold. Beyond it a strip of few pixels becomes one of a hundred million columns
 * when its shorter side is enlarged for a pack.
 */
export const MAX_SIDE_PIXELS = 65_500;

/** Below this shorter side, in pixels, no pack has been measured to say anything. */
export const MIN_SIDE_PIXELS = 32;

/** A client that has not said hello within this time is cut off. */
export const HELLO_DEADLINE_MS = 5_000;

/** A message at least this often keeps an extension's service worker alive (Chrome stops one that is idle for 30 s). */
export const KEEP_ALIVE_MS = 20_000;

/** Captures one client may have unanswered; further ones wait at the client. */
export const CLIENT_WINDOW = 8;

/** Encoded bytes one client may have unanswered, in bytes. */
export const CLIENT_WINDOW_BYTES = 128 * 1024 * 1024;

/** Unanswered captures across all clients, per lane; beyond it the companion answers `busy`. */
export const LANE_CAPACITY = { live: 64, asked: 64, bulk: 512 } as const;

/** Longest address kept, in characters. `data:` addresses are cut before this. */
export const MAX_URL_LENGTH = 4096;

/** Longest page title kept, in characters. */
export const MAX_TITLE_LENGTH = 512;

/** Longer side of a kept thumbnail, in pixels. */
export const THUMBNAIL_PIXELS = 320;

/** A pairing code works this long, once. */
export const PAIRING_CODE_LIFETIME_MS = 10 * 60_000;

/**
 * How long a deletion of the history page can be taken back: long enough for a person who works with a screen reader, or by keys alone, to get to
 * it, and short enough that what was deleted is gone before they leave the computer.
 */
export const UNDO_DELETION_MS = 60_000;

/** How long the companion holds a picture that it checked, in memory only: as long as a person may look at the card that names it. */
export const RECENT_PICTURE_MS = 15 * 60_000;

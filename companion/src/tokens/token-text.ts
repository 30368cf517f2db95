import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What tokens begin with, so that scanners for leaked secrets know them. */
const PREFIX = 'tst_';
/** Random characters: 178 bits. */
const RANDOM_LENGTH = 30;
/** Characters of the checksum; 32 bits fit into six of base 62. */
const CHECK_LENGTH = 6;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const FORM = /^tst_[0-9A-Za-z]{36}$/;

/** CRC-32 of a text in base 62: tells a token that was mistyped or cut off from one that is wrong, without a look-up. */
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECK_LENGTH; place += 1) {
    digits = `${BASE62.charAt(rest % BASE62.length)}${digits}`;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}

/** A new token: `tst_`, 30 random characters of base 62, and 6 of their checksum. */
export function newTokenText(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => BASE62.charAt(randomInt(BASE62.length))).join('');
  return `${PREFIX}${random}${checksum(random)}`;
}

/** Whether a text has the form of a token and its checksum. */
export function isTokenText(text: string): boolean {
  if (!FORM.test(text)) return false;
  const random = text.slice(PREFIX.length, -CHECK_LENGTH);
  return checksum(random) === text.slice(-CHECK_LENGTH);
}

/** What is kept of a token: its SHA-256, lower-case hex. Nothing slower is needed, because nobody guesses 178 bits. */
export function tokenHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

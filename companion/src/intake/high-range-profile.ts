import { HIGH_RANGE } from './transfer-functions.ts';

const HEAD_BYTES = 128;
/** Name, place and length of a tag. */
const ENTRY_BYTES = 12;
/** Profiles have a few dozen tags. */
const MAX_TAGS = 100;
/** Where the tag that describes colours by numbers names the transfer function (ICC.1:2022, 10.6). */
const CICP_TRANSFER_AT = 9;
/** Profiles made before that tag say it in their name alone, as "ITUR_2100_PQ_FULL" of the W3C's note on PNG does. */
const NAME = /(?:^|[^A-Za-z])(?:PQ|HLG)(?:[^A-Za-z]|$)|\bST[ -]?2084\b/;
/** Longest name that is read, in bytes. */
const MAX_NAME_BYTES = 512;

/** Whether the name of a colour profile tells of high dynamic range. */
export const isHighRangeName = (name: string): boolean => NAME.test(name);

/** Whether an ICC profile is one of high dynamic range: by its numbers, or where it has none by its name. */
export function isHighRangeProfile(profile: Uint8Array | undefined): boolean {
  if (!profile || profile.length < HEAD_BYTES + 4) return false;
  const icc = Buffer.from(profile.buffer, profile.byteOffset, profile.byteLength);
  const count = Math.min(
    icc.readUInt32BE(HEAD_BYTES),
    MAX_TAGS,
    Math.floor((icc.length - HEAD_BYTES - 4) / ENTRY_BYTES),
  );
  let named = false;
  for (let index = 0; index < count; index++) {
    const entry = HEAD_BYTES + 4 + index * ENTRY_BYTES;
    const start = icc.readUInt32BE(entry + 4);
    const value = icc.subarray(start, start + icc.readUInt32BE(entry + 8));
    const tag = icc.toString('latin1', entry, entry + 4);
    if (tag === 'cicp') return HIGH_RANGE.has(value[CICP_TRANSFER_AT] ?? 0);
    if (tag === 'desc') named = isHighRangeName(descriptionIn(value));
  }
  return named;
}

/** The name in either form: one byte a letter, or in several languages, of which the first is read. */
function descriptionIn(value: Buffer): string {
  if (value.length < 28) return '';
  if (value.toString('latin1', 0, 4) === 'desc') return value.toString('latin1', 12, 12 + MAX_NAME_BYTES);
  const [length, start] = [value.readUInt32BE(20), value.readUInt32BE(24)];
  const text = Buffer.from(value.subarray(start, start + Math.min(length, MAX_NAME_BYTES)));
  return text.length % 2 === 0 ? text.swap16().toString('utf16le') : '';
}

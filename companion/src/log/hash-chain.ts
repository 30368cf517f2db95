import { createHash, hash } from 'node:crypto';
import type { ResultRecord } from '@touchstone/shared';
import { canonicalJson } from './canonical-json.ts';

/**
 * The chain that makes the log tamper-evident (docs/decisions/0007-tamper-evident-log.md):
 *
 *   digest = SHA-256(canonical JSON of the record, see `chainedText`)
 *   hash   = SHA-256(hash of the link before, digest)
 *
 * A link of a deleted record keeps its digest and nothing else, so the chain can still be followed through it.
 */

/** Hash before the first link. */
export const CHAIN_BEGINNING = new Uint8Array(32);

/**
 * The text that is written down and hashed. Not part of it are: label, cases, tags, note and sharing, which a person may change later, and
 * the page of an earlier check of the same picture, which must go when that check is deleted; the log reads it from there.
 */
export function chainedText({
  label: _,
  cases: __,
  tags: ___,
  note: ____,
  shared: _____,
  ...record
}: ResultRecord): string {
  if (record.seenBefore?.pageUrl === undefined) return canonicalJson(record);
  return canonicalJson({ ...record, seenBefore: { ...record.seenBefore, pageUrl: undefined } });
}

/** @param text of `chainedText` @returns 32 bytes */
export function digestOf(text: string): Uint8Array {
  return hash('sha256', text, 'buffer');
}

/** @returns 32 bytes */
export function linkHash(before: Uint8Array, digest: Uint8Array): Uint8Array {
  return createHash('sha256').update(before).update(digest).digest();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** A column that must hold 32 bytes; anything else (an edited row) becomes a hash that equals none. */
export function hashColumn(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(0);
}

export function hexOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}

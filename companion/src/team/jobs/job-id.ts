import { createHash, randomUUID } from 'node:crypto';
import type { JobWork } from '../../jobs/job.ts';
import { canonicalJson } from '../../log/canonical-json.ts';

/** Space of names of our jobs (RFC 9562, version 5): made once at random, never changed. */
const JOB_SPACE = Buffer.from('5d2c8e0f6f0b4c5a9b7a3f1e84c0d6b2', 'hex');

/** A UUID of version 5. @param name any text @returns lower case, with hyphens */
export function uuid5(name: string, space: Uint8Array = JOB_SPACE): string {
  const bytes = createHash('sha1').update(space).update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * The id of a job: the same owner's same question about the same bytes is one job, however often it is sent. The owner is part of it,
 * so that nobody learns from an id, an answer or its time that somebody else asked before. Who asks for a fresh look gets one.
 */
export function jobId(tenant: string, work: JobWork): string {
  const { lane: _, client: __, trace: ___, ...question } = work;
  const fresh = work.fresh || work.recheckOf !== undefined ? { nonce: randomUUID() } : {};
  return uuid5(canonicalJson({ tenant, ...question, ...fresh }));
}

/** Signs that a queue's name may hold. */
const NOT_IN_NAMES = /[^\w.\-/]/g;

/** What a queue's name begins with. */
const QUEUES = 'checks/';

/** Longest part of a queue's name that tells its pack. */
const MAX_NAME = 120;

/** The queue of a pack, by `name@version`: batches have one graph, and a rolling upgrade needs nothing else. */
export function queueOf(pack: string): string {
  const name = pack.replaceAll('@', '/').replace(NOT_IN_NAMES, '-');
  // What was replaced or cut may have been the difference to another pack.
  const exact = name.length <= MAX_NAME && name === pack.replaceAll('@', '/') && pack.split('@').length === 2;
  return (
    QUEUES +
    (exact ? name : `${name.slice(0, MAX_NAME)}/${createHash('sha256').update(pack).digest('hex').slice(0, 12)}`)
  );
}

/** The pack whose graph takes most of a job's time: the one asked for, else the thorough one, else the quick one. */
export function packOfWork({ pack, settings }: Pick<JobWork, 'pack' | 'settings'>): string {
  return pack ?? settings.thoroughPack ?? settings.quickPack ?? ANY_PACK;
}

/** Of work that names no pack: every worker takes it. */
export const ANY_PACK = 'any';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text can be the id of a job: anything else names none. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

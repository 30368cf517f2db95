import { createHash } from 'node:crypto';
import { TouchstoneError } from '@touchstone/shared';
import { IDEMPOTENCY_HEADER } from '@touchstone/shared/api';
import type { FastifyRequest } from 'fastify';
import type { JobWork } from '../../jobs/job.ts';

/** As a string of structured fields, as the draft has it, or bare, as many clients send it. */
const KEY = /^(?:"([\x20\x21\x23-\x5b\x5d-\x7e]{1,200})"|([\x21\x23-\x7e]{1,200}))$/;

/** @returns undefined where there is none @throws TouchstoneError `bad-request` for one that cannot be read */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const value = request.headers[IDEMPOTENCY_HEADER];
  if (value === undefined) return undefined;
  const [, quoted, bare] = KEY.exec(String(value)) ?? [];
  const key = quoted ?? bare;
  if (key === undefined) throw new TouchstoneError('bad-request', `${IDEMPOTENCY_HEADER}: 1 to 200 printable letters`);
  return key;
}

/** Hash of all that makes a request what it is; how long its sender waits is no part of it. */
export function fingerprintOf(works: readonly JobWork[]): string {
  const parts = works.map(({ kind, content, source, pack, fresh }) => [kind, content, source.fileName, pack, fresh]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Keys of requests that are being received. */
export function createKeysInFlight() {
  const keys = new Set<string>();
  /** @throws TouchstoneError `request-in-flight` while another request has the same key */
  return async <Result>(key: string | undefined, work: () => Promise<Result>): Promise<Result> => {
    if (key === undefined) return work();
    if (keys.has(key)) throw new TouchstoneError('request-in-flight');
    keys.add(key);
    try {
      return await work();
    } finally {
      keys.delete(key);
    }
  };
}

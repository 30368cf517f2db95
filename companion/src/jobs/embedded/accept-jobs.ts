import type { DatabaseSync } from 'node:sqlite';
import { TouchstoneError } from '@touchstone/shared';
import { transaction } from '../../log/deletions.ts';
import { NOT_HELD } from '../../log/held-back.ts';
import type { JobWork } from '../job.ts';
import { IDEMPOTENCY_MS, type IdempotentRequest } from '../job-ledger.ts';

export interface QueueLimits {
  /** Jobs that wait or are worked on. */
  readonly jobs: number;
  /** Bytes of their content on the disk. */
  readonly bytes: number;
}

/** Half a day of thorough work on two cores, and the disk that a home computer has to spare. */
export const QUEUE_LIMITS: QueueLimits = { jobs: 50_000, bytes: 16 * 1024 ** 3 };

export type Accepted =
  | { readonly outcome: 'accepted' | 'replayed'; readonly ids: readonly string[] }
  | { readonly outcome: 'key-reused' };

/**
 * Writes jobs down, on a connection of its own that waits for the disk (`synchronous = FULL`), so that everything else need not.
 * @param nextId gives each job its id
 */
export function createAcceptance(durable: DatabaseSync, limits: QueueLimits, nextId: () => string) {
  const unfinished = durable.prepare(
    "SELECT count(*) AS jobs, coalesce(sum(bytes), 0) AS bytes FROM jobs WHERE state IN ('pending', 'processing')",
  );
  const add = durable.prepare(
    `INSERT INTO jobs (id, state, owner, client, lane, content, bytes, work, request, accepted_at)
     VALUES ($id, 'pending', $owner, $client, $lane, $content, $bytes, $work, $request, $now)`,
  );
  const forgetRequests = durable.prepare('DELETE FROM job_requests WHERE at < ?');
  const earlier = durable.prepare('SELECT number, fingerprint FROM job_requests WHERE owner = ? AND key = ?');
  const jobsOf = durable.prepare(`SELECT id FROM jobs WHERE request = ? AND ${NOT_HELD} ORDER BY number`);
  const forgetRequest = durable.prepare('DELETE FROM job_requests WHERE number = ?');
  const note = durable.prepare('INSERT INTO job_requests (owner, key, fingerprint, at) VALUES (?, ?, ?, ?)');

  function requireRoom(works: readonly JobWork[]): void {
    const now = unfinished.get();
    const bytes = works.reduce((sum, work) => sum + work.bytes, Number(now?.bytes ?? 0));
    if (Number(now?.jobs ?? 0) + works.length > limits.jobs) throw new TouchstoneError('busy', 'the queue is full');
    if (bytes > limits.bytes) throw new TouchstoneError('busy', 'the disk space of the queue is full');
  }

  return (works: readonly JobWork[], request: IdempotentRequest | undefined, now: number): Accepted =>
    transaction(durable, () => {
      forgetRequests.run(now - IDEMPOTENCY_MS);
      const owner = works[0]?.owner ?? '';
      const before = request && earlier.get(owner, request.key);
      const ids = before ? jobsOf.all(before.number ?? null).map(({ id }) => String(id)) : [];
      // All that it led to is deleted: the key is free, and those that come back do so without it.
      if (before && ids.length === 0) forgetRequest.run(before.number ?? null);
      else if (before)
        return before.fingerprint === request.fingerprint ? { outcome: 'replayed', ids } : { outcome: 'key-reused' };
      requireRoom(works);
      const place = request && note.run(owner, request.key, request.fingerprint, now).lastInsertRowid;
      const accepted = works.map((work) => {
        const { owner, client, lane, content, bytes } = work;
        const id = nextId();
        add.run({ id, owner, client, lane, content, bytes, work: JSON.stringify(work), request: place ?? null, now });
        return id;
      });
      return { outcome: 'accepted', ids: accepted };
    });
}

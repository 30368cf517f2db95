import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { Label, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import type { Kysely, Transaction } from 'kysely';
import * as v from 'valibot';
import { digestOf } from '../../log/hash-chain.ts';
import type { JobClaim } from '../../store/job-claim.ts';
import type { KeptMedia } from '../../store/record-store.ts';
import { databaseError, persistently } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { lockChain, placeRecords } from './place-records.ts';
import { columnsOf, picturesOf, textOf } from './record-columns.ts';

/** Records that share a transaction: what comes while one is written waits for the next, so that the disk is waited for once. */
const MAX_TOGETHER = 128;

/**
 * Transactions of the bulk begin so far apart at least, unless so many records wait: what is judged meanwhile shares one, which costs as
 * much as one of a single record. What somebody waits for is written at once, with everything that is there. Milliseconds, records.
 */
const APART_MS = 200;
const ENOUGH = 8;

/** Ends jobs inside a transaction. @returns ids of those whose claims hold; the others' records must not be written */
export type EndJobs = (
  trx: Transaction<TeamTables>,
  ends: readonly { readonly claim: JobClaim; readonly record: string }[],
) => Promise<ReadonlySet<string>>;

/** What a record is written with. */
export interface NewRecord {
  readonly owner: string;
  readonly record: ResultRecord;
  readonly media: KeptMedia;
  readonly job?: JobClaim | undefined;
}

interface Waiting extends NewRecord {
  readonly text: string;
  /** Whether a transaction with it broke while it was committed: then it may be there. */
  tried: boolean;
  readonly resolve: (record: ResultRecord) => void;
  readonly reject: (error: unknown) => void;
}

/** Whether somebody waits for it. */
const isAwaited = ({ record, job }: NewRecord): boolean => job === undefined || record.lane !== 'bulk';

type Outcome = ResultRecord | TouchstoneError;

/**
 * Writes records of a tenant with their links of its chain, many in one transaction. Writers of several processes take turns: the
 * chain has one end.
 * @param apartMs how far apart transactions of the bulk begin
 */
export function createTeamWriter(
  database: Kysely<TeamTables>,
  tenant: string,
  endJobs: EndJobs,
  apartMs: number = APART_MS,
) {
  const waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;

  /** When the last transaction began. */
  let begunAt = Number.NEGATIVE_INFINITY;
  let hurry = new AbortController();

  async function work(): Promise<void> {
    // What comes in this turn is written together.
    await nextTurn();
    while (waiting.length > 0) {
      await gather();
      begunAt = performance.now();
      await writeTogether(waiting.splice(0, MAX_TOGETHER));
    }
    // In the same breath as the look: what came a moment later would wait for somebody who has gone.
    writing = undefined;
  }

  async function gather(): Promise<void> {
    const left = begunAt + apartMs - performance.now();
    if (left <= 0 || waiting.length >= ENOUGH || waiting.some(isAwaited)) return;
    hurry = new AbortController();
    await wait(left, undefined, { signal: hurry.signal }).catch(() => undefined);
  }

  async function writeTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await persistently(async (attempt) => {
        for (const one of batch) one.tried = attempt > 1;
        return database.transaction().execute((trx) => writeAll(trx, batch));
      });
      for (const [at, one] of batch.entries()) settle(one, outcomes[at]);
    } catch (error) {
      for (const { reject } of batch) reject(databaseError(error));
    }
  }

  /** @returns for each what was kept, or why it was not */
  async function writeAll(trx: Transaction<TeamTables>, batch: readonly Waiting[]): Promise<Outcome[]> {
    const outcomes = new Map<Waiting, Outcome>();
    const there = await trx
      .selectFrom('records')
      .select(['id', 'label'])
      .where(
        'id',
        'in',
        batch.map(({ record }) => record.id),
      )
      .execute();
    const known = new Map(there.map(({ id, label }) => [id, label]));
    const seen = new Set<string>();
    const fresh = batch.filter((one) => {
      const { id } = one.record;
      const twice = known.has(id) || seen.has(id);
      seen.add(id);
      // The transaction that broke was committed after all.
      if (twice && one.tried) outcomes.set(one, labelled(one.record, known.get(id)));
      else if (twice) outcomes.set(one, new TouchstoneError('log-failed', `record ${id} is there already`));
      return !twice;
    });
    const ends = fresh.flatMap(({ job, record }) => (job ? [{ claim: job, record: record.id }] : []));
    const ended = ends.length === 0 ? new Set<string>() : await endJobs(trx, ends);
    const written = fresh.filter((one) => {
      if (!one.job || ended.has(one.job.jobId)) return true;
      outcomes.set(one, new TouchstoneError('cancelled', `job ${one.job.jobId} is not this worker's any more`));
      return false;
    });
    for (const [at, record] of (await place(trx, written)).entries()) {
      const one = written[at];
      if (one) outcomes.set(one, record);
    }
    return batch.map((one) => outcomes.get(one) ?? new TouchstoneError('log-failed', 'nothing became of the record'));
  }

  /** Writes rows and links in the order in which they came. @returns the records as they are kept */
  async function place(trx: Transaction<TeamTables>, batch: readonly Waiting[]): Promise<ResultRecord[]> {
    if (batch.length === 0) return [];
    await lockChain(trx, tenant);
    const labels = await labelsOf(trx, batch);
    const kept = batch.map(({ owner, record }) => {
      const known = record.label === null ? labels.get(`${owner} ${record.picture.sha256}`) : undefined;
      return known === undefined ? record : labelled(record, known);
    });
    const next = batch.map(({ owner, media, text }, at) => {
      const record = kept[at] as ResultRecord;
      const columns = { ...columnsOf(record, media, text), label: record.label ?? 'none', owner };
      return { digest: digestOf(text), row: { id: record.id, at: record.at, columns, pictures: picturesOf(media) } };
    });
    await placeRecords(trx, tenant, next);
    return kept;
  }

  /** Labels that owners gave to these contents before. */
  async function labelsOf(
    trx: Transaction<TeamTables>,
    batch: readonly Waiting[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await trx
      .selectFrom('records')
      .select(['owner', 'sha256', 'label'])
      .where('tenant', '=', tenant)
      .where('owner', 'in', [...new Set(batch.map(({ owner }) => owner))])
      .where(
        'sha256',
        'in',
        batch.map(({ record }) => record.picture.sha256),
      )
      .where('label', '<>', 'none')
      .where('deletion', 'is', null)
      .execute();
    return new Map(rows.map(({ owner, sha256, label }) => [`${owner} ${sha256}`, label]));
  }

  return {
    /** @throws TouchstoneError as `RecordStore.append`; TypeError for a record that would not read back */
    async write(given: NewRecord): Promise<ResultRecord> {
      const text = textOf(given.record);
      const { promise, resolve, reject } = Promise.withResolvers<ResultRecord>();
      waiting.push({ ...given, text, tried: false, resolve, reject });
      if (isAwaited(given) || waiting.length >= ENOUGH) hurry.abort();
      writing ??= work();
      return promise;
    },
    /** Resolves when nothing waits. */
    async settled(): Promise<void> {
      await writing;
    },
  };
}

export type TeamWriter = ReturnType<typeof createTeamWriter>;

function labelled(record: ResultRecord, label: string | undefined): ResultRecord {
  return v.is(Label, label) ? { ...record, label } : record;
}

function settle({ resolve, reject }: Waiting, outcome: Outcome | undefined): void {
  if (outcome instanceof TouchstoneError) reject(outcome);
  else if (outcome) resolve(outcome);
}

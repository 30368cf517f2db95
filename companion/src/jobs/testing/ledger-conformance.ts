import { errorReport, type ResultRecord } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { BULK_TURN } from '../../lanes/bulk-turn.ts';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import type { JobClaim } from '../../store/job-claim.ts';
import type { Job, JobWork } from '../job.ts';
import { type ClaimedJob, IDEMPOTENCY_MS, type JobLedger, MAX_DEATHS } from '../job-ledger.ts';

/** A ledger under test with what stands around it. */
export interface LedgerUnderTest {
  readonly ledger: JobLedger;
  /** The store of records in whose transactions jobs end. */
  readonly records: {
    append(record: ResultRecord, job: JobClaim): Promise<void>;
    has(id: string): Promise<boolean>;
    delete(id: string): Promise<void>;
  };
  /** Opens the same ledger anew, as after the death of its process. */
  reopen(): Promise<LedgerUnderTest>;
}

export interface LedgerFactoryOptions {
  readonly limits?: { readonly jobs: number; readonly bytes: number };
  readonly now?: () => number;
}

const WORKER = 'worker-1';

export function workOf(index: number, more: Partial<JobWork> = {}): JobWork {
  return {
    kind: 'picture',
    content: index.toString(16).padStart(64, '0'),
    bytes: 1000,
    lane: 'asked',
    source: { kind: 'image', path: 'file', private: false, fileName: `${index}.jpg` },
    settings: { quickPack: null, thoroughPack: null },
    fresh: false,
    owner: 'local',
    client: 'one',
    ...more,
  };
}

async function accept(ledger: JobLedger, ...works: readonly JobWork[]): Promise<readonly Job[]> {
  const acceptance = await ledger.accept(works);
  if (acceptance.outcome !== 'accepted') throw new Error(acceptance.outcome);
  return acceptance.jobs;
}

async function claim(ledger: JobLedger): Promise<ClaimedJob> {
  const claimed = await ledger.claim(WORKER);
  if (!claimed) throw new Error('nothing to do');
  return claimed;
}

/** What every ledger must do, whatever engine is under it. @param create makes an empty one that goes with the test */
export function describeJobLedger(
  name: string,
  create: (options?: LedgerFactoryOptions) => Promise<LedgerUnderTest>,
): void {
  describe(`the job ledger of ${name}`, () => {
    it('keeps an accepted job over the death of its process', async () => {
      const first = await create();
      const [job] = await accept(first.ledger, workOf(1));
      expect(job).toMatchObject({ state: 'pending', attempts: 0, work: workOf(1), recordId: null, error: null });
      const { ledger } = await first.reopen();
      expect(await ledger.get(job?.id ?? '')).toEqual(job);
      expect((await claim(ledger)).job).toMatchObject({ id: job?.id, state: 'processing', attempts: 1 });
    });

    it('takes all of a request or nothing, and says no when queue or disk are full', async () => {
      const { ledger } = await create({ limits: { jobs: 3, bytes: 10_000 } });
      await accept(ledger, workOf(1), workOf(2));
      await expect(ledger.accept([workOf(3), workOf(4)])).rejects.toMatchObject({ code: 'busy' });
      await expect(ledger.accept([workOf(3, { bytes: 8_001 })])).rejects.toMatchObject({ code: 'busy' });
      expect(await ledger.counts()).toMatchObject({ pending: { asked: 2, bulk: 0 }, processing: 0, bytes: 2000 });
      expect(ledger.retryAfterSeconds()).toBeGreaterThanOrEqual(1);
      await ledger.fail((await claim(ledger)).claim, errorReport('broken-picture'));
      await accept(ledger, workOf(3), workOf(4));
    });

    it('answers the same key with the same jobs for a day, and refuses it for another request', async () => {
      let now = Date.UTC(2026, 0, 1);
      const { ledger } = await create({ now: () => now });
      const request = { key: 'k', fingerprint: 'aa' };
      const first = await ledger.accept([workOf(1), workOf(2)], request);
      now += IDEMPOTENCY_MS;
      expect(await ledger.accept([workOf(1), workOf(2)], request)).toEqual({ ...first, outcome: 'replayed' });
      expect(await ledger.accept([workOf(3)], { ...request, fingerprint: 'bb' })).toEqual({ outcome: 'key-reused' });
      // Another owner's key is another key.
      expect(await ledger.accept([workOf(4, { owner: 'other' })], request)).toMatchObject({ outcome: 'accepted' });
      now += 1;
      expect(await ledger.accept([workOf(1)], request)).toMatchObject({ outcome: 'accepted' });
      expect((await ledger.counts()).pending.asked).toBe(4);
    });

    it('ends a job in the transaction that writes its record', async () => {
      const { ledger, records } = await create();
      const [job] = await accept(ledger, workOf(1));
      const claimed = await claim(ledger);
      const record = generatedRecord(1);
      const seen: Job[] = [];
      ledger.subscribe((changed) => seen.push(changed), AbortSignal.timeout(60_000));
      await records.append(record, claimed.claim);
      expect(await ledger.get(job?.id ?? '')).toMatchObject({ state: 'completed', recordId: record.id });
      expect(seen.at(-1)).toMatchObject({ id: job?.id, state: 'completed' });
      // A second worker's late answer is no second verdict.
      await expect(records.append(generatedRecord(2), claimed.claim)).rejects.toMatchObject({ code: 'cancelled' });
      expect(await records.has(generatedRecord(2).id)).toBe(false);
    });

    it('forgets a job with the record that it led to', async () => {
      const { ledger, records } = await create();
      const [job] = await accept(ledger, workOf(1));
      const record = generatedRecord(1);
      await records.append(record, (await claim(ledger)).claim);
      await records.delete(record.id);
      expect(await ledger.get(job?.id ?? '')).toBeUndefined();
    });

    it('voids the claim of a job that was cancelled meanwhile', async () => {
      const { ledger, records } = await create();
      const [job] = await accept(ledger, workOf(1));
      const claimed = await claim(ledger);
      expect(await ledger.heartbeat(claimed.claim, { stage: 'decoding', progress: 0.5 })).toBe(true);
      expect(await ledger.get(job?.id ?? '')).toMatchObject({ stage: 'decoding', progress: 0.5 });
      expect(await ledger.cancel(job?.id ?? '')).toMatchObject({ state: 'cancelled', stage: null, progress: null });
      expect(await ledger.heartbeat(claimed.claim)).toBe(false);
      expect(await ledger.complete(claimed.claim, 'R')).toBe(false);
      expect(await ledger.fail(claimed.claim, errorReport('internal'))).toBe(false);
      await expect(records.append(generatedRecord(1), claimed.claim)).rejects.toMatchObject({ code: 'cancelled' });
      expect(await ledger.get(job?.id ?? '')).toMatchObject({ state: 'cancelled', recordId: null });
    });

    it('cancels nothing that has ended, and knows nothing of unknown ids', async () => {
      const { ledger } = await create();
      const [job] = await accept(ledger, workOf(1));
      await ledger.complete((await claim(ledger)).claim, 'R');
      expect(await ledger.cancel(job?.id ?? '')).toMatchObject({ state: 'completed', recordId: 'R' });
      expect([await ledger.cancel('?'), await ledger.retry('?'), await ledger.get('?')]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    it('gives a job back without counting the beginning', async () => {
      const { ledger } = await create();
      await accept(ledger, workOf(1));
      await ledger.release((await claim(ledger)).claim);
      expect((await claim(ledger)).job.attempts).toBe(1);
    });

    it('lets a failed job wait again', async () => {
      const { ledger } = await create();
      const [job] = await accept(ledger, workOf(1));
      await ledger.fail((await claim(ledger)).claim, errorReport('inference-failed'));
      expect(await ledger.get(job?.id ?? '')).toMatchObject({ state: 'failed', error: { code: 'inference-failed' } });
      expect(await ledger.retry(job?.id ?? '')).toMatchObject({ state: 'pending', error: null, endedAt: null });
    });

    it(`gives bulk one claim in ${BULK_TURN} while questions never end`, async () => {
      const { ledger } = await create();
      await accept(ledger, ...Array.from({ length: 60 }, (_, index) => workOf(index)));
      await accept(ledger, ...Array.from({ length: 60 }, (_, index) => workOf(100 + index, { lane: 'bulk' })));
      const lanes: string[] = [];
      for (let turn = 0; turn < 5 * BULK_TURN; turn += 1) {
        const { job, claim: held } = await claim(ledger);
        lanes.push(job.work.lane);
        await ledger.complete(held, 'R');
      }
      expect(lanes.filter((lane) => lane === 'bulk')).toHaveLength(5);
    });

    it('lets the one job of a client wait for at most two of another', async () => {
      const { ledger } = await create();
      await accept(ledger, ...Array.from({ length: 500 }, (_, index) => workOf(index, { lane: 'bulk', client: 'a' })));
      await accept(ledger, workOf(1000, { lane: 'bulk', client: 'b' }));
      const clients = [];
      for (let turn = 0; turn < 3; turn += 1) clients.push((await claim(ledger)).job.work.client);
      expect(clients).toContain('b');
    });

    it('hands every job out once', async () => {
      const { ledger } = await create();
      const jobs = await accept(ledger, ...Array.from({ length: 20 }, (_, index) => workOf(index)));
      const claimed = await Promise.all(Array.from({ length: 30 }, () => ledger.claim(WORKER)));
      const ids = claimed.flatMap((one) => (one ? [one.job.id] : []));
      expect(ids.toSorted()).toEqual(jobs.map(({ id }) => id).toSorted());
    });

    it('lets what a dead worker held wait again, each alone from then on', async () => {
      const first = await create();
      await accept(first.ledger, workOf(1), workOf(2), workOf(3));
      const held = [await claim(first.ledger), await claim(first.ledger)];
      const { ledger } = await first.reopen();
      const { again, setAside } = await ledger.recover(WORKER);
      expect([again.toSorted(), setAside]).toEqual([held.map(({ job }) => job.id).toSorted(), []]);
      const suspect = await claim(ledger);
      expect(again).toContain(suspect.job.id);
      expect(await ledger.claim(WORKER)).toBeUndefined();
      await ledger.complete(suspect.claim, 'R');
      const other = await claim(ledger);
      expect(again).toContain(other.job.id);
      await ledger.complete(other.claim, 'R');
      expect((await claim(ledger)).job.work.content).toBe(workOf(3).content);
    });

    it(`sets a job aside that killed its worker ${MAX_DEATHS} times, and goes on with the others`, async () => {
      let under = await create();
      const [poison] = await accept(under.ledger, workOf(1), workOf(2));
      for (let death = 0; death < MAX_DEATHS; death += 1) {
        expect((await claim(under.ledger)).job.id).toBe(poison?.id);
        under = await under.reopen();
        const { setAside } = await under.ledger.recover(WORKER);
        expect(setAside).toEqual(death + 1 < MAX_DEATHS ? [] : [poison?.id]);
      }
      expect(await under.ledger.get(poison?.id ?? '')).toMatchObject({
        state: 'failed',
        error: { code: 'job-set-aside' },
      });
      expect((await claim(under.ledger)).job.work.content).toBe(workOf(2).content);
      expect(await under.ledger.retry(poison?.id ?? '')).toMatchObject({ state: 'pending' });
    });

    it('lists by owner and state, newest first, page by page', async () => {
      const { ledger } = await create();
      const mine = await accept(ledger, ...Array.from({ length: 5 }, (_, index) => workOf(index)));
      await accept(ledger, workOf(9, { owner: 'other' }));
      await ledger.cancel(mine[2]?.id ?? '');
      const ids = mine.map(({ id }) => id).toReversed();
      const page = await ledger.list({ owner: 'local', limit: 3 });
      expect(page.map(({ id }) => id)).toEqual(ids.slice(0, 3));
      const rest = await ledger.list({ owner: 'local', limit: 3, before: page[2]?.id });
      expect(rest.map(({ id }) => id)).toEqual(ids.slice(3));
      expect((await ledger.list({ states: ['cancelled', 'failed'], limit: 9 })).map(({ id }) => id)).toEqual([
        mine[2]?.id,
      ]);
    });

    it('forgets what ended long ago, never what waits', async () => {
      let now = 1_000;
      const { ledger } = await create({ now: () => now });
      const [ended] = await accept(ledger, workOf(1), workOf(2));
      await ledger.cancel(ended?.id ?? '');
      now = 5_000;
      expect(await ledger.forgetEnded(1_000)).toBe(0);
      expect(await ledger.forgetEnded(1_001)).toBe(1);
      expect((await ledger.counts()).pending.asked).toBe(1);
    });

    it('opens with 10,000 jobs that wait', async () => {
      const first = await create();
      const works = Array.from({ length: 1000 }, (_, index) => workOf(index, { lane: 'bulk' }));
      for (let part = 0; part < 10; part += 1) await first.ledger.accept(works);
      const { ledger } = await first.reopen();
      expect((await ledger.counts()).pending.bulk).toBe(10_000);
      expect((await claim(ledger)).job.work.content).toBe(workOf(0).content);
    });
  });
}

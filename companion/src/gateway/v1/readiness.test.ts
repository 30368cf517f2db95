import type { PackIdentity } from '@touchstone/shared';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { createNotices } from '../../notices/notices.ts';
import type { LogEvent } from '../../store/record-store.ts';
import { temporaryFolder } from '../fixtures/test-companion.ts';
import { createReadiness } from './readiness.ts';

const PACK: PackIdentity = { name: 'a', version: '1', sha256: 'x', tier: 'quick' };

async function readinessOf() {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const state = { waiting: 0, packs: [PACK], draining: false, dataFolder: await temporaryFolder() };
  const notices = createNotices(() => {});
  const listeners: ((event: LogEvent) => void)[] = [];
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const ready = createReadiness({
    pipeline: { status: () => ({ packs: state.packs, queued: { live: 0, asked: state.waiting, bulk: 0 } }) },
    log: { subscribe: (listener) => void listeners.push(listener) },
    notices,
    draining: () => state.draining,
    signal: end.signal,
    get dataFolder() {
      return state.dataFolder;
    },
  });
  const finish = (): void => {
    for (const listener of listeners) listener({ type: 'record', record: generatedRecord(1), jobId: undefined });
  };
  return { state, notices, ready, finish };
}

describe('readiness', () => {
  it('is lost while work waits and nothing is finished, and back with the next that is', async () => {
    const { state, ready, finish } = await readinessOf();
    expect(await ready()).toEqual({ ready: true, missing: [] });
    await vi.advanceTimersByTimeAsync(120_000);
    state.waiting = 3;
    expect(await ready()).toEqual({ ready: true, missing: [] });
    await vi.advanceTimersByTimeAsync(31_000);
    expect(await ready()).toEqual({ ready: false, missing: ['queue'] });
    finish();
    expect((await ready()).ready).toBe(true);
    await vi.advanceTimersByTimeAsync(31_000);
    expect((await ready()).ready).toBe(false);
    state.waiting = 0;
    expect((await ready()).ready).toBe(true);
  });

  it('names what is missing: models, the log, the disk, the will to go on', async () => {
    const { state, notices, ready } = await readinessOf();
    state.packs = [];
    expect((await ready()).missing).toEqual(['models']);
    state.packs = [PACK];
    notices.raise('log-read-only', 'log', 'The log cannot be written.');
    expect((await ready()).missing).toEqual(['log']);
    notices.clear('log');
    state.dataFolder = '/nowhere/at/all';
    expect((await ready()).missing).toEqual(['disk']);
    state.draining = true;
    expect((await ready()).missing).toEqual(['stopping', 'disk']);
  });
});

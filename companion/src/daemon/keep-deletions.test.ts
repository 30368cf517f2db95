import { UNDO_DELETION_MS } from '@touchstone/shared';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTestCompanion, type TestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { temporaryLog } from '../log/fixtures/temporary-log.ts';
import { historyOf } from '../log/log-history.ts';
import { keepDeletions } from './keep-deletions.ts';

const logger = pino({ level: 'silent' });

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

it('a deletion is carried out when it can no longer be taken back, and not before', async () => {
  const { log, id } = await temporaryLog(3);
  const history = historyOf(log);
  await keepDeletions({ log: history, logger }, new AbortController().signal);
  await history.holdBack({ ids: [id(0)] }, Date.now() + UNDO_DELETION_MS);
  await vi.advanceTimersByTimeAsync(UNDO_DELETION_MS - 1);
  expect(await history.heldBack()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await history.heldBack()).toEqual([]);
  expect(await history.verify()).toMatchObject({ records: 2, tombstones: 1 });
});

it.each([
  ['what is left of the time', 20_000, 20_000],
  ['no time where it is over', -3_600_000, 0],
  ['no longer than any where the clock was set back', 365 * 24 * 3_600_000, UNDO_DELETION_MS],
])('a companion that starts gives a deletion of the one before it %s', async (_, due, wait) => {
  const { log, id } = await temporaryLog(3);
  const history = historyOf(log);
  await history.holdBack({ ids: [id(0)] }, Date.now() + due);
  await keepDeletions({ log: history, logger }, new AbortController().signal);
  if (wait > 0) await vi.advanceTimersByTimeAsync(wait - 1);
  expect(await history.heldBack()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await history.heldBack()).toEqual([]);
});

it('a deletion that fails is tried again', async () => {
  const { log, id } = await temporaryLog(3);
  const history = historyOf(log);
  let failures = 1;
  const failing = {
    ...history,
    carryOut: async (deletion: string) => {
      failures -= 1;
      if (failures === 0) throw new Error('the disk is full');
      return history.carryOut(deletion);
    },
  };
  await keepDeletions({ log: failing, logger }, new AbortController().signal);
  await history.holdBack({ ids: [id(0)] }, Date.now() + UNDO_DELETION_MS);
  await vi.advanceTimersByTimeAsync(UNDO_DELETION_MS);
  expect(await history.heldBack()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await history.heldBack()).toEqual([]);
});

it('a companion that stops carries nothing out any more', async () => {
  const { log, id } = await temporaryLog(3);
  const history = historyOf(log);
  const end = new AbortController();
  await keepDeletions({ log: history, logger }, end.signal);
  await history.holdBack({ ids: [id(0)] }, Date.now() + UNDO_DELETION_MS);
  end.abort();
  await vi.advanceTimersByTimeAsync(10 * UNDO_DELETION_MS);
  expect(await history.heldBack()).toHaveLength(1);
});

async function checked({ control }: TestCompanion, name: string): Promise<string> {
  const answer = await control(`/api/check?fileName=${name}`, { method: 'POST', body: name });
  return (answer.json() as { id: string }).id;
}

it('a companion that starts within the time goes on hiding, and gives back what is asked for', async () => {
  vi.useRealTimers();
  const home = await temporaryFolder();
  const first = await startTestCompanion({ home });
  const ids = [await checked(first, 'one.jpg'), await checked(first, 'two.jpg')];
  const answer = await first.control('/api/history/delete', {
    method: 'POST',
    body: JSON.stringify({ ids: [ids[0]], undoable: true }),
  });
  const { deleted, undo } = answer.json() as { deleted: number; undo: { deletion: string; until: number } };
  expect(deleted).toBe(1);
  expect(undo.until - Date.now()).toBeGreaterThan(UNDO_DELETION_MS - 30_000);
  await first.companion.stop();

  const second = await startTestCompanion({ home });
  const record = () => second.control(`/api/history/records/${ids[0]}`);
  expect((await record()).status).toBe(404);
  expect(second.companion.status().records).toBe(1);
  const body = JSON.stringify({ deletion: undo.deletion });
  const undone = await second.control('/api/history/undo-delete', { method: 'POST', body });
  expect(undone.json()).toEqual({ restored: 1 });
  expect((await record()).status).toBe(200);
});

it('a companion that starts when the time is over carries the deletion out by itself', async () => {
  vi.useRealTimers();
  const home = await temporaryFolder();
  const first = await startTestCompanion({ home });
  const id = await checked(first, 'one.jpg');
  await first.control('/api/history/delete', { method: 'POST', body: JSON.stringify({ ids: [id], undoable: true }) });
  await first.companion.stop();

  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * UNDO_DELETION_MS });
  const second = await startTestCompanion({ home });
  await vi.waitFor(async () => {
    const verified = await second.control('/api/history/verify', { method: 'POST', body: '{}' });
    expect(verified.json()).toMatchObject({ intact: true, records: 0, tombstones: 1 });
  }, 300_000);
});

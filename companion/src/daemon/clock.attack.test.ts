import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { temporaryLog } from '../log/fixtures/temporary-log.ts';
import { historyOf } from '../log/log-history.ts';
import type { ResultLog } from '../log/result-log.ts';
import { createNotices } from '../notices/notices.ts';
import { openSettings } from '../settings/settings-store.ts';
import { keepRetention, type RetentionRooms } from './retention.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** Twenty records of the last ten minutes before noon, kept for thirty days, and clocks that the test moves. */
async function household(more: { readonly bytes?: (log: ResultLog) => Promise<number> } = {}) {
  const { log, records } = await temporaryLog(20);
  const home = await temporaryFolder();
  const settings = await openSettings(home, () => {});
  await settings.update({ retentionDays: 30 });
  const notices = createNotices(() => {});
  const clock = { wall: generatedRecord(20).at, running: 0 };
  const rooms = {
    home,
    log,
    settings,
    notices,
    logger: pino({ level: 'silent' }),
    clocks: { wall: () => clock.wall, running: () => clock.running },
  };
  const ends: AbortController[] = [];
  const start = (chosen: RetentionRooms['settings'] = settings) => {
    for (const end of ends) end.abort();
    const end = new AbortController();
    ends.push(end);
    const { bytes } = more;
    const history = { ...historyOf(log), ...(bytes && { bytes: () => bytes(log) }) };
    return keepRetention({ ...rooms, settings: chosen, log: history }, end.signal);
  };
  const pass = (ms: number): void => {
    clock.wall += ms;
    clock.running += ms;
  };
  return { log, records, settings, notices, clock, start, pass };
}

describe('attack: wipe the history by moving the clock', () => {
  it.each([40 * DAY, 365 * DAY, 20 * 365 * DAY])('ahead by %d ms while the companion runs', async (jump) => {
    const { log, notices, clock, start, pass } = await household();
    const retention = await start();
    clock.wall += jump;
    for (let hour = 0; hour < 20; hour += 1) {
      pass(HOUR);
      await retention.look();
    }
    expect(log.count()).toBe(20);
    expect(notices.list()).toMatchObject([{ code: 'clock-jumped' }]);
    clock.wall -= jump;
    for (let hour = 0; hour < 25; hour += 1) {
      pass(HOUR);
      await retention.look();
    }
    expect(log.count()).toBe(20);
    expect(notices.list()).toEqual([]);
  });

  it('ahead, while somebody chooses anew on another machine, who sees nothing of this clock', async () => {
    const { log, settings, clock, start } = await household();
    let hear: Parameters<RetentionRooms['settings']['subscribe']>[0] = () => undefined;
    const retention = await start({
      current: settings.current,
      subscribe(listener) {
        hear = listener;
      },
    });
    clock.wall += 400 * DAY;
    await retention.look();
    hear({ ...settings.current(), retentionDays: 29 }, true);
    await retention.look();
    expect(log.count()).toBe(20);
    // Whoever chooses here says that this clock is right.
    hear({ ...settings.current(), retentionDays: 28 });
    await expect.poll(() => log.count()).toBe(0);
  });

  it('ahead while the companion does not run, and by starting it again and again', async () => {
    const { log, clock, start, pass } = await household();
    await start();
    clock.wall += 400 * DAY;
    for (let run = 0; run < 10; run += 1) {
      clock.running = 0;
      const retention = await start();
      pass(HOUR);
      await retention.look();
    }
    expect(log.count()).toBe(20);
  });

  it('before the first start with this folder', async () => {
    const { log, clock, start } = await household();
    clock.wall += 400 * DAY;
    await start();
    expect(log.count()).toBe(20);
  });

  it('and keep old records for ever: a steady day, or a person, ends the doubt', async () => {
    const waited = await household();
    const retention = await waited.start();
    waited.clock.wall += 40 * DAY;
    for (let hour = 0; hour < 26; hour += 1) {
      waited.pass(HOUR);
      await retention.look();
    }
    expect(waited.log.count()).toBe(0);

    const asked = await household();
    await asked.start();
    asked.clock.wall += 40 * DAY;
    await asked.settings.update({ retentionDays: 20 });
    expect(asked.log.count()).toBe(0);
  });

  it('over the months of an ordinary laptop nothing is doubted and old records go', async () => {
    const { log, notices, clock, start, pass } = await household();
    for (let day = 0; day < 32; day += 1) {
      clock.running = 0;
      const retention = await start();
      pass(8 * HOUR);
      await retention.look();
      expect(notices.list()).toEqual([]);
      // Asleep: only the clock on the wall goes on.
      clock.wall += 16 * HOUR;
    }
    expect(log.count()).toBe(0);
  });
});

describe('attack: have the newest records deleted to make room', () => {
  /** Each of the twenty records takes 10 MB of 100 that are allowed. */
  async function fullHouse() {
    const house = await household({ bytes: async (log) => log.count() * 10_000_000 });
    await house.settings.update({ retentionDays: null, retentionBytes: 100_000_000 });
    return house;
  }

  it('by a clock that jumped: nothing goes until it was steady, then the oldest', async () => {
    const { log, records, notices, clock, start, pass } = await fullHouse();
    clock.wall -= 400 * DAY;
    const retention = await start();
    await retention.look();
    expect(log.count()).toBe(20);
    expect(notices.list()).toMatchObject([{ code: 'clock-jumped' }]);
    for (let hour = 0; hour < 25; hour += 1) {
      pass(HOUR);
      await retention.look();
    }
    expect([...log.iterate({})].map(({ id }) => id)).toEqual(
      records
        .slice(10)
        .map(({ id }) => id)
        .toReversed(),
    );
  });

  it('by a size that does not shrink: what is deleted is looked at again and again', async () => {
    const stuck = await household({ bytes: async (log) => (log.count() > 12 ? 200_000_000 : 1) });
    await stuck.settings.update({ retentionDays: null, retentionBytes: 100_000_000 });
    await stuck.start();
    expect(stuck.log.count()).toBe(12);
  });
});

describe('attack: blind the history by moving the clock', () => {
  it.each([
    ['the year 2100', Date.UTC(2100, 0)],
    ['the end of time', 8.64e15],
    ['the year 1970', 0],
    ['before 1970', -8.64e15],
  ])('to %s and back', async (_, at) => {
    const { log, records, reopen } = await temporaryLog(5);
    const odd = Array.from({ length: 5 }, (__, index) => generatedRecord(index, { at: at - Math.sign(at) * index }));
    for (const record of odd) log.append({ ...record, id: `odd-${record.id}` }, {});
    log.append(generatedRecord(6), {});
    const again = reopen();
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = again.query({ limit: 3, ...(before === undefined ? {} : { before }) });
      seen.push(...page.records.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(new Set(seen).size).toBe(11);
    expect(seen).toHaveLength(11);
    expect(again.query({ filter: { from: records[0]?.at, to: generatedRecord(7).at } }).total).toBe(6);
    expect(await again.verify()).toMatchObject({ intact: true, records: 11 });
  });
});

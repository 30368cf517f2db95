import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createResultLog } from '../log/create-result-log.ts';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { jsonLines, runTouchstone } from './fixtures/run-touchstone.ts';

const DAY = 24 * 60 * 60_000;

/** A folder with records that are this many days old. */
async function aged(...days: readonly number[]): Promise<string> {
  const home = await temporaryFolder();
  const log = createResultLog(join(home, 'history.sqlite'));
  for (const [index, age] of days.entries()) {
    const at = Date.now() - age * DAY;
    log.append(generatedRecord(index, { id: ulid(at), at }), {});
  }
  log.close();
  return home;
}

const prune = (home: string, ...args: string[]) => runTouchstone(['history', 'prune', ...args], { home });

describe('touchstone history prune', { timeout: 300_000 }, () => {
  it('deletes what is too old, and keeps to it where it is told to', async () => {
    const home = await aged(200, 100, 1);
    expect((await prune(home, '--older-than', '150')).stdout).toBe('Deleted 1 records.\n');
    const always = await prune(home, '--older-than', '50', '--larger-than', '60', '--always', '--json');
    expect([always.code, jsonLines(always.stdout)]).toEqual([0, [{ deleted: 1 }]]);
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toMatchObject({
      retentionDays: 50,
      retentionBytes: 60_000_000,
    });
    // Without limits by those of the settings.
    expect((await prune(home)).stdout).toBe('Deleted 0 records.\n');
  });

  it('asks the running companion', async () => {
    const home = await aged(200, 1);
    const { control } = await startTestCompanion({ home });
    expect((await prune(home, '--older-than', '150')).stdout).toBe('Deleted 1 records.\n');
    expect((await control('/api/status')).json()).toMatchObject({ records: 1 });
  });

  it('says what it can go by', async () => {
    const home = await aged(1);
    for (const [args, words] of [
      [[], 'no limit is set'],
      [['--larger-than', '1'], '50 to 100000000 megabytes'],
      [['--older-than', '4000'], '1 to 3650 days'],
    ] as const) {
      const { code, stderr } = await prune(home, ...args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    }
    const none = await prune(await temporaryFolder(), '--older-than', '1');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('there is no history')]);
  });
});

import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { findingsOf } from './check-pages.ts';
import { createResultLog } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import { temporaryLog } from './fixtures/temporary-log.ts';
import { open } from './open-database.ts';
import { salvage } from './salvage-apart.ts';

const CRASHING = new URL('./fixtures/crashing-program.ts', import.meta.url);
const ENDLESS = new URL('./fixtures/endless-program.ts', import.meta.url);
const REFUSED = new URL('./fixtures/refused-program.ts', import.meta.url);

it.skipIf(process.platform === 'win32')(
  'a file that ends whoever salvages it is kept, and an empty log begins',
  async () => {
    const { log, path } = await temporaryLog(20);
    log.close();
    const outcome = salvage(path, 'malformed', open, CRASHING);
    expect(outcome).toMatchObject({ saved: 0, lost: undefined });
    expect(existsSync(outcome.movedTo)).toBe(true);
    const fresh = createResultLog(path);
    try {
      expect(fresh.count()).toBe(0);
      fresh.append(generatedRecord(1), {});
      // Damage, and never tampering.
      expect(await fresh.verify()).toMatchObject({ intact: false, breaks: [], damages: [{ at: expect.any(Number) }] });
    } finally {
      fresh.close();
    }
  },
);

it('a salvage without room says so and keeps the damaged file', async () => {
  const { log, path } = await temporaryLog(5);
  log.close();
  expect(() => salvage(path, 'malformed', open, REFUSED)).toThrow(expect.objectContaining({ code: 'disk-full' }));
  expect(readdirSync(dirname(path)).some((name) => name.includes('.damaged-'))).toBe(true);
});

it.skipIf(process.platform === 'win32')('a file that ends whoever reads its pages is damaged', async () => {
  const findings = await findingsOf('history.sqlite', new AbortController().signal, CRASHING);
  expect(findings).toEqual([expect.stringContaining('SIGSEGV')]);
});

it('a check of pages ends when it is cancelled', async () => {
  const cancel = new AbortController();
  const checked = findingsOf('history.sqlite', cancel.signal, ENDLESS);
  setTimeout(() => cancel.abort(), 50);
  await expect(checked).rejects.toMatchObject({ code: 'cancelled' });
});

it('a check that cannot be made is no damage', async () => {
  const missing = findingsOf('/nonexistent/history.sqlite', new AbortController().signal);
  await expect(missing).rejects.toThrow();
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTION_NAMES, OPTIONS } from '../configuration/options.ts';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { jsonLines, runTouchstone } from './fixtures/run-touchstone.ts';

describe('touchstone config', { timeout: 300_000 }, () => {
  it('shows each value with where it comes from', async () => {
    const home = await temporaryFolder();
    await writeFile(join(home, 'config.json'), '{"maxQueue":9}');
    const environment = { TOUCHSTONE_LOG_LEVEL: 'debug', TOUCHSTONE_PORT: '' };
    const { code, stdout } = await runTouchstone(['config', 'show', '--json', '--port', '5000'], { home, environment });
    expect(code).toBe(0);
    const lines = jsonLines(stdout);
    expect(lines.map(({ name }) => name)).toEqual(OPTION_NAMES);
    expect(lines).toEqual(
      expect.arrayContaining([
        { name: 'port', value: 5000, source: '--port' },
        { name: 'logLevel', value: 'debug', source: 'TOUCHSTONE_LOG_LEVEL' },
        { name: 'maxQueue', value: 9, source: expect.stringContaining('config.json') },
        { name: 'provider', value: null, source: 'default' },
      ]),
    );
  });

  it.each([
    ['config', 'check'],
    ['start', '--no-open'],
  ])('refuses a wrong value: %s %s', async (...args) => {
    const home = await temporaryFolder();
    const environment = { TOUCHSTONE_LOG_LEVEL: 'loud' };
    const { code, stderr } = await runTouchstone(args, { home, environment });
    const words = `(config-invalid: TOUCHSTONE_LOG_LEVEL is "loud"; it takes ${OPTIONS.logLevel.allowed})`;
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it('is what help says', async () => {
    const { stdout } = await runTouchstone(['start', '--help'], { home: await temporaryFolder() });
    const text = stdout.replace(/\s+/g, ' ');
    for (const name of OPTION_NAMES) {
      const { flag, variable, allowed } = OPTIONS[name];
      for (const part of [`--${flag} <`, variable, allowed]) expect(text).toContain(part);
    }
  });
});

import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runAside } from './run-aside.mjs';

const logs = mkdtempSync(join(tmpdir(), 'touchstone-aside-'));

/** @param {string} script */
const start = (script) =>
  runAside('A stage', { command: process.execPath, args: ['-e', script] }, { cwd: logs, env: process.env, logs });

it('keeps what a program says, and tells how it ended', async () => {
  const { code, output } = await start("console.log('said'); console.error('and shouted'); process.exitCode = 3").ended;
  expect(code).toBe(3);
  expect(output).toContain('said\n');
  expect(output).toContain('and shouted\n');
  expect(readFileSync(join(logs, 'a-stage.log'), 'utf8')).toBe(output);
});

it.skipIf(process.platform === 'win32')('is stopped with everything that it started', async () => {
  const sign = join(logs, 'grandchild');
  const grandchild = `require('fs').writeFileSync(${JSON.stringify(sign)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const aside = start(
    `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'ignore' }); setInterval(() => {}, 1000)`,
  );
  while (!existsSync(sign) || readFileSync(sign, 'utf8') === '') await wait(20);
  const pid = Number(readFileSync(sign, 'utf8'));
  aside.stop();
  expect((await aside.ended).code).toBe(1);
  while (isAlive(pid)) await wait(20);
});

it('a program that is not there has failed, with the reason', async () => {
  const aside = runAside(
    'Nothing',
    { command: join(logs, 'missing'), args: [] },
    { cwd: logs, env: process.env, logs },
  );
  const { code, output } = await aside.ended;
  expect(code).toBe(1);
  expect(output).toContain('ENOENT');
});

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    // What nobody has waited for yet is no more either.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { root } from './project.mjs';
import { runInForeground } from './run-in-foreground.mjs';

/** Ends with 0 when asked to, and with a signal when not asked politely; leaves a file once it can hear. */
const polite = (marker) => `
  process.on('SIGTERM', () => process.exit(0));
  require('node:fs').writeFileSync(${JSON.stringify(marker)}, '');
  setInterval(() => {}, 1000);
`;

describe('runInForeground', () => {
  it("returns the other program's exit code", async () => {
    expect(await runInForeground(process.execPath, ['-e', 'process.exit(7)'], { cwd: root })).toBe(7);
  });

  it.skipIf(process.platform === 'win32')(
    'passes a signal on through two programs and waits for a clean end',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'touchstone-run-in-foreground-'));
      const marker = join(folder, 'ready');
      const outer = `
      import { runInForeground } from ${JSON.stringify(pathToFileURL(join(root, 'scripts', 'run-in-foreground.mjs')).href)};
      process.exitCode = await runInForeground(process.execPath, ['-e', ${JSON.stringify(polite(marker))}], {});
    `;
      try {
        const run = runInForeground(process.execPath, ['--input-type=module', '-e', outer], { cwd: root });
        await vi.waitUntil(() => existsSync(marker), { timeout: 300_000 });
        process.emit('SIGTERM');
        expect(await run).toBe(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  it.skipIf(process.platform === 'win32')('asks the other program to end when its own parent is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-run-in-foreground-'));
    const [ready, ended] = [join(folder, 'ready'), join(folder, 'ended')];
    const other = `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(ended)}, ''));${polite(ready)}`;
    const outer = `
      import { runInForeground } from ${JSON.stringify(pathToFileURL(join(root, 'scripts', 'run-in-foreground.mjs')).href)};
      process.exitCode = await runInForeground(process.execPath, ['-e', ${JSON.stringify(other)}], {});
    `;
    // As npm's shell does: it waits for its child and dies of a signal without passing it on.
    const shell = spawn(process.execPath, [
      '-e',
      `require('node:child_process').spawn(process.execPath, ${JSON.stringify(['--input-type=module', '-e', outer])}, { stdio: 'ignore' })`,
    ]);
    try {
      await vi.waitUntil(() => existsSync(ready), { timeout: 300_000 });
      shell.kill('SIGKILL');
      await vi.waitUntil(() => existsSync(ended), { timeout: 300_000 });
    } finally {
      shell.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('rejects when the program is not there', async () => {
    await expect(runInForeground(join(tmpdir(), 'no-such-program'), [], { cwd: root })).rejects.toThrow('ENOENT');
  });
});

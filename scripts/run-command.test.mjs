import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandFailure, explainFailure, remedyFor, runCommand } from './run-command.mjs';

function recorder(isTTY = false) {
  const stream = {
    isTTY,
    text: '',
    write(text) {
      this.text += text;
    },
  };
  return stream;
}

const script = (code) => ({ command: process.execPath, args: ['-e', code] });

let logs;
beforeAll(() => {
  logs = mkdtempSync(join(tmpdir(), 'touchstone-command-'));
});
afterAll(() => rmSync(logs, { recursive: true, force: true }));

describe('runCommand', () => {
  it('names the command and its time and hides its output', async () => {
    const stream = recorder();
    await runCommand('Doing a thing', script('console.log("npm warn noise")'), { cwd: logs, stream, logs });
    expect(stream.text).toMatch(/^Doing a thing \.\.\.\nDoing a thing: done \(\d+\.\d s\)\n$/);
  });

  it('keeps the log of a failed command and says what to do', async () => {
    const stream = recorder();
    const failing = runCommand('Failing', script('console.error("getaddrinfo ENOTFOUND registry"); process.exit(3)'), {
      cwd: logs,
      stream,
      logs,
    });
    const failure = await failing.catch((error) => error);
    expect(failure).toBeInstanceOf(CommandFailure);
    expect(readFileSync(failure.log, 'utf8')).toContain('ENOTFOUND');
    const told = recorder();
    explainFailure(failure, told);
    expect(told.text).toContain('getaddrinfo ENOTFOUND registry');
    expect(told.text).toContain('Next step: Check the connection');
    expect(told.text).toContain(failure.log);
  });

  it('fails when the program is not there', async () => {
    const line = { command: join(logs, 'no-such-program'), args: [] };
    await expect(runCommand('Missing', line, { cwd: logs, stream: recorder(), logs })).rejects.toBeInstanceOf(
      CommandFailure,
    );
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const running = runCommand('Waiting', script('setInterval(() => {}, 1000)'), {
      cwd: logs,
      stream: recorder(),
      logs,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 100);
    await expect(running).rejects.toBeInstanceOf(CommandFailure);
  });

  it('spins on a terminal', async () => {
    const stream = recorder(true);
    await runCommand('Spinning', script(''), { cwd: logs, stream, logs });
    expect(stream.text).toContain('⠋ Spinning');
    expect(stream.text).toContain('✓ Spinning');
  });
});

describe('remedyFor', () => {
  it('knows a full disk from a missing network', () => {
    expect(remedyFor('Error: ENOSPC: no space left')).toContain('disk');
    expect(remedyFor('anything else')).toContain('log');
  });
});

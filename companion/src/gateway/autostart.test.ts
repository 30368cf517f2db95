import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSession, type PageSession } from './fixtures/open-session.ts';
import { startTestCompanion, type TestCompanion, temporaryFolder } from './fixtures/test-companion.ts';

/** Stands for the system's own program: notes what it was asked, and answers as it is told. */
async function systemctl(folder: string, exitCode: number): Promise<void> {
  const path = join(folder, 'systemctl');
  await writeFile(path, `#!/bin/sh\necho "$@" >> "${folder}/asked"\nexit ${exitCode}\n`);
  await chmod(path, 0o700);
}

describe.runIf(process.platform === 'linux')('start at login, by the history page', () => {
  let folder: string;
  let test: TestCompanion;
  let session: PageSession;
  beforeEach(async () => {
    folder = await temporaryFolder();
    test = await startTestCompanion();
    session = await openSession(test);
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    vi.stubEnv('XDG_CONFIG_HOME', folder);
  });
  afterEach(() => vi.unstubAllEnvs());

  const unit = () => join(folder, 'systemd', 'user', 'touchstone.service');
  const change = async (on: boolean) => {
    const answer = await session.page('/api/autostart', { method: 'PUT', body: JSON.stringify({ on }) });
    return { status: answer.status, body: answer.json() as Record<string, unknown> };
  };

  it('is switched on and off without a second companion, or the end of this one', async () => {
    await systemctl(folder, 0);
    expect((await session.page('/api/autostart')).json()).toEqual({ on: false });
    expect(await change(true)).toEqual({ status: 200, body: { on: true } });
    expect((await session.page('/api/autostart')).json()).toEqual({ on: true });
    expect(await readFile(unit(), 'utf8')).toContain('Description=Touchstone companion');
    expect(await change(false)).toEqual({ status: 200, body: { on: false } });
    expect(existsSync(unit())).toBe(false);
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe(
      '--user daemon-reload\n--user enable touchstone.service\n--user disable touchstone.service\n',
    );
  });

  it('says why it could not be, and leaves nothing behind', async () => {
    await systemctl(folder, 1);
    expect(await change(true)).toMatchObject({ status: 500, body: { code: 'autostart-failed', retryable: false } });
    expect(existsSync(unit())).toBe(false);
    expect((await session.page('/api/autostart')).json()).toEqual({ on: false });
  });

  it('is asked for by nobody else', async () => {
    const body = JSON.stringify({ on: true });
    const headers = { 'content-type': 'application/json' };
    expect((await test.request('/api/autostart', { method: 'PUT', body, headers })).status).toBe(401);
    expect((await test.request('/api/autostart')).status).toBe(401);
    expect(existsSync(unit())).toBe(false);
  });
});

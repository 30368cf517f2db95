import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';

const DAY_S = 24 * 60 * 60;

async function file(path: string, ageDays = 0): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'half');
  await utimes(path, Date.now() / 1000 - ageDays * DAY_S, Date.now() / 1000 - ageDays * DAY_S);
  return path;
}

it('removes at the start what killed processes left, and nothing else', async () => {
  const home = await temporaryFolder();
  const input = await mkdtemp(join(tmpdir(), 'touchstone-input-'));
  onTestFinished(() => rm(input, { recursive: true, force: true }));
  const old = Date.now() / 1000 - 2 * DAY_S;
  await utimes(input, old, old);
  const hash = 'ab'.repeat(32);
  const left = [
    await file(join(home, `settings.json.${randomUUID()}.tmp`)),
    await file(join(home, `control.json.${randomUUID()}.tmp`)),
    await file(join(home, 'backups', 'history-version-4.sqlite.tmp')),
    await file(join(home, 'restoring', 'settings.json')),
    await file(join(home, 'spool', randomUUID())),
    await file(join(home, 'content', 'incoming', 'half')),
    await file(join(home, 'packs', '.downloads', `${hash}.onnx.part`), 40),
    input,
  ];
  const staging = join(home, 'packs', `.staging-${randomUUID()}`);
  await mkdir(staging, { recursive: true });
  await utimes(staging, old, old);
  const kept = [
    await file(join(home, 'notes.tmp')),
    await file(join(home, 'packs', '.downloads', `${'cd'.repeat(32)}.part`), 2),
    await file(join(home, 'packs', `.staging-${randomUUID()}`, 'model.onnx')),
    await file(join(home, 'packs', 'mine', 'pack.json'), 400),
  ];
  await startTestCompanion({ home });
  expect([...left, staging].filter((path) => existsSync(path))).toEqual([]);
  expect(kept.filter((path) => !existsSync(path))).toEqual([]);
});

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clipName, extractClip, type HeldClip, readClipList } from './clip-list.ts';

const LIST = fileURLToPath(new URL('../../../models/evaluation/video-clips.csv', import.meta.url));
const BYTES = 'a clip';
let folder: string;
let blob: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-clips-'));
  const mirror = join(folder, 'owner+name', 'repo');
  await mkdir(mirror, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--bare', mirror]);
  await writeFile(join(folder, 'clip'), BYTES);
  const hash = ['--git-dir', mirror, 'hash-object', '-w', join(folder, 'clip')];
  blob = execFileSync('git', hash, { encoding: 'utf8' }).trim();
});
afterAll(() => rm(folder, { recursive: true }));

const clip = (sha256: string): HeldClip => ({
  source: 'somebody',
  kind: 'real',
  scene: 'handheld',
  known: 'said so',
  repository: 'owner/name',
  commit: '0'.repeat(40),
  path: 'clip.mp4',
  part: '',
  blob,
  sha256,
});

it('lists every clip once, with its group and how its kind is known', async () => {
  const clips = await readClipList(LIST);
  expect(clips.length).toBeGreaterThan(300);
  expect(new Set(clips.map(clipName)).size).toBe(clips.length);
});

it('takes a clip out of a mirror only where its bytes are those that were listed', async () => {
  const other = await extractClip(clip('0'.repeat(64)), folder, join(folder, 'clips'));
  expect(other).toBeUndefined();
  const found = await extractClip(
    clip(createHash('sha256').update(BYTES).digest('hex')),
    folder,
    join(folder, 'clips'),
  );
  expect(await readFile(found ?? '', 'utf8')).toBe(BYTES);
});

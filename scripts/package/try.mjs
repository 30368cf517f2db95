import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { greyClip } from '../../companion/src/video-file/fixtures/clips.ts';
import { tryNpx, tryProgram, tryVideo } from './try-package.mjs';

/** Tries the packages in a folder, as `npm run package` made them: `try.mjs dist`; with --video, `video install` too (63 MB). */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { video: { type: 'boolean' } } });
// Programs are started in folders of their own.
const folder = resolve(positionals[0] ?? 'dist');
const named = (end) => readdirSync(folder).find((name) => name.endsWith(end));

const unpacked = mkdtempSync(join(tmpdir(), 'touchstone-unpacked-'));
try {
  const deb = named('.deb');
  if (deb) {
    const { status } = spawnSync('dpkg-deb', ['-x', join(folder, deb), unpacked]);
    if (status !== 0) throw new Error(`${deb} cannot be unpacked`);
    // By the link that will be on the PATH.
    tryProgram(join(unpacked, 'usr/bin/touchstone'));
  } else tryProgram(join(folder, 'touchstone/bin/touchstone'));
  const tarball = named('-npx.tgz');
  if (tarball) tryNpx(join(folder, tarball));
  if (values.video) {
    const clip = join(unpacked, 'clip.mp4');
    await greyClip(clip);
    await tryVideo(join(folder, 'touchstone/bin/touchstone'), clip);
  }
} finally {
  rmSync(unpacked, { recursive: true, force: true });
}

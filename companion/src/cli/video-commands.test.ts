import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decoderFolder } from '../video-file/binaries/binaries-folder.ts';
import { runTouchstone, temporaryHome } from './fixtures/run-touchstone.ts';

it('fetches nothing where the decoder came along', async () => {
  const { home, dispose } = await temporaryHome();
  try {
    const { code, stdout } = await runTouchstone(['video', 'install', '--registry', 'http://127.0.0.1:1'], { home });
    expect(stdout).toContain('Video files can be read already');
    expect(code).toBe(0);
    expect(existsSync(decoderFolder(home))).toBe(false);
    expect((await runTouchstone(['video', 'status'], { home })).stdout).toBe('Video files can be read.\n');
  } finally {
    await dispose();
  }
});

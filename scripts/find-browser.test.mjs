import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BROWSERS, findBrowser } from './find-browser.mjs';

describe('findBrowser', () => {
  it('takes the named program, else looks along the path, and refuses what does not run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-browser-'));
    try {
      const file = join(folder, process.platform === 'win32' ? 'chromium.exe' : 'chromium');
      writeFileSync(file, '');
      const away = { ...BROWSERS.chromium, places: [] };
      const path = { PATH: ['/nowhere', folder].join(delimiter) };
      expect(findBrowser(away, path, () => true)).toBe(file);
      expect(findBrowser(away, path, () => false)).toBeUndefined();
      expect(findBrowser(away, { CHROMIUM_PATH: file }, () => false)).toBe(file);
      expect(findBrowser(away, { ...path, CHROMIUM_PATH: join(folder, 'gone') }, () => true)).toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

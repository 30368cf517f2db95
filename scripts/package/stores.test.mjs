import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from './read-zip.mjs';
import { STORES, storeZip } from './store-zips.mjs';
import { writeSums } from './sums.mjs';
import { zipOf } from './zip.mjs';

let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-stores-'));
  for (const build of new Set(Object.values(STORES))) {
    mkdirSync(join(folder, build, 'icon'), { recursive: true });
    writeFileSync(join(folder, build, 'manifest.json'), JSON.stringify({ name: build, key: 'of development' }));
    writeFileSync(join(folder, build, 'icon/16.png'), randomBytes(100));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a zip', () => {
  const files = new Map([
    ['z.txt', Buffer.from('last')],
    ['empty', Buffer.alloc(0)],
    ['صورة/größer.bin', randomBytes(70_000)],
    ['same.txt', Buffer.from('a'.repeat(50_000))],
  ]);

  it('holds what was packed, for readers that did not pack it', async () => {
    const zip = zipOf(files);
    expect(new Map([...(await readZip(zip))].toSorted())).toEqual(new Map([...files].toSorted()));
    expect(zip.length).toBeLessThan(75_000);
    const path = join(folder, 'a.zip');
    writeFileSync(path, zip);
    const { status, error, stdout } = spawnSync('unzip', ['-tq', path], { encoding: 'utf8' });
    // Not every system has it.
    if (!error) expect({ status, stdout }).toMatchObject({ status: 0 });
  });

  it('is the same whenever and in whichever order it is packed', () => {
    expect(zipOf(new Map([...files].toReversed())).equals(zipOf(files))).toBe(true);
  });

  it('that was damaged is told', async () => {
    const zip = zipOf(new Map([['a', Buffer.from('stored as it is: 0123456789')]]));
    // Inside the packed contents of the one file.
    const at = zip.indexOf(Buffer.from('a')) + 10;
    zip[at] ^= 0xff;
    await expect(readZip(zip)).rejects.toThrow();
  });
});

describe('what a store gets', () => {
  it('is every file of its build, without the key of development', async () => {
    for (const [store, build] of Object.entries(STORES)) {
      const files = await readZip(storeZip(store, folder));
      expect([...files.keys()].toSorted()).toEqual(['icon/16.png', 'manifest.json']);
      expect(files.get('icon/16.png')).toEqual(readFileSync(join(folder, build, 'icon/16.png')));
      expect(JSON.parse(files.get('manifest.json'))).toEqual({ name: build });
    }
  });

  it('is nothing before it is built, with the next step', () => {
    expect(() => storeZip('chrome', join(folder, 'nowhere'))).toThrow(
      expect.objectContaining({ nextStep: expect.stringContaining('npm run build') }),
    );
  });

  it('has its sums as sha256sum writes them', () => {
    const file = join(folder, 'one.bin');
    writeFileSync(file, 'one');
    const sum = createHash('sha256').update('one').digest('hex');
    expect(readFileSync(writeSums(folder, [file]), 'utf8')).toBe(`${sum}  one.bin\n`);
  });
});

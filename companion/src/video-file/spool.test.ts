import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSpool, emptySpool } from './spool.ts';

let home: string;
let folder: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'touchstone-spool-'));
  folder = join(home, 'spool');
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function* pieces(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const [index, size] of sizes.entries()) yield new Uint8Array(size).fill(index + 1);
}

describe('spool', () => {
  it('keeps the bytes for their owner alone until they are removed', async () => {
    const file = await createSpool(folder).receive(pieces(1000, 70_000, 3));
    const bytes = await readFile(file.path);
    expect(bytes.length).toBe(71_003);
    expect(file).toMatchObject({ bytes: 71_003, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect((await stat(file.path)).mode & 0o077).toBe(0);
    expect((await stat(folder)).mode & 0o077).toBe(0);
    await file.remove();
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses more than the limit and leaves nothing', async () => {
    await expect(createSpool(folder, 5000).receive(pieces(4000, 2000))).rejects.toMatchObject({ code: 'too-large' });
    await expect(createSpool(folder).receive(pieces())).rejects.toMatchObject({ code: 'empty-file' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('forgets what was sent when the sender goes away', async () => {
    const gone = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        yield new Uint8Array(10);
        gone.abort();
      }
    }
    await expect(createSpool(folder).receive(endless(), gone.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is emptied of what an earlier run left', async () => {
    await writeFile(join(folder, randomUUID()), 'x');
    await emptySpool(folder);
    expect(await readdir(folder)).toEqual([]);
    await emptySpool(join(home, 'never-made'));
  });

  it('leaves what it did not write, folders too, and is no obstacle to a start', async () => {
    await mkdir(join(folder, randomUUID()));
    await writeFile(join(folder, 'holiday.mp4'), 'x');
    await emptySpool(folder);
    expect(await readdir(folder)).toHaveLength(2);
  });
});

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFiles } from './find-files.ts';

const PNG_MAGIC = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-find-'));
  await mkdir(join(folder, 'below', 'deep'), { recursive: true });
  await writeFile(join(folder, 'a.png'), PNG_MAGIC);
  await writeFile(join(folder, 'notes.txt'), 'words');
  await writeFile(join(folder, 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(folder, 'broken.jpg'), '');
  await writeFile(join(folder, 'below', 'deep', 'without-extension'), PNG_MAGIC);
  await symlink(folder, join(folder, 'below', 'circle'));
  await symlink(join(folder, 'a.png'), join(folder, 'below', 'link'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function names(paths: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of findFiles(paths, new AbortController().signal)) found.push(name);
  return found;
}

describe('findFiles', () => {
  it('walks folders in order, takes pictures by bytes or name and follows no link to a folder', async () => {
    const expected = ['a.png', 'below/deep/without-extension', 'below/link', 'broken.jpg'];
    expect(await names([folder])).toEqual(expected.map((name) => join(folder, name)));
  });

  it('leaves out raw files, songs and pictures that nothing reads, and names each once', async () => {
    const mixed = await mkdtemp(join(folder, '..', 'touchstone-mixed-'));
    const brand = (name: string): Buffer => Buffer.from(`\0\0\0\x18ftyp${name}\0\0\0\0${name}isom`, 'latin1');
    await writeFile(join(mixed, 'IMG_0001.CR3'), brand('crx '));
    await writeFile(join(mixed, 'IMG_0002.NEF'), 'MM\0*');
    await writeFile(join(mixed, 'photo.png'), PNG_MAGIC);
    await writeFile(join(mixed, 'song.m4a'), brand('M4A '));
    await writeFile(join(mixed, 'still.jxl'), Buffer.of(0xff, 0x0a));
    const leftOut: string[] = [];
    const found: string[] = [];
    for await (const { name } of findFiles([mixed], new AbortController().signal, (name) => leftOut.push(name)))
      found.push(name);
    expect(found).toEqual([join(mixed, 'photo.png')]);
    expect(leftOut).toEqual(['IMG_0001.CR3', 'IMG_0002.NEF', 'song.m4a', 'still.jxl'].map((name) => join(mixed, name)));
    await rm(mixed, { recursive: true });
  });

  it('takes videos of other containers for videos, by their bytes', async () => {
    const path = join(folder, 'below', 'film.dat');
    await writeFile(path, Buffer.from('RIFF\x20\0\0\0AVI LIST', 'latin1'));
    for await (const { video } of findFiles([path], new AbortController().signal)) expect(video).toBe(true);
    await rm(path);
  });

  it('keeps what a person named, whatever it is', async () => {
    const named = [join(folder, 'notes.txt'), '-', join(folder, 'not-there.jpg')];
    expect(await names(named)).toEqual(named);
  });
});

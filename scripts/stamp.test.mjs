import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf, isStamped, writeStamp } from './stamp.mjs';

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'touchstone-stamp-'));
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{}');
  writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('hashOf', () => {
  const paths = ['package.json', 'src', 'missing.json'];

  it('changes with contents, names and new files', () => {
    const hashes = [hashOf(root, paths)];
    writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'two');
    hashes.push(hashOf(root, paths));
    writeFileSync(join(root, 'src', 'b.ts'), '');
    hashes.push(hashOf(root, paths));
    writeFileSync(join(root, 'missing.json'), '');
    hashes.push(hashOf(root, paths));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('does not change with time stamps or with what tools make', () => {
    const before = hashOf(root, paths);
    utimesSync(join(root, 'package.json'), 1, 1);
    mkdirSync(join(root, 'src', 'node_modules'));
    mkdirSync(join(root, 'src', 'dist'));
    writeFileSync(join(root, 'src', 'node_modules', 'x.js'), 'x');
    writeFileSync(join(root, 'src', 'dist', 'x.js'), 'x');
    expect(hashOf(root, paths)).toBe(before);
  });
});

describe('stamp', () => {
  it('holds only for the hash that was written', () => {
    const file = join(root, 'stamps', 'install.stamp');
    expect(isStamped(file, 'abc')).toBe(false);
    writeStamp(file, 'abc');
    expect(isStamped(file, 'abc')).toBe(true);
    expect(isStamped(file, 'abcd')).toBe(false);
  });
});

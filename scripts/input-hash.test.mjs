import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inputHash, isUnchanged, keepHash } from './input-hash.mjs';

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'touchstone-input-hash-'));
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{}');
  writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('inputHash', () => {
  const paths = ['package.json', 'src', 'missing.json'];

  it('changes with contents, names and new files', () => {
    const hashes = [inputHash(root, paths)];
    writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'two');
    hashes.push(inputHash(root, paths));
    writeFileSync(join(root, 'src', 'b.ts'), '');
    hashes.push(inputHash(root, paths));
    writeFileSync(join(root, 'missing.json'), '');
    hashes.push(inputHash(root, paths));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('does not change with time stamps or with what tools make', () => {
    const before = inputHash(root, paths);
    utimesSync(join(root, 'package.json'), 1, 1);
    mkdirSync(join(root, 'src', 'node_modules'));
    mkdirSync(join(root, 'src', 'dist'));
    writeFileSync(join(root, 'src', 'node_modules', 'x.js'), 'x');
    writeFileSync(join(root, 'src', 'dist', 'x.js'), 'x');
    expect(inputHash(root, paths)).toBe(before);
  });
});

describe('the kept hash', () => {
  it('holds only for the hash that was written', () => {
    const file = join(root, 'hashes', 'install.sha256');
    expect(isUnchanged(file, 'abc')).toBe(false);
    keepHash(file, 'abc');
    expect(isUnchanged(file, 'abc')).toBe(true);
    expect(isUnchanged(file, 'abcd')).toBe(false);
  });
});

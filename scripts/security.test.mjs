import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './project.mjs';

const PATTERN = '{shared,models,companion,extension,e2e}/**/*{.attack,-attacks.team}.test.{ts,tsx}';
const files = globSync(PATTERN, { cwd: root, exclude: (name) => /node_modules|\.output|dist/.test(name) })
  .map((file) => file.replaceAll('\\', '/'))
  .sort();
const security = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const linked = [...security.matchAll(/\]\(([^)\s]+(?:\.attack|-attacks\.team)\.test\.tsx?)\)/g)].map(
  (match) => match[1],
);

/** Attacks that this repository promises to try. */
const LEAST_ATTACKS = 80;

describe('SECURITY.md', () => {
  it('names the test of every defence: each file of attacks, and none that is not there', () => {
    expect([...new Set(linked)].sort()).toEqual(files);
  });

  it('stands on at least eighty attacks', () => {
    const attacks = files.flatMap(
      (file) => readFileSync(join(root, file), 'utf8').match(/^\s*(?:it|test)(?:\.each)?\(/gm) ?? [],
    );
    expect(attacks.length).toBeGreaterThanOrEqual(LEAST_ATTACKS);
  });

  it('leads to documents that exist', () => {
    const documents = [...security.matchAll(/\]\(((?!https?:|#|mailto:)[^)\s]+)\)/g)].map(
      (match) => match[1].split('#')[0],
    );
    const there = new Set(globSync('**/*', { cwd: root, exclude: (name) => /node_modules|\.output/.test(name) }));
    expect(documents.filter((file) => !there.has(file) && !there.has(dirname(file)))).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './project.mjs';

const folder = join(root, 'docs/decisions');
const files = readdirSync(folder).filter((name) => /^\d{4}-/.test(name));

/** Rows of the index: the number, the file that it leads to, and whether the decision still holds. */
const rows = [
  ...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^\| \[(\d{4})\]\(([^)]+)\) \| [^|]+ \| ([^|]+?) \|/gm),
].map(([, number, file, status]) => ({ number, file, status }));

it('every decision has a number of its own, which its file and its title say', () => {
  const numbers = files.map((name) => name.slice(0, 4));
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  const untitled = files.filter(
    (name) => !new RegExp(`^# .*\\b${name.slice(0, 4)}\\b`).test(readFileSync(join(folder, name), 'utf8')),
  );
  expect(untitled).toEqual([]);
});

it('every decision is in the index, with its status', () => {
  expect(rows.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
  expect(rows.filter(({ number, file }) => !file.startsWith(number))).toEqual([]);
  expect(rows.filter(({ status }) => !/^(in force|replaced by \d{4})$/.test(status))).toEqual([]);
});

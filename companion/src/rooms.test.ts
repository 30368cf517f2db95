import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('.', import.meta.url));
const PLAN = fileURLToPath(new URL('../../docs/architecture.md', import.meta.url));

/** Folders whose files serve tests alone. They build whatever a test needs, so their arrows point anywhere. */
const FOR_TESTS = /(^|\/)fixtures\//;

/** Every way in which a file names another: imports of values and types, lazy ones, programs of processes and threads. */
const NAMES_FILE = /(?:from|import\(|new URL\(|^import)\s*'(\.{1,2}\/[^']+)'/gm;

/** Rows of the table of rooms, top first: it is the order, and stands nowhere else. */
function plannedRooms(): { readonly name: string; readonly cells: readonly string[] }[] {
  const table = readFileSync(PLAN, 'utf8').split('## Rooms of the companion')[1]?.split('\n## ')[0] ?? '';
  return [...table.matchAll(/^\| `([a-z-]+)` \|(.*)\|$/gm)].map(([, name = '', rest = '']) => ({
    name,
    cells: rest.split('|').map((cell) => cell.trim()),
  }));
}

function sources(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.includes('.test.') && !FOR_TESTS.test(path));
}

const roomOf = (path: string): string => path.split('/')[0] ?? '';

/** @returns pairs of files whose rooms differ, the one that names the other first */
function arrows(): { readonly from: string; readonly to: string }[] {
  return sources().flatMap((from) => {
    const text = readFileSync(join(SOURCE, from), 'utf8');
    return [...text.matchAll(NAMES_FILE)]
      .map(([, to = '']) => relative(SOURCE, resolve(SOURCE, dirname(from), to)).replaceAll('\\', '/'))
      .filter((to) => !to.startsWith('..') && roomOf(to) !== roomOf(from))
      .map((to) => ({ from, to }));
  });
}

it('every folder of the companion is a room of the plan, and every room is a folder', () => {
  const folders = readdirSync(SOURCE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = plannedRooms().map(({ name }) => name);
  expect(names.toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});

it('the plan says of every room what comes in, what goes out and what it may touch', () => {
  for (const { name, cells } of plannedRooms()) {
    expect(cells, name).toHaveLength(3);
    for (const cell of cells) expect(cell.length, name).toBeGreaterThan(0);
  }
});

it('no file names one of a room above its own', () => {
  const order = plannedRooms().map(({ name }) => name);
  const found = arrows();
  // As many as there are rooms at the very least, or the pattern sees nothing any more.
  expect(found.length).toBeGreaterThan(order.length);
  expect(found.filter(({ from, to }) => order.indexOf(roomOf(to)) <= order.indexOf(roomOf(from)))).toEqual([]);
});

it('what a picture or a frame says is found without log, settings and sessions', () => {
  const above = new Set(['log', 'settings', 'session', 'pairing', 'notices']);
  const order = plannedRooms().map(({ name }) => name);
  const upTo = order.indexOf('analysis');
  const found = arrows().filter(({ from, to }) => order.indexOf(roomOf(from)) >= upTo && above.has(roomOf(to)));
  expect(found).toEqual([]);
});

it('only the room of verdicts makes one', () => {
  const makers = sources().filter((path) => /\balignVerdict\(/.test(readFileSync(join(SOURCE, path), 'utf8')));
  expect(new Set(makers.map(roomOf))).toEqual(new Set(['verdict']));
});

it('only one file makes records', () => {
  const makers = sources().filter((path) => /\blabel: null\b/.test(readFileSync(join(SOURCE, path), 'utf8')));
  expect(makers).toEqual(['records/build-record.ts']);
});

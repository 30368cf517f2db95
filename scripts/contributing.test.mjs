import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVIDENCE_KINDS } from '../shared/src/evidence.ts';
import { CAVEAT_CODES } from '../shared/src/sentences.ts';
import { CATALOGUES } from '../shared/src/words/languages.ts';
import { thirdParty } from './notices.mjs';
import { root } from './project.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

/** Most places that an addition may need. */
const MOST_PLACES = 3;

/** What "To add" of CONTRIBUTING.md asks a stranger to touch: paths in the first sentence of each entry. */
const additions = [
  ...read('CONTRIBUTING.md')
    .split('\n## To add\n')[1]
    .split('\n## ')[0]
    .matchAll(/^- \*\*(.+?)\*\*: ([\s\S]*?)(?=\n- |$(?![\s\S]))/gm),
].map(([, name, text]) => {
  const [sentence = ''] = text.replaceAll('\n', ' ').split(/\. (?=[A-Z`])/);
  return { name, places: [...sentence.matchAll(/`([^`]*\/[^`]*)`/g)].map(([, path]) => path) };
});

/** Sources without tests and what tests alone use. */
function sourcesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/fixtures\//.test(path));
}

const IMPORT = /(?:from|import) '(\.[^']+)'/g;

/** Every file that one leads to by relative imports, itself with them. */
function reachedFrom(path, seen = new Set()) {
  if (seen.has(path) || !existsSync(join(root, path))) return seen;
  seen.add(path);
  for (const [, target] of read(path).matchAll(IMPORT)) reachedFrom(join(dirname(path), target), seen);
  return seen;
}

describe('the list of what a stranger touches', () => {
  it('is there for what is added most', () => {
    expect(additions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['A language', 'A caveat', 'A kind of evidence', 'A container', 'A pack', 'A route']),
    );
  });

  it.each(additions)('asks for at most three places: $name', ({ places }) => {
    expect(places.length).toBeGreaterThan(0);
    expect(places.length).toBeLessThanOrEqual(MOST_PLACES);
  });

  it.each(additions)('names places that are there: $name', ({ places }) => {
    // What a placeholder stands for is what is added.
    const known = places.map((path) => path.replace(/\/?[^/]*<.*$/, ''));
    expect(known.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('what one of the places forgot is noticed', () => {
  it('a folder of words that is not in the list of languages', () => {
    const folders = readdirSync(join(root, 'shared/src/words'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'fixtures')
      .map(({ name }) => name);
    // The other way round, and a missing text, are errors of types.
    expect(folders.toSorted()).toEqual(Object.keys(CATALOGUES).toSorted());
  });

  it('a caveat that nothing gives', () => {
    const texts = [...sourcesBelow('companion/src'), ...sourcesBelow('shared/src/present')].map(read).join('\n');
    expect(CAVEAT_CODES.filter((code) => !texts.includes(`'${code}'`))).toEqual([]);
  });

  it('a kind of evidence that nothing finds', () => {
    const texts = sourcesBelow('companion/src').map(read).join('\n');
    expect(EVIDENCE_KINDS.filter((kind) => !texts.includes(`finding('${kind}'`))).toEqual([]);
  });

  it('a reader of a container that is not fuzzed', () => {
    const fuzzed = reachedFrom('companion/fuzz/targets/containers.ts');
    const readers = sourcesBelow('companion/src/containers').filter((path) => /^export function\* /m.test(read(path)));
    expect(readers.length).toBeGreaterThan(6);
    expect(readers.filter((path) => !fuzzed.has(path))).toEqual([]);
  });

  it('a format of pictures that is not fuzzed', () => {
    const [, type = ''] = /const JUDGED = ([^;]+);/.exec(read('companion/src/intake/sniff.ts')) ?? [];
    const formats = [...type.matchAll(/'(\w+)'/g)].map(([, format]) => format);
    const fuzzed = [...reachedFrom('companion/fuzz/targets/pictures.ts')].map(read).join('\n');
    expect(formats.length).toBeGreaterThan(5);
    expect(formats.filter((format) => !new RegExp(`^ +${format}[:,]`, 'm').test(fuzzed))).toEqual([]);
  });

  it('a pack without its card, or whose weights have no origin', () => {
    const packs = readdirSync(join(root, 'models/packs'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const named = new Set(thirdParty().weights.flatMap(({ files }) => files));
    const faults = packs.flatMap(({ name }) => {
      const folder = join('models/packs', name);
      const { name: own, model } = JSON.parse(read(join(folder, 'pack.json')));
      return [
        ...(own === name ? [] : [`${name} calls itself ${own}`]),
        ...(existsSync(join(root, folder, 'CARD.md')) ? [] : [`${name} has no card`]),
        ...(named.has(relative('.', join(folder, model.file))) ? [] : [`nobody says where ${name} comes from`]),
      ];
    });
    expect(packs.length).toBeGreaterThan(2);
    expect(faults).toEqual([]);
  });
});

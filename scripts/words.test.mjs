import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Product sources: what people read is written there, and nowhere else. */
const sources = execFileSync(
  'git',
  [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    'shared/src',
    'extension/src',
    'companion/src',
    'companion/history/src',
  ],
  { cwd: ROOT, encoding: 'utf8' },
)
  .split('\n')
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name));

describe('shares in words', () => {
  it('are made in one place', () => {
    const rounded = /style: 'percent'|Math\.round\([^;]*\* 100\)|\} ?% ?(AI|<|\)|`)/;
    const others = sources.filter((name) => {
      if (name === 'shared/src/words/share.ts') return false;
      // Places and sizes in style sheets are no words.
      const text = readFileSync(`${ROOT}/${name}`, 'utf8').replace(
        /(style|inset|inline|left|top|place|percent|side)\S*\b.*\}%.*$/gim,
        '',
      );
      return rounded.test(text);
    });
    expect(others).toEqual([]);
  });
});

/** Every key of a file of the catalogue, read as text: plain JavaScript has no TypeScript to import. */
const keysOf = (name) =>
  [...readFileSync(`${ROOT}/${name}`, 'utf8').matchAll(/^ {2}'?([a-z0-9-]+)'?:/gm)].map(([, key]) => key);
const catalogue = sources.filter((name) => /^shared\/src\/words\/en\/(?!index)/.test(name)).flatMap(keysOf);

const readAll = (chosen) => chosen.map((name) => readFileSync(`${ROOT}/${name}`, 'utf8')).join('\n');
/** Keys in quotes, and the beginnings of those that are put together from a code of the contract. */
const usedIn = (text) => {
  const whole = new Set([...text.matchAll(/['"]([a-z0-9-]+)['"]/g)].map(([, key]) => key));
  const begun = [...text.matchAll(/`([a-z-]+-)\$\{/g)].map(([, start]) => start);
  return (key) => whole.has(key) || begun.some((start) => key.startsWith(start));
};
const isCatalogue = (name) => /^shared\/src\/words\/(en|de|ar)\//.test(name);

describe('the catalogue', () => {
  it('is read whole', () => expect(catalogue.length).toBeGreaterThan(700));

  it('has no key that nothing says', () => {
    const used = usedIn(readAll([...sources.filter((name) => !isCatalogue(name)), 'extension/browser-messages.ts']));
    expect(catalogue.filter((key) => !used(key))).toEqual([]);
  });

  it('sends content scripts no key that they never say', () => {
    const content = sources.filter((name) =>
      /^extension\/src\/(content|overlay|i18n)\/|^shared\/src\/(words\/share|present\/scale)/.test(name),
    );
    const used = usedIn(readAll(content));
    expect(keysOf('shared/src/words/en/card.ts').filter((key) => !used(key))).toEqual([]);
  });

  it('is the only one: words of other places would drift', () => {
    const others = sources.filter(
      (name) =>
        !isCatalogue(name) &&
        !name.includes('/fixtures/') &&
        /[\u0600-\u06ff]/.test(readFileSync(`${ROOT}/${name}`, 'utf8')),
    );
    expect(others).toEqual([]);
  });
});

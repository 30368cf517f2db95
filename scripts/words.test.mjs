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

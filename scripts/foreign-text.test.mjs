import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Signs that a file has a table of its own of characters that deceive. */
const TABLE = /Default_Ignorable|\\[pP]\{C[cfson]?\}|\\u\{?202[a-e]|\\u206[0-9a-f]|\\u200[bef]/i;
/** Files with another task than making foreign text fit to show. */
const OTHERS = new Map([
  ['shared/src/words/foreign-text.ts', 'the one table'],
  ['companion/src/gateway/routes/csv-table.ts', 'finds where a cell could begin a formula; the text itself is kept'],
  ['companion/src/log/search-words.ts', 'finds words to search for; nothing of it is shown'],
  ['companion/src/team/records/search-terms.ts', 'finds words to search for; nothing of it is shown'],
  ['companion/src/evidence/metadata/exif-text.ts', 'tells the byte order of UTF-16; nothing of it is shown'],
  ['shared/src/cases.ts', 'refuses a name of several lines; nothing is made fit'],
  ['shared/src/words/message.ts', 'puts isolates around values, of our own'],
]);
const isProduct = (path) => !/\.test\.|\/(fixtures|dev|harness)\/|^e2e\/|^models\/training/.test(path);

test('which characters deceive stands once', () => {
  const files = execFileSync('git', ['ls-files', '-z', '*.ts', '*.tsx'], { encoding: 'utf8' });
  const paths = files.split('\0').filter((path) => path !== '' && isProduct(path));
  const holders = paths.filter((path) => TABLE.test(readFileSync(path, 'utf8')));
  expect(holders.filter((path) => !OTHERS.has(path))).toEqual([]);
  expect(holders).toContain('shared/src/words/foreign-text.ts');
});

import { errorReport } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { jsonLine } from './json-line.ts';

it('escapes what a terminal would obey, and stays the same value', () => {
  const file = 'a\u009b31m\u007f\u2028b\u001b[2J"\\.png';
  const line = jsonLine({ file, index: 0, error: errorReport('empty-file') });
  expect(line).toMatch(/^[\u0020-\u007e]*$/);
  expect(JSON.parse(line).file).toBe(file);
});

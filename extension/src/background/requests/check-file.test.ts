import { describe, expect, it } from 'vitest';
import { isOwnFile } from './check-file.ts';

const ROOT = 'chrome-extension://abcdefghijklmnop/';

describe('files that a page of the extension may name', () => {
  it.each([
    [`${ROOT}sample.jpg`, true],
    [`blob:${ROOT}1b2c`, true],
    ['https://example.org/a.jpg', false],
    ['file:///etc/passwd', false],
    ['blob:https://example.org/1b2c', false],
    ['chrome-extension://ponmlkjihgfedcba/a.jpg', false],
    [`https://example.org/?${ROOT}`, false],
  ])('%s: %s', (url, expected) => {
    expect(isOwnFile(url, ROOT)).toBe(expected);
  });
});

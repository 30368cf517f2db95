import { describe, expect, it } from 'vitest';
import { resultName } from './result-name.ts';

describe('resultName', () => {
  it.each([
    ['https://example.org/a/b%20c.jpg?x=1', 'b c.jpg'],
    ['https://example.org/', 'example.org'],
    ['https://example.org/%E0%A4%A', '%E0%A4%A'],
    ['data:image/png;base64,…', undefined],
    ['blob:https://example.org/1', undefined],
    ['no address', undefined],
    [undefined, undefined],
  ])('%s', (address, name) => {
    expect(resultName(address)).toBe(name);
  });
});

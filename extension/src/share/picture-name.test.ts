import { describe, expect, it } from 'vitest';
import { pictureName, resultName } from './picture-name.ts';

describe('the name of a picture', () => {
  it.each([
    ['https://example.org/a/b%20c.jpg?x=1', 'b c.jpg'],
    ['https://example.org/', 'example.org'],
    ['https://example.org/%E0%A4%A', '%E0%A4%A'],
    ['data:image/png;base64,…', undefined],
    ['blob:https://example.org/1', undefined],
    ['no address', undefined],
    [undefined, undefined],
  ])('in a list: %s', (address, name) => {
    expect(resultName(address)).toBe(name);
  });

  it('never says where it was', () => {
    expect(pictureName('https://example.org/')).toBeUndefined();
    expect(pictureName('https://example.org/a/b.jpg')).toBe('b.jpg');
  });
});

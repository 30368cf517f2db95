import { describe, expect, it } from 'vitest';
import { cssImageAddresses } from './css-images.ts';

describe('cssImageAddresses', () => {
  it.each<[string, string, string[]]>([
    ['nothing', 'none', []],
    ['a gradient', 'linear-gradient(rgb(0, 0, 0), rgb(255, 255, 255))', []],
    ['one address', 'url("https://a.test/x.jpg")', ['https://a.test/x.jpg']],
    ['no quotes', 'url( https://a.test/x.jpg )', ['https://a.test/x.jpg']],
    ['brackets and quotes in the address', 'url("https://a.test/x(1)\\"y.jpg")', ['https://a.test/x(1)"y.jpg']],
    ['a hexadecimal escape', 'url("https://a.test/\\28 1.jpg")', ['https://a.test/(1.jpg']],
    [
      'layers, topmost first, with a gradient between',
      'url("a.png"), linear-gradient(red, blue), url("b.png")',
      ['a.png', 'b.png'],
    ],
    ['a data address with a comma', 'url("data:image/png;base64,AA,BB==")', ['data:image/png;base64,AA,BB==']],
  ])('reads %s', (_, value, expected) => {
    expect(cssImageAddresses(value, 1)).toEqual(expected);
  });

  const set =
    'image-set(url("1x.png") 1dppx, url("2x.png") 2dppx type("image/png"), url("300.png") 288dpi), url("under.png")';
  it.each([
    [1, '1x.png'],
    [1.5, '2x.png'],
    [3, '300.png'],
    [4, '300.png'],
  ])('takes the candidate of an image-set that a screen of %s dppx shows', (ratio, expected) => {
    expect(cssImageAddresses(set, ratio)).toEqual([expected, 'under.png']);
  });

  it('ends on a value that is cut off', () => {
    expect(cssImageAddresses('url("abc', 1)).toEqual(['abc']);
    expect(cssImageAddresses('image-set(url("a.png"', 1)).toEqual(['a.png']);
  });
});

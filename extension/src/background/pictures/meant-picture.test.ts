import { describe, expect, it } from 'vitest';
import type { ListedPicture } from '../../messaging/requests.ts';
import { meantPicture } from './meant-picture.ts';

let number = 0;
const picture = (change: Partial<ListedPicture> = {}): ListedPicture => ({
  number: ++number,
  name: '',
  frameId: 0,
  width: 100,
  height: 100,
  inView: true,
  checking: false,
  ...change,
});

describe('the picture that a person means by the keyboard', () => {
  it('is the one with the focus, whatever is under the pointer or larger', () => {
    const focus = picture({ meant: 'focus', frameId: 4 });
    expect(meantPicture([picture({ width: 900, height: 900 }), picture({ meant: 'pointer' }), focus])).toBe(focus);
  });

  it('is the one under the pointer, whatever is larger', () => {
    const pointed = picture({ meant: 'pointer' });
    expect(meantPicture([picture({ width: 900, height: 900 }), pointed])).toBe(pointed);
  });

  it('is the only large one in view, beside small ones and what is out of view', () => {
    const large = picture({ width: 640, height: 480 });
    const away = picture({ width: 2000, height: 2000, inView: false });
    expect(meantPicture([picture(), away, large, picture({ width: 220, height: 220 })])).toBe(large);
  });

  it.each([
    ['of two of one size', [picture({ width: 400, height: 400 }), picture({ width: 390, height: 390 })]],
    ['where all are small', [picture({ width: 1200, height: 120 })]],
    ['where the large one is out of view', [picture({ width: 800, height: 800, inView: false })]],
    ['where there is no picture', []],
  ])('is none %s', (_, pictures) => expect(meantPicture(pictures)).toBeUndefined());
});

import { describe, expect, it } from 'vitest';
import type { ListedPicture, ListedVideo } from '../../messaging/requests.ts';
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

const video = (change: Partial<ListedVideo> = {}): ListedVideo => ({
  number: ++number,
  title: '',
  frameId: 0,
  width: 100,
  height: 100,
  inView: true,
  duration: 10,
  playing: true,
  framesAnalyzed: 0,
  ...change,
});
const meantOf = (pictures: readonly ListedPicture[], videos: readonly ListedVideo[] = []) => {
  const { kind, number: of } = meantPicture(pictures, videos) ?? {};
  return kind && `${kind} ${of}`;
};

describe('the picture that a person means by the keyboard', () => {
  it('is the one with the focus, whatever is under the pointer or larger', () => {
    const focus = picture({ meant: 'focus', frameId: 4 });
    expect(meantOf([picture({ width: 900, height: 900 }), picture({ meant: 'pointer' }), focus])).toBe(
      `picture ${focus.number}`,
    );
  });

  it('is the one under the pointer, whatever is larger', () => {
    const pointed = picture({ meant: 'pointer' });
    expect(meantOf([picture({ width: 900, height: 900 }), pointed])).toBe(`picture ${pointed.number}`);
  });

  it('is the only large one in view, beside small ones and what is out of view', () => {
    const large = picture({ width: 640, height: 480 });
    const away = picture({ width: 2000, height: 2000, inView: false });
    expect(meantOf([picture(), away, large, picture({ width: 220, height: 220 })])).toBe(`picture ${large.number}`);
  });

  it('is a video where that has the focus, lies under the pointer, or is the only large thing in view', () => {
    const focus = video({ meant: 'focus' });
    expect(meantOf([picture({ meant: 'focus' }), picture({ meant: 'pointer' })], [focus])).toBe(
      `video ${focus.number}`,
    );
    const pointed = video({ meant: 'pointer' });
    expect(meantOf([picture({ width: 900, height: 900 })], [pointed])).toBe(`video ${pointed.number}`);
    const large = video({ width: 800, height: 450 });
    expect(meantOf([picture()], [large])).toBe(`video ${large.number}`);
    expect(meantOf([picture({ width: 640, height: 480 })], [large])).toBeUndefined();
  });

  it.each([
    ['of two of one size', [picture({ width: 400, height: 400 }), picture({ width: 390, height: 390 })]],
    ['where all are small', [picture({ width: 1200, height: 120 })]],
    ['where the large one is out of view', [picture({ width: 800, height: 800, inView: false })]],
    ['where there is no picture', []],
  ])('is none %s', (_, pictures) => expect(meantOf(pictures)).toBeUndefined());
});

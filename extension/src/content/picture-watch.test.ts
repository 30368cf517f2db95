import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPictureWatch, type PictureEnd, type PictureHold } from './picture-watch.ts';

let stop: AbortController;
let frames: FrameRequestCallback[];
let ends: PictureEnd[];
let isShown: boolean;
let shown: boolean[];

const nextFrame = () => {
  for (const run of frames.splice(0)) run(0);
};
/** Mutation observers have told by then. */
const told = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout'] });
  stop = new AbortController();
  [frames, ends, shown, isShown] = [[], [], [], true];
  vi.spyOn(globalThis, 'requestAnimationFrame').mockImplementation((run) => frames.push(run));
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

function element<Kind extends Element>(markup: string): Kind {
  document.body.innerHTML = markup;
  return document.querySelector('.it') as Kind;
}
function hold(target: Element, closely = false): PictureHold {
  return createPictureWatch(stop.signal).hold(target, {
    ended: (why) => ends.push(why),
    isShown: () => isShown,
    shown: (now) => shown.push(now),
    closely: () => closely,
  });
}
const IMAGE = '<picture><source srcset="https://a.test/a.webp"><img class="it" src="https://a.test/a.jpg"></picture>';

describe('pictures that are held one after the other', () => {
  it('are looked at once each, and nothing is said to have happened', () => {
    document.body.innerHTML = '<img class="a" src="https://a.test/a.jpg"><img class="b" src="https://a.test/b.jpg">';
    let stirs = 0;
    const watch = createPictureWatch(stop.signal, () => {
      stirs += 1;
    });
    const looks = { a: 0, b: 0 };
    const add = (name: 'a' | 'b') =>
      watch.hold(document.querySelector(`.${name}`) as Element, {
        ended: (why) => ends.push(why),
        isShown() {
          looks[name] += 1;
          return true;
        },
        shown: () => undefined,
        closely: () => false,
      });
    add('a');
    nextFrame();
    add('b');
    nextFrame();
    nextFrame();
    expect(looks).toEqual({ a: 2, b: 2 });
    expect(stirs).toBe(0);
  });
});

describe('a held picture', () => {
  it.each<readonly [string, (image: HTMLImageElement) => void]>([
    ['src', (image) => (image.src = 'https://a.test/b.jpg')],
    ['srcset', (image) => image.setAttribute('srcset', 'https://a.test/b.jpg 2x')],
    [
      'a source of its <picture>',
      (image) => image.previousElementSibling?.setAttribute('srcset', 'https://a.test/b.webp'),
    ],
    ['the media of a source', (image) => image.previousElementSibling?.setAttribute('media', 'print')],
    ['what its style puts in its place', (image) => (image.style.content = 'url("https://a.test/b.jpg")')],
    ['what its style lays behind it', (image) => (image.style.backgroundImage = 'url("https://a.test/b.jpg")')],
  ])('ends within a frame when %s changes', async (_, change) => {
    const image = element<HTMLImageElement>(IMAGE);
    hold(image);
    nextFrame();
    expect(ends).toEqual([]);
    change(image);
    await told();
    nextFrame();
    expect(ends).toEqual(['changed']);
  });

  it('ends when the same address is loaded anew, and not when it is loaded to its end', async () => {
    const image = element<HTMLImageElement>(IMAGE);
    const load = () => {
      const event = new Event('load');
      Object.defineProperty(event, 'isTrusted', { value: true });
      image.dispatchEvent(event);
    };
    const complete = vi.spyOn(image, 'complete', 'get').mockReturnValue(false);
    hold(image);
    complete.mockReturnValue(true);
    load();
    expect(ends).toEqual([]);
    load();
    expect(ends).toEqual(['reloaded']);
  });

  it('ends when its address is set again, whatever the page does with the event of loading', async () => {
    const image = element<HTMLImageElement>(IMAGE);
    hold(image);
    image.setAttribute('src', image.getAttribute('src') ?? '');
    await told();
    expect(ends).toEqual(['reloaded']);
  });

  it('is not ended by an event that the page makes up', () => {
    const image = element<HTMLImageElement>(IMAGE);
    hold(image);
    image.dispatchEvent(new Event('load'));
    expect(ends).toEqual([]);
  });

  it('ends when it is taken out, and not when it is moved', async () => {
    const image = element<HTMLImageElement>(IMAGE);
    hold(image);
    document.body.append(image.parentElement ?? image);
    await told();
    nextFrame();
    expect(ends).toEqual([]);
    image.parentElement?.remove();
    await told();
    nextFrame();
    expect(ends).toEqual(['removed']);
  });

  it('ends inside a shadow root too', async () => {
    const host = element<HTMLElement>('<div class="it"></div>');
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = '<section><img src="https://a.test/a.jpg"></section>';
    hold(root.querySelector('img') as Element);
    nextFrame();
    root.replaceChildren();
    await told();
    nextFrame();
    expect(ends).toEqual(['removed']);
  });

  it.each<readonly [string, () => void]>([
    ['a class', () => document.body.classList.toggle('folded')],
    ['an attribute that a rule asks for', () => document.body.setAttribute('data-theme', 'dark')],
    ['a box that is ticked', () => window.dispatchEvent(new Event('change'))],
    ['the place that an address names', () => window.dispatchEvent(new Event('hashchange'))],
  ])('tells with the next frame when it is folded in by %s', async (_, change) => {
    const image = element<HTMLImageElement>(IMAGE);
    hold(image);
    nextFrame();
    isShown = false;
    change();
    await told();
    nextFrame();
    expect(shown).toEqual([false]);
  });

  it('is looked at with every frame where a card stands beside it, and else only after something happened', () => {
    const image = element<HTMLImageElement>(IMAGE);
    const rested = hold(image);
    nextFrame();
    expect(frames).toHaveLength(0);
    rested.release();
    hold(image, true);
    nextFrame();
    expect(frames).toHaveLength(1);
  });

  it('says at once whether it still lasts', () => {
    const image = element<HTMLImageElement>(IMAGE);
    const held = hold(image);
    expect(held.look()).toBe(true);
    image.src = 'https://a.test/b.jpg';
    expect(held.look()).toBe(false);
    expect(ends).toEqual(['changed']);
  });

  it('costs nothing once it is released', async () => {
    const image = element<HTMLImageElement>(IMAGE);
    hold(image, true).release();
    image.src = 'https://a.test/b.jpg';
    await told();
    nextFrame();
    expect(frames).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(ends).toEqual([]);
  });
});

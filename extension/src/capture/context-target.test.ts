import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choose, rememberContextTarget, targetAtClick } from './context-target.ts';
import type { Picture } from './picture.ts';

let stop: AbortController;
/** What lies under any point, topmost first; happy-dom has no layout. */
let stack: Element[];

beforeEach(() => {
  stop = new AbortController();
  stack = [];
  document.body.innerHTML = '';
  document.elementsFromPoint = () => stack;
  rememberContextTarget(stop.signal);
});
afterEach(() => stop.abort());

function add<Kind extends Element>(markup: string): Kind {
  document.body.insertAdjacentHTML('beforeend', markup);
  return document.body.lastElementChild as Kind;
}

function rightClick(): void {
  const event = new MouseEvent('contextmenu', { clientX: 10, clientY: 10, bubbles: true });
  Object.defineProperty(event, 'isTrusted', { value: true });
  document.body.dispatchEvent(event);
}

describe('targetAtClick', () => {
  it('sees through a click-catcher to the picture under it', () => {
    const picture = add('<img src="https://a.test/1.jpg">');
    stack = [add('<a href="#x"></a>'), picture, document.body];
    rightClick();
    expect(targetAtClick()).toBe(picture);
  });

  it('takes the picture that the browser names, not the one above it', () => {
    const below = add('<img src="https://a.test/below.jpg">');
    stack = [add('<img src="https://a.test/above.png">'), below];
    rightClick();
    expect(targetAtClick('https://a.test/below.jpg')).toBe(below);
  });

  it('finds the named picture anywhere on the page when no place is known', () => {
    const picture = add('<img src="https://a.test/1.jpg">');
    expect(targetAtClick('https://a.test/1.jpg')).toBe(picture);
    expect(targetAtClick()).toBeUndefined();
  });

  it('looks into shadow roots under the point', () => {
    const host = add<HTMLElement>('<div></div>');
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = '<img src="https://a.test/inside.jpg">';
    const inside = root.firstElementChild as Element;
    root.elementsFromPoint = () => [inside, host];
    stack = [host, document.body];
    rightClick();
    expect(targetAtClick()).toBe(inside);
  });

  it('ignores a context menu that the page made up', () => {
    stack = [add('<img src="https://a.test/1.jpg">')];
    document.body.dispatchEvent(new MouseEvent('contextmenu', { clientX: 10, clientY: 10, bubbles: true }));
    expect(targetAtClick()).toBeUndefined();
  });
});

describe('choose', () => {
  const picture = (side: number, element: Element = document.createElement('img')): Picture => ({
    element,
    kind: 'image',
    naturalWidth: side,
    naturalHeight: side,
  });

  it('passes over spacers, and takes the background of the page last', () => {
    const [spacer, page, photo] = [picture(1), picture(0, document.body), picture(640)];
    expect(choose([spacer, page, photo])).toBe(photo);
    expect(choose([spacer, page])).toBe(page);
    expect(choose([spacer])).toBeUndefined();
  });
});

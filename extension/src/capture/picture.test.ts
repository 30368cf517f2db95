import { afterEach, expect, describe as group, it, vi } from 'vitest';
import { describe } from './picture.ts';
import { scanPictures } from './scan.ts';

afterEach(() => {
  vi.restoreAllMocks();
  document.body.innerHTML = '';
});

function element<Kind extends Element>(markup: string): Kind {
  document.body.innerHTML = markup;
  return document.body.firstElementChild as Kind;
}

group('describe', () => {
  it('gives the candidate in use, not what src says', () => {
    const image = element<HTMLImageElement>('<img src="https://a.test/small.jpg">');
    Object.defineProperty(image, 'currentSrc', { value: 'https://a.test/large.webp' });
    expect(describe(image)).toMatchObject({ kind: 'image', url: 'https://a.test/large.webp' });
  });

  it('reads an svg image by either attribute', () => {
    const svg = element('<svg><image href="https://a.test/1.jpg"></image></svg>');
    expect(describe(svg.firstElementChild as Element)?.url).toBe('https://a.test/1.jpg');
    expect(describe(svg)).toBeUndefined();
  });

  it('knows a canvas has pixels and no address', () => {
    const canvas = element<HTMLCanvasElement>('<canvas width="3" height="2"></canvas>');
    expect(describe(canvas)).toEqual({ element: canvas, kind: 'canvas', naturalWidth: 3, naturalHeight: 2 });
  });

  it('tells the poster of an untouched video from a frame of a playing one', () => {
    const video = element<HTMLVideoElement>('<video></video>');
    Object.defineProperties(video, { poster: { value: 'https://a.test/poster.jpg' }, paused: { value: true } });
    expect(describe(video)).toMatchObject({ kind: 'poster', url: 'https://a.test/poster.jpg' });
    Object.defineProperties(video, {
      currentTime: { value: 3 },
      readyState: { value: 4 },
      videoWidth: { value: 640 },
      videoHeight: { value: 360 },
    });
    expect(describe(video)).toMatchObject({ kind: 'video-frame', naturalWidth: 640 });
  });

  it('finds the background of what CSS puts before an element', () => {
    const box = element('<div></div>');
    vi.spyOn(globalThis, 'getComputedStyle').mockImplementation(
      (_, which) =>
        ({
          backgroundImage: which === '::before' ? 'url("https://a.test/before.jpg")' : 'none',
          content: 'normal',
          borderImageSource: 'none',
        }) as CSSStyleDeclaration,
    );
    expect(describe(box)).toMatchObject({ kind: 'background', url: 'https://a.test/before.jpg' });
  });

  it('shows nothing for a plain box and a broken address', () => {
    expect(describe(element('<div></div>'))).toBeUndefined();
    expect(describe(element('<img>'))).toBeUndefined();
    expect(describe(element('<img src="http://:bad">'))).toBeUndefined();
  });
});

group('scanPictures', () => {
  it('finds pictures in document order, with shadow roots, and skips what shows none', () => {
    const host = element<HTMLElement>('<div id="host"></div><script></script><p><img id="b" src="b.jpg"></p>');
    host.attachShadow({ mode: 'open' }).innerHTML = '<section><img id="a" src="a.jpg"></section>';
    expect([...scanPictures(document)].map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

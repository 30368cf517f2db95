import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scanVideos } from '../../capture/scan-videos.ts';
import { watchPictures } from './watcher.ts';

const SIDE = 400;
let stop: AbortController;
let near: Element[];
const scan = vi.fn(scanVideos);

/** Observers that find everything large and in view as soon as it is watched. */
function seesEverything(entryOf: (target: Element) => object) {
  return class {
    readonly tell: (entries: object[]) => void;
    constructor(tell: (entries: object[]) => void) {
      this.tell = tell;
    }
    observe(target: Element) {
      queueMicrotask(() => this.tell([entryOf(target)]));
    }
    unobserve() {}
    disconnect() {}
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'IntersectionObserver',
    seesEverything((target) => ({ target, isIntersecting: true })),
  );
  vi.stubGlobal(
    'ResizeObserver',
    seesEverything((target) => ({ target, contentRect: { width: SIDE, height: SIDE } })),
  );
  document.body.replaceChildren();
  stop = new AbortController();
  near = [];
  scan.mockImplementation(scanVideos);
  watchPictures(
    160,
    {
      scan,
      isPicture: (element) => element instanceof HTMLVideoElement,
      near: (element) => near.push(element),
      away: () => undefined,
    },
    stop.signal,
  );
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const video = () => document.createElement('video');
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('watched pictures', () => {
  it('are found when they come', async () => {
    await pass(500);
    const late = video();
    document.body.append(late);
    await pass(500);
    expect(near).toContain(late);
  });

  it('are found in a shadow root that its element gets later', async () => {
    const host = document.createElement('div');
    document.body.append(host);
    await pass(500);
    const late = video();
    host.attachShadow({ mode: 'open' }).append(late);
    await pass(4_000);
    expect(near).toContain(late);
  });

  it('are found when they come into a shadow root that held none', async () => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    document.body.append(host);
    // After the last look through the whole page.
    await pass(20_000);
    const late = video();
    root.append(late);
    await pass(500);
    expect(near).toContain(late);
  });

  it.each<readonly [string, (above: Element) => void]>([
    ['a class', (above) => above.classList.add('loaded')],
    ['a variable of a style', (above) => above.setAttribute('style', '--cover: url(a.jpg)')],
  ])('are found where %s of an element above them makes them one', async (_, change) => {
    const above = document.createElement('section');
    above.innerHTML = '<p><span></span></p>';
    document.body.append(above);
    // After the last look through the whole page.
    await pass(20_000);
    const scanned: unknown[] = [];
    scan.mockImplementation((root) => {
      scanned.push(root);
      return scanVideos(document.createElement('i'));
    });
    change(above);
    await pass(2_000);
    expect(scanned).toEqual([above]);
    // What is in it is looked at with it.
    above.classList.add('again');
    above.firstElementChild?.classList.add('again');
    await pass(2_000);
    expect(scanned).toEqual([above, above]);
  });

  it('are looked at again when a class may have given them another picture', async () => {
    const lazy = video();
    document.body.append(lazy);
    await pass(20_000);
    const before = near.length;
    lazy.className = 'loaded';
    await pass(500);
    expect(near.slice(before)).toEqual([lazy]);
  });

  it('are left alone after the end', async () => {
    stop.abort();
    document.body.append(video());
    await pass(20_000);
    expect(near).toEqual([]);
  });
});

import { cardWords } from '@touchstone/shared/words';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleRecord } from './card/sample-record.ts';
import type { CheckState } from './check-state.ts';
import type { Entry, EntryActions, Overlay } from './entry.ts';
import type { InputGate, InputTarget } from './host/input-gate.ts';
import { createOverlay } from './overlay.ts';
import type { Anchor } from './place/anchor.ts';
import { noVideoYet } from './video/video-state.ts';

const BADGE = { inlineSize: 120, blockSize: 26 };
const actions: EntryActions = {
  again: () => undefined,
  label: () => undefined,
  openHistory: () => undefined,
  dismissed: () => undefined,
};
const anchor: Anchor = {
  box: () => ({ x: 100, y: 100, width: 400, height: 225 }),
  whole: () => ({ x: 100, y: 100, width: 400, height: 225 }),
  ground: () => 'free',
  underPicture: () => false,
};

let stop: AbortController;
let overlay: Overlay;
let stage: ShadowRoot;
/** Tells the overlay the size of what it watches, as a browser does after its layout. */
let measured: () => void;
let frames: FrameRequestCallback[];
/** What the overlay does with trusted input. */
let input: InputTarget;
/** The older way to the clipboard. */
let plainCopy: (text: string) => boolean;

/** Runs the next frame, and what that asks for the one after is left waiting. */
function nextFrame(): void {
  for (const run of frames.splice(0)) run(0);
}

beforeEach(() => {
  stop = new AbortController();
  frames = [];
  plainCopy = () => false;
  vi.spyOn(globalThis, 'requestAnimationFrame').mockImplementation((run) => frames.push(run));
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, how) {
    stage = attach.call(this, how);
    return stage;
  });
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly watched = new Set<Element>();
      constructor(tell: ResizeObserverCallback) {
        measured = () => {
          const entries = [...this.watched].map((target) => ({ target, borderBoxSize: [BADGE] }));
          // Only the members that are read.
          tell(entries as unknown as ResizeObserverEntry[], this as unknown as ResizeObserver);
        };
      }
      observe(target: Element) {
        this.watched.add(target);
      }
      unobserve(target: Element) {
        this.watched.delete(target);
      }
      disconnect() {
        this.watched.clear();
      }
    },
  );
  const gate: InputGate = {
    guard: (_host, _root, target) => {
      input = target;
    },
    copyText: (text) => plainCopy(text),
  };
  overlay = createOverlay({ words: cardWords('en'), corner: 'top-start', imageSearch: 'none' }, gate, stop.signal);
});
afterEach(() => {
  stop.abort();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const add = (state: CheckState): Entry =>
  overlay.add({ anchor, keepsBadge: () => true, state, actions, video: { now: () => 0, frame: () => undefined } });
const frame = (count: number): CheckState => ({
  ...noVideoYet,
  activity: 'sampling',
  framesAnalyzed: count,
  verdict: sampleRecord().verdict,
});
const badge = (): HTMLElement => {
  const found = stage.querySelector<HTMLElement>('.badge');
  if (!found) throw new Error('no badge');
  return found;
};
/** Whatever the frames ask for is done, as in a browser that draws. */
const settle = () => {
  for (let round = 0; round < 5; round += 1) {
    nextFrame();
    measured();
  }
  nextFrame();
};

describe('a badge', () => {
  it('is placed once the browser has measured it', () => {
    add(frame(1));
    nextFrame();
    expect(badge().style.visibility).toBe('hidden');
    measured();
    expect(badge().style.visibility).toBe('');
    expect(badge().style.transform).toBe('translate(106px, 106px)');
  });

  it('is drawn once a frame, however many answers came', () => {
    const entry = add(frame(1));
    settle();
    const before = badge().textContent;
    for (let count = 2; count < 8; count += 1) entry.update(frame(count));
    expect(frames).toHaveLength(1);
    expect(badge().textContent).toBe(before);
    nextFrame();
    expect(badge().textContent).toContain('7');
  });

  it('has its answer also where it was scrolled out of view, though others are measured for theirs', () => {
    let top = 100;
    const place = () => ({ x: 600, y: top, width: 400, height: 225 });
    const pictures: Anchor[] = [anchor, { ...anchor, box: place, whole: place }];
    const entries = pictures.map((shown) =>
      overlay.add({ anchor: shown, keepsBadge: () => true, state: { kind: 'checking' }, actions }),
    );
    settle();
    top = 5000;
    window.dispatchEvent(new Event('scroll'));
    settle();
    for (const entry of entries) entry.update({ kind: 'verdict', record: sampleRecord() });
    settle();
    const names = [...stage.querySelectorAll('.badge')].map((shown) => shown.getAttribute('aria-label'));
    expect(names).toEqual(Array(2).fill(expect.stringContaining('Likely AI')));
  });

  it('shows another number without the page being measured', () => {
    const entry = add(frame(1));
    settle();
    const box = vi.spyOn(anchor, 'box');
    const width = vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get');
    entry.update(frame(2));
    nextFrame();
    expect(badge().textContent).toContain('2');
    expect(box).not.toHaveBeenCalled();
    expect(width).not.toHaveBeenCalled();
    expect(frames).toEqual([]);
  });

  it('finds room for its words when a verdict comes', () => {
    const entry = add({ kind: 'checking' });
    settle();
    expect(badge().classList.contains('compact')).toBe(true);
    entry.update({ kind: 'verdict', record: sampleRecord() });
    settle();
    expect(badge().classList.contains('compact')).toBe(false);
  });

  it('is not drawn any more when it was removed', () => {
    const entry = add(frame(1));
    settle();
    entry.update(frame(2));
    entry.remove();
    settle();
    expect(stage.querySelector('.badge')).toBeNull();
  });
});

describe('a card', () => {
  const card = () => stage.querySelector('.card');
  it('is drawn only while it is open', () => {
    const entry = add(frame(1));
    settle();
    expect(card()).toBeNull();
    entry.ask();
    expect(card()?.textContent).toContain('Frames seen: 1');
    entry.update(frame(2));
    expect(card()?.textContent).toContain('Frames seen: 1');
    nextFrame();
    expect(card()?.textContent).toContain('Frames seen: 2');
  });

  it('says the outcome to screen readers when it shows it', () => {
    const entry = add({ kind: 'checking' });
    entry.ask();
    const said = () => stage.querySelector('[role=status]')?.textContent;
    entry.update({ kind: 'verdict', record: sampleRecord() });
    expect(said()).toBe('Checking…');
    nextFrame();
    expect(said()).toContain('Chance of AI');
    expect(card()?.textContent).toContain('Chance of AI');
  });
});

describe('a card', () => {
  const press = (action: string) => {
    const control = stage.querySelector(`.card [data-action="${action}"]`);
    if (!control) throw new Error(`no button ${action}`);
    input.activate(control, 0);
  };
  const focused = () => stage.activeElement?.getAttribute('data-action');

  it.each([
    ['picture', { kind: 'verdict', record: sampleRecord() } as const],
    ['video', { ...noVideoYet, activity: 'ended', framesAnalyzed: 3, record: sampleRecord() } as const],
  ])('takes a person to its question about a %s, and back', (_, state) => {
    add(state).ask();
    press('wrong');
    expect(focused()).toBe('label-fake');
    press('back');
    expect(focused()).toBe('wrong');
  });

  it('passes its result on as text and as a picture, and says so', async () => {
    const texts: string[] = [];
    const items: unknown[] = [];
    vi.stubGlobal(
      'ClipboardItem',
      class {
        readonly parts: Record<string, Blob>;
        constructor(parts: Record<string, Blob>) {
          this.parts = parts;
        }
      },
    );
    vi.stubGlobal('navigator', {
      clipboard: {
        writeText: async (text: string) => void texts.push(text),
        write: async (written: unknown[]) => void items.push(...written),
      },
    });
    const record = sampleRecord();
    const sharePicture = vi.fn<NonNullable<EntryActions['sharePicture']>>((_, drawn) =>
      drawn(new TextEncoder().encode('PNG')),
    );
    overlay
      .add({
        anchor,
        keepsBadge: () => true,
        state: { kind: 'verdict', record },
        actions: { ...actions, sharePicture },
      })
      .ask();
    press('share');
    expect(focused()).toBe('share-text');
    press('share-text');
    await expect.poll(() => stage.querySelector('.share-section')?.textContent).toContain('Copied');
    expect(texts[0]).toContain('never proof');
    expect(stage.querySelector('[role=status]')?.textContent).toBe('Copied');
    press('share-picture');
    await expect.poll(() => items).toHaveLength(1);
    expect(sharePicture.mock.lastCall?.[0]).toMatchObject({ step: 'likely-ai', direction: 'ltr' });
    expect(await (items[0] as { parts: Record<string, Blob> }).parts['image/png']?.text()).toBe('PNG');
    press('share-close');
    expect(focused()).toBe('share');
    expect(stage.querySelector('[data-action="share-text"]')).toBeNull();
  });

  it('copies a text the older way where scripts of the page have no clipboard', async () => {
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('policy')) } });
    const texts: string[] = [];
    plainCopy = (text) => texts.push(text) > 0;
    add({ kind: 'verdict', record: sampleRecord() }).ask();
    press('share');
    press('share-text');
    await expect.poll(() => stage.querySelector('.share-section')?.textContent).toContain('Copied');
    expect(texts).toEqual([expect.stringContaining('never proof')]);
  });

  it('names another way where a page allows no copying, or nothing could be drawn', async () => {
    vi.stubGlobal('navigator', {});
    const sharePicture: EntryActions['sharePicture'] = (_, drawn) => drawn();
    const state = { kind: 'verdict', record: sampleRecord() } as const;
    overlay.add({ anchor, keepsBadge: () => true, state, actions: { ...actions, sharePicture } }).ask();
    press('share');
    for (const action of ['share-text', 'share-picture']) {
      press(action);
      await expect.poll(() => stage.querySelector('.share-section')?.textContent).toContain('toolbar popup');
    }
  });

  it('is no wider than the part of the window that a page is shown in', () => {
    vi.spyOn(document.documentElement, 'clientWidth', 'get').mockReturnValue(345);
    add(frame(1)).ask();
    measured();
    nextFrame();
    expect(stage.querySelector<HTMLElement>('.card')?.style.maxWidth).toBe('329px');
  });
});

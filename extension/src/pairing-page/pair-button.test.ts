import { compileWords } from '@touchstone/shared/words';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PairAnswer } from '../messaging/requests.ts';
import { showPairButton } from './pair-button.ts';
import { isPairKey } from './pair-words.ts';
import { SETTLE_MS } from './press-gate.ts';

const { ask } = vi.hoisted(() => ({ ask: vi.fn<(request: { replace: boolean }) => Promise<PairAnswer>>() }));
vi.mock('../messaging/ask-background.ts', () => ({ askBackground: ask, reportOf: vi.fn() }));

const inSight = new DOMRect(10, 10, 300, 80);
let stop: AbortController;
let root: ShadowRoot;
let place: HTMLElement;
let covered: Element | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
  covered = undefined;
  document.body.innerHTML = '<div id="touchstone-pairing"></div>';
  place = document.getElementById('touchstone-pairing') ?? document.body;
  window.location.href = 'http://127.0.0.1:8080/pair#7ZK0-0MPQ-X2B8-T6R1';
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, options) {
    root = attach.call(this, options);
    return root;
  });
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(() => inSight);
  document.elementFromPoint = () => covered ?? root.host;
  ask.mockReset();
  ask.mockImplementation(async ({ replace }) =>
    replace ? { outcome: 'paired' } : { outcome: 'would-replace', port: 47615 },
  );
});
afterEach(() => {
  stop.abort();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const named = (name: string) =>
  [...root.querySelectorAll('button')].find((button) => !button.hidden && button.textContent === name);

async function press(name: string, trusted = true) {
  const event = new MouseEvent('click', { bubbles: true });
  Object.defineProperty(event, 'isTrusted', { value: trusted });
  named(name)?.dispatchEvent(event);
  await vi.advanceTimersByTimeAsync(0);
}

async function untilAsked() {
  showPairButton(document, compileWords('en', isPairKey), stop.signal);
  await press('Pair');
}

describe('the Pair button', () => {
  it('pairs with one press where nothing is paired', async () => {
    ask.mockResolvedValue({ outcome: 'paired' });
    await untilAsked();
    expect(ask).toHaveBeenCalledOnce();
    expect(place.dataset.state).toBe('paired');
    expect(named('Pair')).toBeUndefined();
  });

  it('asks before it replaces a pairing, and says nothing of it to the page', async () => {
    await untilAsked();
    expect(root.querySelector('#question')?.textContent).toBe(
      'Already paired with Touchstone on port 47615. Replace it?',
    );
    expect(named('Pair')).toBeUndefined();
    expect(place.dataset.state).toBe('extension-present');
    await vi.advanceTimersByTimeAsync(SETTLE_MS + 100);
    await press('Replace');
    expect(ask.mock.calls.map(([{ replace }]) => replace)).toEqual([false, true]);
    expect(place.dataset.state).toBe('paired');
  });

  it('takes no press of a script, and none before the question could be read', async () => {
    await untilAsked();
    await press('Replace');
    await vi.advanceTimersByTimeAsync(SETTLE_MS + 100);
    await press('Replace', false);
    expect(ask).toHaveBeenCalledOnce();
  });

  it('takes no press while something covers the question, nor right after', async () => {
    await untilAsked();
    await vi.advanceTimersByTimeAsync(SETTLE_MS + 100);
    covered = document.body;
    await press('Replace');
    expect(root.querySelector('[role=status]')?.textContent).toMatch(/covers or hides/);
    covered = undefined;
    await press('Replace');
    expect(ask).toHaveBeenCalledOnce();
  });

  it('takes no press while the page makes the question transparent', async () => {
    await untilAsked();
    place.style.opacity = '0.01';
    await vi.advanceTimersByTimeAsync(SETTLE_MS + 100);
    await press('Replace');
    expect(ask).toHaveBeenCalledOnce();
  });

  it('takes no press on a tiny question', async () => {
    await untilAsked();
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(() => new DOMRect(10, 10, 3, 3));
    await vi.advanceTimersByTimeAsync(SETTLE_MS + 100);
    await press('Replace');
    expect(ask).toHaveBeenCalledOnce();
  });

  it('goes back to the first button on Cancel', async () => {
    await untilAsked();
    await vi.advanceTimersByTimeAsync(SETTLE_MS + 100);
    await press('Cancel');
    expect(root.querySelector('#question')).toBeNull();
    expect(named('Pair')?.disabled).toBe(false);
    expect(ask).toHaveBeenCalledOnce();
  });
});

import { type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Browser } from 'wxt/browser';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import { sampleExplanation as explanation } from '../../overlay/card/sample-provenance.ts';
import { type CheckPortOptions, serveCheckPort } from './check-port.ts';
import type { Check } from './run-check.ts';

type Listener = (message?: unknown) => void;

let posted: BackgroundMessage[];
let receive: Listener;
let leave: Listener;
let disconnected: boolean;
let runs: { check: Check; answer: PromiseWithResolvers<ResultRecord> }[];
let options: CheckPortOptions;

beforeEach(() => {
  posted = [];
  runs = [];
  disconnected = false;
  options = {
    checks: {
      run: (check) => {
        const answer = Promise.withResolvers<ResultRecord>();
        runs.push({ check, answer });
        return answer.promise;
      },
      forget: () => undefined,
    },
    asker: { tabId: 1, frameId: 0, frameUrl: 'https://site.test/', incognito: false },
    mayCheckPrivate: async () => false,
    label: vi.fn(async () => undefined),
    explain: vi.fn(async () => explanation),
    sharePicture: vi.fn(async () => 'UE5H'),
    measured: () => undefined,
    openPairing: vi.fn(async () => undefined),
    searchImage: vi.fn(async () => undefined),
    openHistory: vi.fn(async () => undefined),
    answered: vi.fn(),
    tracks: () => ({ receive: vi.fn(), onToolbar: vi.fn(), end: vi.fn() }),
    listed: vi.fn(),
    listedPictures: vi.fn(),
    bringOverlay: vi.fn(),
  };
});

function connect(change: Partial<CheckPortOptions> = {}): void {
  const port = {
    postMessage: (message: BackgroundMessage) => posted.push(message),
    disconnect: () => {
      disconnected = true;
    },
    onMessage: { addListener: (listener: Listener) => (receive = listener) },
    onDisconnect: { addListener: (listener: Listener) => (leave = listener) },
  };
  // The part of a port that is served here.
  serveCheckPort(port as unknown as Browser.runtime.Port, { ...options, ...change });
}

const ask = (id = 1) =>
  receive({ type: 'check', id, lane: 'asked', url: 'https://a.test/1.jpg', pageTitle: 'T', credentials: true });
const settle = () => new Promise((resolve) => setTimeout(resolve));
const record = { id: 'r1' } as ResultRecord;

describe('a frame’s port', () => {
  it('brings the overlay into its frame once, however often it asks', () => {
    connect();
    expect(options.bringOverlay).not.toHaveBeenCalled();
    receive({ type: 'overlay' });
    receive({ type: 'overlay' });
    expect(options.bringOverlay).toHaveBeenCalledOnce();
  });

  it('answers where a score comes from, or why it cannot', async () => {
    connect();
    receive({ type: 'explain', id: 7, recordId: 'r1' });
    await settle();
    expect(posted).toEqual([{ type: 'explanation', id: 7, explanation }]);
    connect({ explain: () => Promise.reject(new TouchstoneError('picture-not-kept')) });
    receive({ type: 'explain', id: 8, recordId: 'r1' });
    await settle();
    expect(posted.at(-1)).toMatchObject({ type: 'error', id: 8, error: { code: 'picture-not-kept' } });
  });

  it('draws a card that is passed on, of what its frame may say and no more', async () => {
    connect();
    const lines = { title: 'Likely AI', chance: '72 %', reasons: [], facts: ['x'.repeat(5000)], caution: 'No proof.' };
    receive({ type: 'share-picture', id: 9, card: { lines, step: 'likely-ai', direction: 'ltr' } });
    await settle();
    expect(posted).toEqual([{ type: 'shared-picture', id: 9, png: 'UE5H' }]);
    const [card] = vi.mocked(options.sharePicture).mock.lastCall ?? [];
    expect(card?.lines.facts[0]?.length).toBeLessThan(1000);
    receive({ type: 'share-picture', id: 10, card: { lines, step: 'certain', direction: 'ltr' } });
    expect(disconnected).toBe(true);
  });

  it('answers in place of a card that could not be drawn', async () => {
    connect({ sharePicture: () => Promise.reject(new Error('no drawing')) });
    const lines = { title: 'Likely AI', chance: '', reasons: [], facts: [], caution: '' };
    receive({ type: 'share-picture', id: 9, card: { lines, step: 'likely-ai', direction: 'rtl' } });
    await settle();
    expect(posted).toMatchObject([{ type: 'error', id: 9, error: { code: 'internal' } }]);
  });

  it('sends along what the band was worth', async () => {
    const measured = { band: 'likely', pictures: 10, aiShare: 0.9 } as const;
    connect({ measured: () => measured, mayCheckPrivate: async () => true });
    ask();
    await settle();
    runs[0]?.answer.resolve(record);
    await settle();
    expect(posted.at(-1)).toMatchObject({ type: 'result', id: 1, measured });
  });

  it('answers a check and tells the popup', async () => {
    connect();
    ask();
    await settle();
    runs[0]?.check.onStage('judging');
    runs[0]?.answer.resolve(record);
    await settle();
    expect(posted).toEqual([
      { type: 'progress', id: 1, stage: 'judging' },
      { type: 'result', id: 1, record },
    ]);
    expect(options.answered).toHaveBeenCalledWith(true, 'https://a.test/1.jpg', { kind: 'verdict', record });
  });

  it('tells a page of a check that nobody asked for once that it has begun, and of its other stages nothing', async () => {
    connect();
    receive({ type: 'check', id: 1, lane: 'bulk', url: 'https://a.test/1.jpg', pageTitle: 'T', credentials: false });
    await settle();
    for (const stage of ['fetching', 'queued', 'decoding', 'judging'] as const) runs[0]?.check.onStage(stage);
    expect(posted).toEqual([{ type: 'progress', id: 1, stage: 'decoding' }]);
  });

  it('hands over the pixels that the page gives', async () => {
    connect();
    ask();
    await settle();
    const pixels = runs[0]?.check.needPixels();
    expect(posted).toEqual([{ type: 'need-pixels', id: 1 }]);
    const bytes = new ArrayBuffer(3);
    receive({ type: 'pixels', id: 1, pixels: { path: 'canvas', bytes } });
    await expect(pixels).resolves.toMatchObject({ pixels: { path: 'canvas', bytes } });
  });

  it('says nothing more of a check that was cancelled', async () => {
    connect();
    ask();
    await settle();
    receive({ type: 'cancel', id: 1 });
    expect(runs[0]?.check.signal.aborted).toBe(true);
    runs[0]?.answer.resolve(record);
    await settle();
    expect(posted).toEqual([]);
    expect(options.answered).not.toHaveBeenCalled();
  });

  it('cancels everything when the frame goes', async () => {
    connect();
    ask(1);
    ask(2);
    await settle();
    leave();
    expect(runs.map(({ check }) => check.signal.aborted)).toEqual([true, true]);
  });

  it('sends nothing from a private window unless allowed', async () => {
    const asker = { ...options.asker, incognito: true };
    connect({ asker });
    ask();
    await settle();
    expect(runs).toHaveLength(0);
    expect(posted).toMatchObject([{ type: 'error', id: 1, error: { code: 'private-window' } }]);
    connect({ asker, mayCheckPrivate: async () => true });
    ask();
    await settle();
    expect(runs).toHaveLength(1);
  });

  it('refuses an id that is still unanswered', async () => {
    connect();
    ask();
    ask();
    await settle();
    expect(posted).toMatchObject([{ type: 'error', id: 1, error: { code: 'busy' } }]);
  });

  it('hangs up on what is no message of ours', () => {
    connect();
    receive({ type: 'check', id: 'x' });
    expect(disconnected).toBe(true);
    expect(runs).toHaveLength(0);
  });
});

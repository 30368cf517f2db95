import { type ErrorCode, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaptureRequest } from '../connection/capture-queue.ts';
import type { Companion } from '../connection/companion.ts';
import { type Check, createChecks } from './run-check.ts';

const { fetchOriginal, screenshot } = vi.hoisted(() => ({ fetchOriginal: vi.fn(), screenshot: vi.fn() }));
vi.mock('./fetch-original.ts', () => ({ fetchOriginal }));
vi.mock('./screenshot.ts', () => ({ screenshot }));
vi.mock('./frame-places.ts', () => ({ intoTab: async (rect: unknown) => rect }));
vi.mock('wxt/browser', () => ({
  browser: { tabs: { get: async () => ({ url: 'https://site.test/page', title: 'Page' }) } },
}));

let sent: CaptureRequest[];
let companion: { -readonly [Key in keyof Companion]: Companion[Key] };
let serial = 0;

beforeEach(() => {
  sent = [];
  screenshot.mockReset();
  fetchOriginal.mockReset().mockImplementation(async ({ url }: { url: string }) => new TextEncoder().encode(url));
  companion = {
    state: { phase: 'connected', port: 1 },
    waiting: 0,
    check: async (capture) => {
      sent.push(capture);
      serial += 1;
      // Only the id matters here.
      return { id: String(serial), source: capture.source } as ResultRecord;
    },
    session: () => Promise.reject(new TouchstoneError('companion-unreachable')),
    reconnect: () => undefined,
  };
});

function check(change: Partial<Check> = {}): Check {
  return {
    asker: { tabId: 1, frameId: 0, frameUrl: 'https://site.test/page', incognito: false },
    lane: 'bulk',
    url: 'https://cdn.test/a.jpg',
    pageTitle: 'Page',
    credentials: false,
    fresh: false,
    signal: new AbortController().signal,
    onStage: () => undefined,
    needPixels: async () => ({}),
    ...change,
  };
}

const asked = { lane: 'asked', credentials: true } as const;
const rect = { x: 0, y: 0, width: 10, height: 10, devicePixelRatio: 1 };
const canvas = { path: 'canvas', bytes: new Uint8Array([9]).buffer } as const;

describe('one picture is sent once', () => {
  it('for frames and tabs that ask at the same time', async () => {
    const checks = createChecks(companion);
    const other = { tabId: 2, frameId: 5, frameUrl: 'https://site.test/other', incognito: false };
    const [one, two] = await Promise.all([checks.run(check()), checks.run(check({ asker: other }))]);
    expect(two).toBe(one);
    expect(fetchOriginal).toHaveBeenCalledOnce();
    expect(sent).toHaveLength(1);
  });

  it('under several addresses, by its bytes', async () => {
    fetchOriginal.mockImplementation(async () => new Uint8Array([1, 2, 3]));
    const checks = createChecks(companion);
    await checks.run(check());
    await checks.run(check({ url: 'https://cdn.test/a.jpg?again' }));
    expect(fetchOriginal).toHaveBeenCalledTimes(2);
    expect(sent).toHaveLength(1);
  });

  it('later, until the packs change', async () => {
    const checks = createChecks(companion);
    await checks.run(check());
    await checks.run(check());
    expect(sent).toHaveLength(1);
    checks.forget();
    await checks.run(check());
    expect(sent).toHaveLength(2);
  });

  it('but never told apart by its address, which may give another one now', async () => {
    const checks = createChecks(companion);
    const before = await checks.run(check());
    fetchOriginal.mockImplementation(async () => new Uint8Array([1, 2, 3]));
    expect((await checks.run(check())).id).not.toBe(before.id);
    expect(sent).toHaveLength(2);
  });

  it('but again for a person, who wants the thorough answer', async () => {
    const checks = createChecks(companion);
    await checks.run(check());
    await checks.run(check(asked));
    expect(sent.map(({ lane }) => lane)).toEqual(['bulk', 'asked']);
  });

  it('and never shared between private and other windows', async () => {
    const checks = createChecks(companion);
    await checks.run(check());
    await checks.run(check({ asker: { tabId: 3, frameId: 0, frameUrl: 'https://site.test/', incognito: true } }));
    expect(sent.map(({ source }) => source.private)).toEqual([false, true]);
  });
});

describe('the way to the bytes', () => {
  it('sends cookies and reaches the local network only for a person', async () => {
    const checks = createChecks(companion);
    await checks.run(check(asked));
    await checks.run(check({ credentials: true }));
    expect(fetchOriginal.mock.calls.map(([{ byPerson }]) => byPerson)).toEqual([true, false]);
  });

  describe('where the companion refuses the bytes', () => {
    const refuseOriginals = (code: ErrorCode) => {
      const check = companion.check;
      companion.check = async (capture) => {
        const record = await check(capture);
        if (capture.source.path === 'original-bytes') throw new TouchstoneError(code);
        return record;
      };
    };
    const pixels = async () => ({ pixels: canvas });

    it.each<ErrorCode>(['broken-picture', 'heic-refused', 'hdr-refused'])(
      '(%s) is by what the page shows',
      async (code) => {
        refuseOriginals(code);
        const record = await createChecks(companion).run(check({ needPixels: pixels }));
        expect(record.source.path).toBe('canvas');
        expect(sent.map(({ source }) => source.path)).toEqual(['original-bytes', 'canvas']);
      },
    );

    it('is by a screenshot only for a person, and the first refusal stays', async () => {
      refuseOriginals('broken-picture');
      screenshot.mockResolvedValue(new Uint8Array([7]));
      const shown = async () => ({ rect });
      await expect(createChecks(companion).run(check({ needPixels: shown }))).rejects.toMatchObject({
        code: 'broken-picture',
      });
      const record = await createChecks(companion).run(check({ ...asked, needPixels: shown }));
      expect(record.source.path).toBe('screenshot');
    });

    it.each<ErrorCode>(['svg-refused', 'too-small', 'busy', 'inference-failed'])(
      '(%s) is not asked for',
      async (code) => {
        refuseOriginals(code);
        const needPixels = vi.fn(pixels);
        await expect(createChecks(companion).run(check({ needPixels }))).rejects.toMatchObject({ code });
        expect(needPixels).not.toHaveBeenCalled();
      },
    );

    it('is tried once', async () => {
      companion.check = async (capture) => {
        sent.push(capture);
        throw new TouchstoneError('broken-picture');
      };
      await expect(createChecks(companion).run(check({ needPixels: pixels }))).rejects.toThrow();
      expect(sent).toHaveLength(2);
    });
  });

  it('asks the page when the address gives nothing', async () => {
    fetchOriginal.mockResolvedValue(undefined);
    const record = await createChecks(companion).run(check({ needPixels: async () => ({ pixels: canvas }) }));
    expect(record.source.path).toBe('canvas');
    expect(sent[0]?.bytes).toEqual(new Uint8Array([9]));
  });

  it('takes a screenshot last, and only for a person', async () => {
    fetchOriginal.mockResolvedValue(undefined);
    screenshot.mockResolvedValue(new Uint8Array([7]));
    const checks = createChecks(companion);
    const needPixels = async () => ({ rect });
    await expect(checks.run(check({ needPixels }))).rejects.toMatchObject({ code: 'picture-gone' });
    expect((await checks.run(check({ ...asked, needPixels }))).source.path).toBe('screenshot');
    expect(screenshot).toHaveBeenCalledOnce();
  });

  it('marks a frame of a video with its time and keeps it out of what is known', async () => {
    const checks = createChecks(companion);
    const frame = check({ lane: 'live', pixels: { ...canvas, mediaTime: 1.5 } });
    await checks.run(frame);
    await checks.run(frame);
    expect(sent).toHaveLength(2);
    expect(sent[0]?.source).toMatchObject({ kind: 'video-frame', mediaTime: 1.5, path: 'canvas' });
  });

  it('shortens a data address for the record', async () => {
    await createChecks(companion).run(check({ url: `data:image/png;base64,${'A'.repeat(20_000)}` }));
    expect(sent[0]?.source.url).toBe('data:image/png;base64,…');
  });

  it('fetches nothing for a companion that cannot answer', async () => {
    companion.state = { phase: 'not-running' };
    const checks = createChecks(companion);
    await expect(checks.run(check())).rejects.toMatchObject({ code: 'companion-unreachable' });
    companion.state = { phase: 'refused', error: new TouchstoneError('companion-not-genuine') };
    await expect(checks.run(check(asked))).rejects.toMatchObject({ code: 'companion-not-genuine' });
    expect(fetchOriginal).not.toHaveBeenCalled();
  });
});

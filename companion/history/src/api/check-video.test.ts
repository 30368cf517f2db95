import { errorReport } from '@touchstone/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { checkVideo } from './check-video.ts';

const answer = vi.fn<typeof fetch>();
const quiet = { onProgress: () => undefined };
const file = new File(['video'], 'clip.mp4');
const progress = { type: 'progress', framesAnalyzed: 3, framesPlanned: 30, mediaTime: 1.5, timeLeft: 900 };

/** An answer that arrives in the given pieces. */
function streamed(...pieces: string[]) {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  answer.mockResolvedValueOnce(new Response(stream));
}

beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => {
  answer.mockReset();
  vi.unstubAllGlobals();
});

describe('video check', () => {
  it('reads progress and result however the lines are cut', async () => {
    const text = `${JSON.stringify(progress)}\n${JSON.stringify({ type: 'result', record: exampleRecord() })}`;
    streamed(text.slice(0, 10), text.slice(10, 90), text.slice(90));
    const seen = vi.fn();
    await expect(
      checkVideo(file, 'clip & co.mp4', { onProgress: seen, pack: 'quick', recheckOf: 'abc' }),
    ).resolves.toEqual(exampleRecord());
    expect(seen).toHaveBeenCalledExactlyOnceWith(progress);
    expect(answer.mock.calls[0]?.[0]).toBe('/api/check-video?fileName=clip+%26+co.mp4&pack=quick&recheckOf=abc');
    expect(answer.mock.calls[0]?.[1]?.body).toBe(file);
  });

  it('turns a line of error into its code', async () => {
    streamed(`${JSON.stringify({ type: 'error', error: errorReport('video-unreadable') })}\n`);
    await expect(checkVideo(file, 'a.avi', quiet)).rejects.toMatchObject({ code: 'video-unreadable' });
  });

  it('refuses a line that was not agreed, and an end without a result', async () => {
    streamed('{"type":"progress"}\n');
    await expect(checkVideo(file, 'a.mp4', quiet)).rejects.toMatchObject({ code: 'bad-message' });
    streamed('not json\n');
    await expect(checkVideo(file, 'a.mp4', quiet)).rejects.toMatchObject({ code: 'bad-message' });
    streamed(`${JSON.stringify(progress)}\n`);
    await expect(checkVideo(file, 'a.mp4', quiet)).rejects.toMatchObject({ code: 'companion-unreachable' });
  });
});

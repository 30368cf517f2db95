import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { CheckVideoLine, CSRF_HEADER } from '@touchstone/shared/api';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkVideoThere } from '../cli/check/companion-video.ts';
import { needCompanion } from '../cli/link/companion-link.ts';
import { judgingByGrey } from '../video-file/fixtures/judging-by-grey.ts';
import { greyClip } from './fixtures/grey-clip.ts';
import { type Answer, startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';
import { VIDEO_UPLOADS_AT_ONCE } from './routes/check-video-routes.ts';

const VIDEO = { headers: { 'content-type': 'video/mp4' }, method: 'POST' } as const;

const linesOf = ({ text }: Answer): CheckVideoLine[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => v.parse(CheckVideoLine, JSON.parse(line)));

const spoolOf = ({ home }: TestCompanion): Promise<string[]> => readdir(join(home, 'spool'));

describe('POST /api/check-video', { timeout: 300_000 }, () => {
  it('answers with progress and the record, keeps its peaks and forgets the file', async () => {
    const test = await startTestCompanion({ frames: judgingByGrey() });
    const answer = await test.control('/api/check-video?fileName=holiday.mp4', {
      ...VIDEO,
      body: (await greyClip()).bytes,
    });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/x-ndjson']);
    const lines = linesOf(answer);
    const last = lines.at(-1);
    if (last?.type !== 'result') throw new Error('no result');
    expect(lines.slice(0, -1).every(({ type }) => type === 'progress')).toBe(true);
    expect(lines.length).toBeGreaterThan(1);
    const { record } = last;
    expect(record).toMatchObject({ logged: true, source: { kind: 'video', fileName: 'holiday.mp4' } });
    expect((await test.control(`/api/history/records/${record.id}`)).json()).toEqual(record);
    for (const place of record.timeline?.peaks?.keys() ?? []) {
      const peak = await test.control(`/api/history/records/${record.id}/peaks/${place}`);
      expect([peak.status, peak.headers['content-type']]).toEqual([200, 'image/webp']);
    }
    expect((await test.control(`/api/history/records/${record.id}/peaks/9`)).status).toBe(404);
    await vi.waitFor(async () => expect(await spoolOf(test)).toEqual([]), 300_000);
  });

  it('notes which earlier record it checks again, and knows no other', async () => {
    const test = await startTestCompanion({ frames: judgingByGrey() });
    const body = (await greyClip()).bytes;
    const recordOf = async (query: string) => {
      const last = linesOf(await test.control(`/api/check-video?${query}`, { ...VIDEO, body })).at(-1);
      return last?.type === 'result' ? last.record : undefined;
    };
    const first = await recordOf('fileName=a.mp4');
    const again = await recordOf(`fileName=a.mp4&recheckOf=${first?.id}`);
    expect(again).toMatchObject({ recheckOf: first?.id, logged: true });
    expect((await test.control('/api/check-video?recheckOf=nobody', { ...VIDEO, body })).status).toBe(404);
  });

  it('ends with an error line for what is no video', async () => {
    const test = await startTestCompanion({ frames: judgingByGrey() });
    const answer = await test.control('/api/check-video', { ...VIDEO, body: 'not a video' });
    expect(linesOf(answer)).toEqual([{ type: 'error', error: expect.objectContaining({ code: 'video-unreadable' }) }]);
    expect((await test.control('/api/check-video', { ...VIDEO, body: '' })).json()).toMatchObject({
      code: 'empty-file',
    });
    await vi.waitFor(async () => expect(await spoolOf(test)).toEqual([]), 300_000);
  });

  it('is for the command line and the history page alone', async () => {
    const { request, companion, home } = await startTestCompanion();
    const own = { origin: `http://127.0.0.1:${companion.port}`, 'sec-fetch-site': 'same-origin' };
    const headers = [
      {},
      own,
      { ...own, cookie: 'touchstone_session=x', [CSRF_HEADER]: 'y' },
      { origin: 'https://evil' },
    ];
    for (const one of headers) {
      const answer = await request('/api/check-video', { ...VIDEO, headers: { ...VIDEO.headers, ...one }, body: 'x' });
      expect(answer.status).toBe(401);
    }
    await expect(readdir(join(home, 'spool'))).rejects.toThrow('ENOENT');
  });

  it('stops and cleans up when the sender goes away, in the upload or later', async () => {
    const frames = judgingByGrey();
    let judged = 0;
    const judgeFrame: typeof frames.judgeFrame = async (frame, request) => {
      judged += 1;
      // Every frame waits for the sender to go, so that nothing of the answer has left by then.
      if (request.signal) await once(request.signal, 'abort');
      return frames.judgeFrame(frame, request);
    };
    const test = await startTestCompanion({ frames: { ...frames, judgeFrame } });
    const { port } = test.companion;
    const headers = { authorization: `Bearer ${test.token}`, 'content-type': 'video/mp4' };
    const open = () => httpRequest({ host: '127.0.0.1', port, path: '/api/check-video', method: 'POST', headers });
    const half = open();
    half.on('error', () => undefined);
    half.write('the beginning');
    await vi.waitFor(async () => expect(await spoolOf(test)).toHaveLength(1), 300_000);
    half.destroy();
    await vi.waitFor(async () => expect(await spoolOf(test)).toEqual([]), 300_000);
    const whole = open();
    whole.on('error', () => undefined);
    whole.end((await greyClip()).bytes);
    await vi.waitFor(() => expect(judged).toBeGreaterThan(0), 300_000);
    whole.destroy();
    await vi.waitFor(async () => expect(await spoolOf(test)).toEqual([]), 300_000);
    await test.companion.stop();
    const logs = join(test.home, 'logs');
    const lines = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')));
    expect(lines.join('')).toContain('stopped');
    expect(lines.join('')).not.toContain('request failed');
  });

  it('says "busy" while all places are taken, also to who is still sending', async () => {
    const test = await startTestCompanion({ frames: judgingByGrey() });
    const { port } = test.companion;
    const headers = { authorization: `Bearer ${test.token}`, 'content-type': 'video/mp4' };
    const half = Array.from({ length: VIDEO_UPLOADS_AT_ONCE }, () => {
      const one = httpRequest({ host: '127.0.0.1', port, path: '/api/check-video', method: 'POST', headers });
      one.on('error', () => undefined);
      one.write('the beginning');
      return one;
    });
    // Fast enough not to be taken for slow bodies, for as long as this test needs them.
    const flowing = setInterval(() => {
      for (const one of half) if (one.writable && one.writableLength === 0) one.write(Buffer.alloc(64 * 1024));
    }, 100);
    onTestFinished(() => clearInterval(flowing));
    await vi.waitFor(async () => expect(await spoolOf(test)).toHaveLength(half.length), 300_000);
    const home = process.env.TOUCHSTONE_HOME;
    process.env.TOUCHSTONE_HOME = test.home;
    const link = await needCompanion().finally(() => {
      if (home === undefined) delete process.env.TOUCHSTONE_HOME;
      else process.env.TOUCHSTONE_HOME = home;
    });
    const path = join(test.home, 'large.mp4');
    await writeFile(path, new Uint8Array(30_000_000));
    const { signal } = new AbortController();
    const request = { path, fileName: 'large.mp4', signal, onProgress: () => undefined };
    await expect(checkVideoThere(link, undefined, request)).rejects.toMatchObject({ code: 'busy' });
    clearInterval(flowing);
    for (const one of half) one.destroy();
    await vi.waitFor(async () => expect(await spoolOf(test)).toEqual([]), 300_000);
    await expect(checkVideoThere(link, undefined, request)).rejects.toMatchObject({ code: 'video-unreadable' });
  });

  it('removes at the start what a killed companion left', async () => {
    const first = await startTestCompanion();
    await first.control('/api/check-video', { ...VIDEO, body: 'x' });
    await first.companion.stop();
    await writeFile(join(first.home, 'spool', randomUUID()), 'x');
    const second = await startTestCompanion({ home: first.home });
    expect(await spoolOf(second)).toEqual([]);
  });
});

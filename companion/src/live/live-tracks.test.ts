import {
  CompanionSettings,
  MAX_OPEN_TRACKS,
  ResultRecord,
  type TrackFrame,
  type TrackOpen,
  TrackUpdate,
} from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { memoryLog } from '../pipeline/memory-log.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { jpeg, pack, type ScriptedFrame, scriptedPipeline } from './fixtures/scripted-pipeline.ts';
import { MAX_FRAME_BYTES } from './frame-check.ts';
import { createLiveOpinions } from './live-opinions.ts';
import { createLiveTracks } from './live-tracks.ts';
import { createWaitingTracks } from './waiting-tracks.ts';

const picture = await jpeg();
let lastId = 0;
const id = (): number => ++lastId;
const opening = (track: string, more: Partial<TrackOpen> = {}): TrackOpen => ({
  type: 'track-open',
  id: id(),
  track,
  source: { kind: 'video', path: 'canvas', pageUrl: 'https://page.test/', private: false },
  duration: 60,
  resume: [],
  ...more,
});
const frameOf = (track: string, mediaTime: number, more: Partial<TrackFrame> = {}): TrackFrame => ({
  type: 'track-frame',
  id: id(),
  track,
  mediaTime,
  path: 'canvas',
  bytes: picture,
  ...more,
});

async function setUp(script: (call: number) => ScriptedFrame, thorough?: (call: number) => ScriptedFrame) {
  const pipeline = await scriptedPipeline(script, thorough);
  const { log, kept } = memoryLog();
  let settings = v.parse(CompanionSettings, {});
  let time = 0;
  const passTime = (ms: number) => {
    time += ms;
  };
  const logger = pino({ level: 'silent' });
  const waiting = createWaitingTracks(logger, AbortSignal.any([]));
  const options = {
    pipeline: pipeline as unknown as Pipeline,
    log,
    settings: { current: () => settings, update: async () => settings } as never,
    logger,
    liveOpinions: createLiveOpinions(pipeline, () => time),
    client: 'browser',
    owner: '',
    waiting,
  };
  const tracks = createLiveTracks(options);
  /** A connection that comes after. */
  const connectAgain = (client = 'browser') => createLiveTracks({ ...options, client });
  const change = (patch: Partial<CompanionSettings>) => {
    settings = { ...settings, ...patch };
  };
  const close = (track: string) => tracks.answer({ type: 'track-close', id: id(), track });
  return { pipeline, tracks, connectAgain, log, kept, change, close, passTime };
}

describe('a track', () => {
  it('is opened, fed and closed, and becomes one record', async () => {
    const { tracks, log, kept, close } = await setUp(() => ({ logit: 7 }));
    const opened = await tracks.answer(opening('track-one'));
    expect(opened).toMatchObject({ framesAnalyzed: 0, verdict: { value: 'uncertain' }, wantedRate: 4 });
    let last: TrackUpdate = opened;
    for (let i = 0; i < 10; i++) last = await tracks.answer(frameOf('track-one', i / 2));
    expect(v.is(TrackUpdate, last)).toBe(true);
    expect(last).toMatchObject({ framesAnalyzed: 10, verdict: { value: 'fake' }, moment: { time: 4.5, shot: 0 } });
    const { record } = await close('track-one');
    expect(v.is(ResultRecord, record)).toBe(true);
    expect(record).toMatchObject({
      lane: 'live',
      source: { kind: 'video', path: 'canvas', pageUrl: 'https://page.test/' },
      picture: { format: 'jpeg', frames: 10 },
      pack: { name: 'quick' },
      logged: true,
      hasThumbnail: true,
      timeline: { duration: 60, framesAnalyzed: 10 },
    });
    expect(await log.get(record?.id ?? '')).toEqual(record);
    const media = kept.get(record?.id ?? '');
    expect(media?.peaks).toHaveLength(record?.timeline?.peaks?.length ?? 0);
    expect(Buffer.from(media?.thumbnail?.subarray(8, 12) ?? []).toString()).toBe('WEBP');
  });

  it('counts no moment twice, and says so', async () => {
    const { tracks } = await setUp(() => ({ logit: 7 }));
    await tracks.answer(opening('looping-gif', { duration: 2 }));
    let last: TrackUpdate | undefined;
    for (let i = 0; i < 40; i++) last = await tracks.answer(frameOf('looping-gif', (i % 4) / 2 + (i / 40) * 0.2));
    expect(last?.framesAnalyzed).toBe(4);
  });

  it('without a judged frame leaves no record', async () => {
    const { tracks, log, close } = await setUp(() => ({ logit: 0, flatness: 1 }));
    await tracks.answer(opening('title-card'));
    const answer = await tracks.answer(frameOf('title-card', 1));
    expect(answer.moment).toBeUndefined();
    expect(answer.verdict.caveats.map(({ code }) => code)).toContain('flat-graphic');
    expect((await close('title-card')).record).toBeUndefined();
    expect(log.count()).toBe(0);
  });

  it('passes over a title card without a word about it', async () => {
    const { tracks } = await setUp((call) => ({ logit: -6, flatness: call === 3 ? 1 : 0.1 }));
    await tracks.answer(opening('with-titles'));
    let last: TrackUpdate | undefined;
    for (let i = 0; i < 8; i++) last = await tracks.answer(frameOf('with-titles', i));
    expect(last).toMatchObject({ framesAnalyzed: 7, verdict: { value: 'real' } });
    expect(last?.verdict.caveats.map(({ code }) => code)).not.toContain('flat-graphic');
  });

  it.each([
    ['a private window', { source: { kind: 'video', path: 'canvas', private: true } } as const, {}],
    ['paused recording', {}, { recordingPaused: true }],
  ])('of %s is answered and never written', async (_, more, patch) => {
    const { tracks, log, kept, change, close } = await setUp(() => ({ logit: 7 }));
    change(patch);
    await tracks.answer(opening('unwritten', more));
    await tracks.answer(frameOf('unwritten', 0));
    expect((await close('unwritten')).record).toMatchObject({ logged: false, hasThumbnail: false });
    expect([log.count(), kept.size]).toEqual([0, 0]);
  });

  it('keeps no pictures when thumbnails are off', async () => {
    const { tracks, kept, change, close } = await setUp(() => ({ logit: 7 }));
    change({ keepThumbnails: false });
    await tracks.answer(opening('no-pictures'));
    await tracks.answer(frameOf('no-pictures', 0));
    const { record } = await close('no-pictures');
    expect(record).toMatchObject({ hasThumbnail: false, timeline: { peaks: [] } });
    expect(kept.get(record?.id ?? '')?.peaks).toEqual([]);
  });

  it('goes on where an earlier companion stopped', async () => {
    const first = await setUp(() => ({ logit: 7 }));
    await first.tracks.answer(opening('restarted'));
    const resume = [];
    for (let i = 0; i < 8; i++) {
      const { moment } = await first.tracks.answer(frameOf('restarted', i));
      if (moment) resume.push(moment);
    }
    const second = await setUp(() => ({ logit: 7 }));
    const opened = await second.tracks.answer(opening('restarted', { resume }));
    expect(opened.framesAnalyzed).toBe(8);
    const next = await second.tracks.answer(frameOf('restarted', 8));
    expect(next).toMatchObject({ framesAnalyzed: 9, verdict: { value: 'fake' } });
  });

  it('goes on in the next connection of the same browser, and becomes one record', async () => {
    const { tracks, connectAgain, log } = await setUp(() => ({ logit: 7 }));
    await tracks.answer(opening('cut-off'));
    for (let i = 0; i < 4; i++) await tracks.answer(frameOf('cut-off', i));
    tracks.leaveAll();
    expect(log.count()).toBe(0);
    const next = connectAgain();
    // The browser tells what it knows, as it would tell a companion that was started anew.
    const moment = { time: 0, probability: 0.5, low: 0.4, high: 0.6, shot: 0, faces: [] };
    expect((await next.answer(opening('cut-off', { resume: [moment] }))).framesAnalyzed).toBe(4);
    // What the browser does not know, or knows otherwise, is told with the next frame.
    const { revised } = await next.answer(frameOf('cut-off', 4));
    expect(revised?.map(({ time }) => time)).toEqual([0, 1, 2, 3]);
    for (let i = 5; i < 8; i++) expect(await next.answer(frameOf('cut-off', i))).not.toHaveProperty('revised');
    const { record } = await next.answer({ type: 'track-close', id: id(), track: 'cut-off' });
    expect(record?.timeline?.moments.map(({ time }) => time)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(log.count()).toBe(1);
  });

  it('is not what another browser, or another kind of window, calls the same', async () => {
    const { tracks, connectAgain, log, kept } = await setUp(() => ({ logit: 7 }));
    await tracks.answer(opening('same-name', { source: { kind: 'video', path: 'canvas', private: true } }));
    await tracks.answer(frameOf('same-name', 0));
    tracks.leaveAll();
    const others = [connectAgain('another'), connectAgain()];
    for (const other of others) {
      expect((await other.answer(opening('same-name'))).framesAnalyzed).toBe(0);
      await other.answer(frameOf('same-name', 5));
      other.endAll();
    }
    const records = await Promise.all([...kept.keys()].map((one) => log.get(one)));
    const times = records.map((one) => one?.timeline?.moments.map(({ time }) => time));
    expect(times).toEqual([[5], [5]]);
  });

  it('is written when the connection goes for good, even while frames are being judged', async () => {
    const { tracks, pipeline, log } = await setUp(() => ({ logit: 7 }));
    await tracks.answer(opening('cut-off-1'));
    await tracks.answer(opening('cut-off-2'));
    await tracks.answer(frameOf('cut-off-1', 0));
    pipeline.hold();
    const outcome = tracks.answer(frameOf('cut-off-1', 1)).catch(({ code }) => code);
    await expect.poll(() => pipeline.running()).toBe(1);
    tracks.endAll();
    expect(log.count()).toBe(1);
    expect(await outcome).toBe('cancelled');
    await expect(tracks.answer(frameOf('cut-off-1', 2))).rejects.toMatchObject({ code: 'track-unknown' });
  });

  it('marks what came from the screen', async () => {
    const { tracks, close } = await setUp(() => ({ logit: 1 }));
    await tracks.answer(opening('tainted-one'));
    const answer = await tracks.answer(frameOf('tainted-one', 0, { path: 'screenshot' }));
    expect(answer.verdict.caveats.map(({ code }) => code)).toContain('screenshot');
    expect((await close('tainted-one')).record?.source.path).toBe('screenshot');
  });

  it('asks the thorough pack too, one frame at a time, and nobody waits', async () => {
    const { tracks, pipeline, passTime } = await setUp(
      () => ({ logit: 1 }),
      () => ({ logit: 9 }),
    );
    await tracks.answer(opening('undecided'));
    for (let i = 0; i < 6; i++) {
      await tracks.answer(frameOf('undecided', i));
      await expect.poll(() => pipeline.running()).toBe(0);
      passTime(10_000);
    }
    expect(pipeline.asked.filter(({ tier }) => tier === 'thorough')).toHaveLength(6);
    const { verdict } = await tracks.answer(opening('undecided'));
    expect(verdict.value).toBe('fake');
    expect(verdict.caveats.map(({ code }) => code)).not.toContain('quick-only');
  });

  it('tells which earlier moments the thorough pack judged otherwise, once', async () => {
    const { tracks, pipeline, passTime } = await setUp(
      () => ({ logit: 1 }),
      () => ({ logit: 9 }),
    );
    await tracks.answer(opening('revised'));
    const known = new Map<number, number>();
    for (let i = 0; i < 6; i++) {
      const answer = await tracks.answer(frameOf('revised', i));
      for (const { time, probability } of [...(answer.revised ?? []), ...(answer.moment ? [answer.moment] : [])])
        known.set(time, probability);
      await expect.poll(() => pipeline.running()).toBe(0);
      passTime(10_000);
    }
    const last = await tracks.answer(frameOf('revised', 6));
    for (const { time, probability } of last.revised ?? []) known.set(time, probability);
    const { record } = await tracks.answer({ type: 'track-close', id: id(), track: 'revised' });
    // What the client has put together is what the record keeps, the last frame apart.
    for (const { time, probability } of record?.timeline?.moments.slice(0, -1) ?? [])
      expect(known.get(time)).toBeCloseTo(probability, 2);
    expect(Math.min(...known.values())).toBeGreaterThan(0.9);
  });
});

describe('what is hostile', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e12])('time %d is refused', async (time) => {
    const { tracks, pipeline } = await setUp(() => ({ logit: 7 }));
    await tracks.answer(opening('strange-time'));
    await expect(tracks.answer(frameOf('strange-time', time))).rejects.toMatchObject({ code: 'broken-picture' });
    expect(pipeline.asked).toEqual([]);
  });
  it('the time of a live stream may count from 1970', async () => {
    const { tracks } = await setUp(() => ({ logit: 7 }));
    await tracks.answer(opening('live-stream', { duration: null }));
    const { moment } = await tracks.answer(frameOf('live-stream', 1_790_000_000.25));
    expect(moment?.time).toBe(1_790_000_000.25);
  });
  it.each([
    ['too-large', new Uint8Array(MAX_FRAME_BYTES + 1).fill(0xff)],
    ['empty-file', new Uint8Array(0)],
    ['unsupported-format', Uint8Array.from(Buffer.from('GIF89a, no JPEG'))],
    ['broken-picture', picture.slice(0, 12)],
  ])('a frame is refused as %s, and the track goes on', async (code, bytes) => {
    const { tracks, pipeline } = await setUp(() => ({ logit: 7 }));
    await tracks.answer(opening('bad-frames'));
    await expect(tracks.answer(frameOf('bad-frames', 0, { bytes }))).rejects.toMatchObject({ code });
    expect(pipeline.asked).toEqual([]);
    expect((await tracks.answer(frameOf('bad-frames', 0))).framesAnalyzed).toBe(1);
  });
  it('endless durations and resumed nonsense change nothing', async () => {
    const { tracks, close } = await setUp(() => ({ logit: 7 }));
    const moment = { time: Number.POSITIVE_INFINITY, probability: 1, low: 0, high: 1, shot: 7, faces: [] };
    const zero = { ...moment, time: 3, probability: 0 };
    await tracks.answer(opening('nonsense', { duration: Number.POSITIVE_INFINITY, resume: [moment, zero, zero] }));
    expect((await tracks.answer(frameOf('nonsense', 0))).framesAnalyzed).toBe(2);
    expect((await close('nonsense')).record?.timeline?.duration).toBeNull();
  });
  it('ten thousand tracks: the first ones stay, the others are refused', async () => {
    const { tracks } = await setUp(() => ({ logit: 7 }));
    let refused = 0;
    for (let i = 0; i < 10_000; i++) {
      await tracks.answer(opening(`track-${i}`)).catch(({ code }) => {
        if (code === 'too-many-videos') refused++;
      });
    }
    expect(refused).toBe(10_000 - MAX_OPEN_TRACKS);
    expect((await tracks.answer(frameOf('track-0', 0))).framesAnalyzed).toBe(1);
  });
  it('a flood of frames: the newest ones win and no more than the window is judged', async () => {
    const { tracks, pipeline } = await setUp(() => ({ logit: 7 }));
    await tracks.answer(opening('flooding'));
    pipeline.hold();
    const answers = Array.from({ length: 200 }, (_, i) => tracks.answer(frameOf('flooding', i)));
    const outcomes = Promise.allSettled(answers);
    await expect.poll(() => pipeline.running()).toBe(2);
    pipeline.release();
    const settled = await outcomes;
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(settled.at(-1)?.status).toBe('fulfilled');
    expect(settled[0]).toMatchObject({ reason: { code: 'busy' } });
  });
  it('a request number in use twice, an unknown track and a closed one', async () => {
    const { tracks, pipeline, close } = await setUp(() => ({ logit: 7 }));
    await expect(tracks.answer(frameOf('never-opened', 0))).rejects.toMatchObject({ code: 'track-unknown' });
    await tracks.answer(opening('twice-used'));
    pipeline.hold();
    const first = tracks.answer(frameOf('twice-used', 0, { id: 7_000 }));
    const second = tracks.answer(frameOf('twice-used', 1, { id: 7_000 }));
    await expect(second).rejects.toMatchObject({ code: 'bad-message' });
    pipeline.release();
    await first;
    await close('twice-used');
    await expect(close('twice-used')).rejects.toMatchObject({ code: 'track-unknown' });
  });
});

describe('the faces of a playing video', () => {
  const area = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

  it('lift what looks authentic to a lean once three looks show traces of blending', async () => {
    const { pipeline, tracks, close } = await setUp(() => ({ logit: -6 }));
    const thorough = await pack('thorough');
    const face = { logit: 'logit', margin: 1.3, minimumSide: 16, above: 1, meaning: 'a test', golden: 0 };
    const manifest = { ...thorough.manifest, output: { ...thorough.manifest.output, face } };
    const looked: unknown[] = [];
    pipeline.faces.find = async () => [area];
    pipeline.judgeFace = async (frame, found, { lane }) => {
      looked.push([frame.width, found, lane]);
      return { pack: { ...thorough, manifest }, logit: 3 };
    };
    await tracks.answer(opening('track-one'));
    const leanings: unknown[] = [];
    for (let i = 0; i < 12; i++) {
      const { verdict } = await tracks.answer(frameOf('track-one', i / 2));
      leanings.push(verdict.leaning);
    }
    expect(looked).toEqual(Array(5).fill([64, area, 'live']));
    expect(leanings.slice(0, 4)).not.toContain('ai');
    expect(leanings.at(-1)).toBe('ai');
    const { record } = await close('track-one');
    expect(record?.verdict).toMatchObject({ value: 'uncertain', leaning: 'ai' });
    expect(record?.verdict.reasons[0]).toMatchObject({ code: 'video-face-blending', details: { track: 0, looks: 5 } });
  });
});

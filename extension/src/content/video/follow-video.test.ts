import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeFollower, fakeFollower } from './fixtures/fake-follower.ts';

/** What is waited for comes; how late, the machine decides. */
const SOONER_OR_LATER = { timeout: 300_000 };

let fake: FakeFollower;

beforeEach(() => {
  fake = fakeFollower();
  fake.follower.allow(true, false);
});
afterEach(() => vi.restoreAllMocks());

const times = () => fake.frames.map(({ time }) => time);
const seen = () => (fake.follower.state.kind === 'video' ? fake.follower.state : undefined);
/** Lets the time that a failed attempt waits pass. */
const later = () => {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 60_000);
};

describe('a followed video', () => {
  it('opens a track with the first frame and sends one frame for each interval', async () => {
    await fake.play(0, 0.2, 0.5, 0.6, 1);
    expect(fake.opened).toMatchObject([{ url: 'https://site.test/a', duration: 10, resume: [] }]);
    expect(times()).toEqual([0, 0.5, 1]);
    expect(seen()).toMatchObject({ activity: 'sampling', framesAnalyzed: 3 });
  });

  it('waits out of view, paused and without a place, and goes on', async () => {
    await fake.play(0);
    fake.follower.allow(false, false);
    await fake.play(0.5, 1);
    fake.follower.allow(true, false);
    fake.player.playing = false;
    fake.follower.look();
    expect(seen()?.activity).toBe('paused');
    await fake.play(1.5);
    fake.player.playing = true;
    fake.follower.look();
    await fake.play(2);
    expect(times()).toEqual([0, 2]);
    expect(fake.opened).toHaveLength(1);
  });

  it('never has more than the window unanswered, and takes the newest frame when there is room', async () => {
    await fake.play(0);
    fake.answers = 'never';
    await fake.play(1, 2, 3, 4, 5);
    expect(times()).toEqual([0, 1, 2]);
  });

  it.each(['black', 'same', 'nothing'] as const)('sends nothing for a frame that is %s', async (kind) => {
    fake.grab = kind;
    await fake.play(0, 1, 2);
    expect(fake.opened).toEqual([]);
  });

  it('says that a protected video cannot be checked', async () => {
    fake.player.locked = true;
    await fake.play(0);
    expect(fake.follower.state).toMatchObject({ kind: 'error', error: { code: 'video-protected' } });
    expect(fake.frames).toEqual([]);
  });

  it('asks for screenshots where the pixels are closed to the page', async () => {
    fake.grab = 'tainted';
    await fake.play(0, 1.5);
    expect(fake.opened).toMatchObject([{ screenshots: true }]);
    expect(fake.frames[0]?.pixels).toHaveProperty('rect');
    expect(seen()?.screenshots).toBe(true);
  });

  it('takes more screenshots as long as the screen is free, and fewer where it is not', async () => {
    fake.grab = 'tainted';
    const wait = () => fake.waits.at(-1) ?? Number.NaN;
    await fake.play(0, 2);
    const first = wait();
    await fake.play(4, 6, 8);
    const free = wait();
    expect(free).toBeLessThan(first);
    // Never more than two a second, whatever the companion wants.
    expect(free).toBeGreaterThan(500);
    fake.answers = 'busy';
    await fake.play(9.9);
    fake.answers = 'at once';
    await fake.play(11);
    expect(wait()).toBeGreaterThan(free);
    // A refused one is no error, and its moment may be sampled again.
    expect(seen()?.activity).toBe('sampling');
    await fake.play(9.9);
    expect(times().filter((time) => time === 9.9)).toHaveLength(2);
  });

  it('closes the track when another source plays, and begins another', async () => {
    await fake.play(0, 1);
    fake.player.source = 'b';
    fake.follower.look();
    await fake.play(0, 1);
    expect(fake.closed).toEqual([fake.opened[0]?.track]);
    expect(fake.opened.map(({ url }) => url)).toEqual(['https://site.test/a', 'https://site.test/b']);
    expect(fake.opened[1]?.resume).toEqual([]);
    expect(times()).toEqual([0, 1, 0, 1]);
  });

  it('opens the same track again with what is known when the companion forgot it', async () => {
    await fake.play(0, 1);
    fake.answers = 'companion-unreachable';
    await fake.play(2);
    expect(seen()).toMatchObject({ activity: 'waiting', framesAnalyzed: 2 });
    fake.answers = 'at once';
    await fake.play(2.5);
    fake.follower.retry();
    await fake.play(3);
    expect(fake.opened).toHaveLength(2);
    expect(fake.opened[1]).toMatchObject({ track: fake.opened[0]?.track });
    expect(fake.opened[1]?.resume.map(({ time }) => time)).toEqual([0, 1]);
    // The frame that was lost may be sampled again.
    await fake.play(2);
    expect(times()).toEqual([0, 1, 2, 3, 2]);
  });

  it('writes its record at the end, and begins again only when a person wants that', async () => {
    await fake.play(0, 5);
    fake.player.ended = true;
    fake.player.playing = false;
    fake.follower.look();
    await fake.settle();
    expect(seen()).toMatchObject({ activity: 'ended', record: { id: expect.any(String) } });
    [fake.player.ended, fake.player.playing] = [false, true];
    fake.follower.look();
    await fake.play(0, 5);
    expect(fake.opened).toHaveLength(1);
    fake.follower.again();
    fake.follower.look();
    await fake.play(0);
    expect(fake.opened[1]?.resume).toEqual([]);
  });

  it('writes its record after a round of a loop that showed nothing new', async () => {
    fake.player.duration = 2;
    await fake.play(0, 0.5, 1, 1.5);
    for (let round = 0; round < 3; round += 1) await fake.play(0, 0.5, 1, 1.5);
    expect(fake.closed).toHaveLength(1);
    expect(fake.frames).toHaveLength(4);
  });

  it('has its record written by the next companion when the last one ended without', async () => {
    await fake.play(0, 5);
    fake.answers = 'companion-unreachable';
    await fake.play(6);
    fake.player.playing = false;
    fake.player.ended = true;
    fake.follower.look();
    await fake.settle();
    expect(seen()?.record).toBeUndefined();
    expect(fake.follower.open).toBe(true);
    fake.answers = 'at once';
    fake.follower.retry();
    await vi.waitFor(() => expect(seen()?.record).toBeDefined(), SOONER_OR_LATER);
    expect(fake.opened.at(-1)?.resume.map(({ time }) => time)).toEqual([0, 5]);
    // The companion may only have lost the connection: it still has what it saw, under the same name.
    expect(new Set(fake.opened.map(({ track }) => track)).size).toBe(1);
    expect(fake.follower.open).toBe(false);
  });

  /** Ends the video before another frame was sent, and lets what follows from that happen. */
  const end = async () => {
    fake.player.playing = false;
    fake.player.ended = true;
    fake.follower.look();
    await fake.settle();
  };
  const recorded = () => vi.waitFor(() => expect(seen()?.record).toBeDefined(), SOONER_OR_LATER);

  it('has its record where the companion came back before the end, but no frame was sent to it', async () => {
    await fake.play(0, 5);
    fake.answers = 'companion-unreachable';
    await fake.play(6);
    fake.answers = 'at once';
    fake.follower.retry();
    await end();
    await recorded();
    expect(fake.opened.at(-1)?.resume.map(({ time }) => time)).toEqual([0, 5]);
  });

  it('has its record where the companion went away unnoticed and came back after the end', async () => {
    await fake.play(0, 5);
    fake.answers = 'companion-unreachable';
    await end();
    expect(seen()?.record).toBeUndefined();
    fake.answers = 'at once';
    fake.follower.retry();
    await recorded();
    expect(fake.follower.open).toBe(false);
  });

  it.each(['busy', 'too-many-videos', 'internal', 'track-unknown'] as const)(
    'has its record where the companion that came back was first %s',
    async (code) => {
      await fake.play(0, 5);
      fake.answers = 'companion-unreachable';
      await end();
      fake.answers = code;
      fake.follower.retry();
      await fake.settle();
      expect(seen()?.record).toBeUndefined();
      expect(fake.follower.open).toBe(true);
      // Nobody says again that it is there.
      fake.answers = 'at once';
      await recorded();
      expect(fake.follower.open).toBe(false);
    },
  );

  it('has its record where its frames come from the screen', async () => {
    fake.grab = 'tainted';
    await fake.play(0, 5);
    fake.answers = 'companion-unreachable';
    await end();
    fake.answers = 'at once';
    fake.follower.retry();
    await recorded();
    expect(fake.frames.at(-1)?.pixels).toHaveProperty('rect');
  });

  it('says that there are too many videos, and tries again by itself', async () => {
    fake.answers = 'too-many-videos';
    await fake.play(0);
    expect(fake.follower.state).toMatchObject({ kind: 'error', error: { code: 'too-many-videos' } });
    fake.answers = 'at once';
    later();
    await fake.play(1);
    expect(seen()?.framesAnalyzed).toBe(1);
  });

  it('says so when its place went to another video, and goes on when there is one again', async () => {
    await fake.play(0, 1);
    // The track was closed for it: the companion knows it no more, and has no place.
    fake.answers = 'track-unknown';
    await fake.play(2);
    expect(seen()?.activity).toBe('sampling');
    fake.answers = 'too-many-videos';
    later();
    await fake.play(3);
    // What was seen stands; nobody is told to start the companion.
    expect(seen()).toMatchObject({ activity: 'crowded', framesAnalyzed: 2 });
    fake.answers = 'at once';
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    await fake.play(4);
    expect(seen()?.framesAnalyzed).toBe(3);
    expect(fake.opened.at(-1)?.resume.map(({ time }) => time)).toEqual([0, 1]);
  });

  it('does not seem paused where larger videos took its place, and keeps what was seen', async () => {
    await fake.play(0, 1);
    fake.follower.allow(false, true);
    expect(seen()).toMatchObject({ activity: 'crowded', framesAnalyzed: 2 });
    fake.player.playing = false;
    expect(seen()?.activity).toBe('paused');
  });

  it('says so when the page has no place for it', () => {
    fake.follower.allow(false, true);
    expect(fake.follower.state).toMatchObject({ kind: 'error', error: { code: 'too-many-videos' } });
  });

  it('samples the frame of a paused video that a person asks about', async () => {
    fake.player.playing = false;
    fake.player.time = 3;
    fake.follower.sampleNow();
    await fake.settle();
    expect(times()).toEqual([3]);
    expect(seen()).toMatchObject({ activity: 'paused', framesAnalyzed: 1 });
  });

  it('stops for good when a person says so', async () => {
    await fake.play(0);
    await fake.follower.finish(true);
    await fake.play(1, 2);
    expect(times()).toEqual([0]);
    expect(seen()?.activity).toBe('ended');
    expect(fake.follower.wants).toBe(false);
  });

  it('photographs a canvas that reads back black', async () => {
    fake = fakeFollower({ canvas: true });
    fake.follower.allow(true, false);
    fake.grab = 'black';
    await fake.play(0, 1, 2, 3.5);
    expect(fake.frames[0]?.pixels).toHaveProperty('rect');
  });
});

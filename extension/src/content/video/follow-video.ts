import type { ErrorReport, TouchstoneError } from '@touchstone/shared';
import { errorReport } from '@touchstone/shared';
import type { CheckState } from '../../overlay/check-state.ts';
import { noVideoYet, type VideoActivity } from '../../overlay/video/video-state.ts';
import type { FrameClock } from './frame-clock.ts';
import type { FrameGrabber } from './frame-grabber.ts';
import type { Player } from './player.ts';
import { createSampleRate, HIGHEST_RATE } from './sample-rate.ts';
import { createTrack, isForgotten, type Track } from './track.ts';
import type { FramePixels, TrackClient } from './track-client.ts';

export interface FollowOptions {
  readonly player: Player;
  readonly grabber: FrameGrabber;
  readonly tracks: TrackClient;
  clock(onFrame: (mediaTime: number) => void): FrameClock;
  asked(): boolean;
  /** Videos sampled on this page now. */
  company(): number;
  /** Those among them whose frames come from the screen. */
  photographed(): number;
  /**
   * Has the background take a screenshot of the player, with the overlay out of the way.
   * @returns once it is taken or given up; false where none can be taken now
   */
  shoot(send: (pixels: FramePixels, taken: () => void) => Promise<void>): Promise<boolean>;
  /** `state` may have changed. */
  changed(): void;
}

/** One player that is followed from the page, whatever it plays. */
export interface Follower {
  readonly state: CheckState;
  readonly trackId: string | undefined;
  /** It plays and has no reason not to be sampled: it wants one of the page's places. */
  readonly wants: boolean;
  /** Its frames come from the screen. */
  readonly photographed: boolean;
  /** Has a track in the companion that is not closed, or a record still to be written. */
  readonly open: boolean;
  /** Whether it is in view and has a place. @param crowded there were more videos than places */
  allow(allowed: boolean, crowded: boolean): void;
  /** The player changed: started, stopped, another source, another moment. */
  look(): void;
  /** Samples what is shown even while it is paused: a person asked. */
  sampleNow(): void;
  /** Something changed for the better, perhaps: what failed is tried again. */
  retry(): void;
  /** A person wants it checked (again): after the end, from the beginning. */
  again(): void;
  /** Ends the track and writes its record. @param forGood nothing more is sampled until somebody asks again */
  finish(forGood: boolean): Promise<void>;
}

/** First and longest wait before a track is opened again in a companion that went away. */
const RETRY_FIRST_MS = 500;
const RETRY_LONGEST_MS = 5_000;
/** Wait before a video that found no place asks again. */
const CROWDED_RETRY_MS = 4_000;
/** Frames in a row that could not be judged, after which the error is shown. */
const BROKEN_FRAMES = 5;
/** A canvas that reads back black this often is one whose drawing is not kept: it is photographed from the screen. */
const BLACK_CANVAS_FRAMES = 3;
/** Rounds of a looping video without a new moment, after which everything was seen. */
const ROUNDS = 1.2;
/** Longest time between two looks that counts as played and not as a seek, in media seconds. */
const LONGEST_STEP = 4;

/** The next frame comes half of this after it was asked for, on the average; a frame of 30 a second. */
const FRAME_MS = 33;

/** Errors about one frame or one instant: the next frame may do. */
const PASSING: ReadonlySet<string> = new Set(['picture-gone', 'cancelled', 'busy']);

/** Errors that tell of a companion which is not there. */
const UNREACHABLE: ReadonlySet<string> = new Set(['companion-unreachable', 'shutting-down']);

export function followVideo(options: FollowOptions): Follower {
  const { player, grabber, tracks, asked, changed } = options;
  const rate = createSampleRate();
  let track: Track | undefined;
  let allowed = false;
  /** The page has more videos than places. */
  let crowded = false;
  /** The companion, or another tab, has no place left. */
  let refused = false;
  let stopped = false;
  let screenshots = false;
  let shooting = false;
  let problem: ErrorReport | undefined;
  let waiting = false;
  /** It is the companion that is waited for, not a track that it gave up. */
  let away = false;
  let retryAt = 0;
  let retryWait = RETRY_FIRST_MS;
  let broken = 0;
  let blackFrames = 0;
  let running = false;
  /** A track that was closed without a record. */
  let unrecorded: Track | undefined;

  const interval = () => 1 / rate.rate(options.company(), screenshots ? Math.max(1, options.photographed()) : 0);
  const wants = () => !stopped && problem === undefined && player.playing();
  const active = () => allowed && wants();

  const fail = (error: TouchstoneError) => {
    const now = performance.now();
    if (PASSING.has(error.code)) return;
    if (isForgotten(error)) {
      waiting = true;
      away = UNREACHABLE.has(error.code);
      retryAt = now + retryWait;
      retryWait = Math.min(retryWait * 2, RETRY_LONGEST_MS);
    } else if (error.code === 'too-many-videos') {
      [refused, waiting] = [true, false];
      retryAt = now + CROWDED_RETRY_MS;
    } else if (error.code === 'broken-picture' && broken < BROKEN_FRAMES) broken += 1;
    else problem = error.toReport();
  };
  const deliver = async (
    current: Track,
    mediaTime: number,
    pixels: Promise<FramePixels | undefined>,
    taken?: () => void,
  ) => {
    try {
      await current.send(mediaTime, pixels, taken);
      if (taken) rate.shot(true);
      [waiting, refused, broken, retryWait] = [false, false, 0, RETRY_FIRST_MS];
    } catch (error) {
      // `send` throws nothing else.
      const failure = error as TouchstoneError;
      if (taken && failure.code === 'busy') rate.shot(false);
      if (current === track) fail(failure);
    }
    update();
  };
  const shoot = async (current: Track, mediaTime: number) => {
    if (shooting) return;
    shooting = true;
    await options.shoot((pixels, taken) => deliver(current, mediaTime, Promise.resolve(pixels), taken));
    shooting = false;
  };

  const begin = (source: unknown, sameTrack = false): Track => {
    const before = track?.source === source ? track : undefined;
    blackFrames = 0;
    if (!before) screenshots = false;
    return createTrack({
      source,
      tracks,
      before,
      unrecorded: sameTrack,
      screenshots: () => screenshots,
      url: player.address(),
      duration: player.duration(),
      asked,
      answered: rate.answered,
    });
  };
  /** @returns the track of what plays now; what played before is closed */
  const current = (): Track => {
    const source = player.source();
    if (track && track.source === source && !track.closed) return track;
    const before = track;
    const next = begin(source);
    track = next;
    if (before && before.source !== source) void before.close().catch(() => undefined);
    return next;
  };

  const take = (mediaTime: number, apart: number) => {
    if (player.isProtected()) {
      problem = errorReport('video-protected');
      update();
      return;
    }
    if (!player.hasFrame() || performance.now() < retryAt) return;
    const same = track?.source === player.source();
    if (same && track && !track.times.isNew(mediaTime, apart)) {
      leaveLoop(track);
      return;
    }
    const now = current();
    if (!now.ready) return;
    if (screenshots) {
      void shoot(now, mediaTime);
      return;
    }
    const grab = grabber.grab(player.element, now.last);
    if (grab.kind === 'tainted') screenshots = true;
    else if (grab.kind === 'black' && player.element instanceof HTMLCanvasElement) {
      blackFrames += 1;
      screenshots = blackFrames >= BLACK_CANVAS_FRAMES;
    } else if (grab.kind === 'frame') {
      now.last = grab.likeness;
      void deliver(
        now,
        mediaTime,
        grab.bytes.then((bytes) => ({ bytes })),
      );
    }
  };
  /** A video that went round without a new moment has been seen: its record is written. */
  const leaveLoop = (seen: Track) => {
    const duration = player.duration();
    if (duration === null || seen.closed || seen.store.seen.framesAnalyzed === 0) return;
    if (seen.playedSince > duration * ROUNDS) void finish(false);
  };

  /** Media seconds between two frames; a jump back is the video starting over. */
  const playedFrom = (before: number, now: number): number => {
    if (now >= before) return Math.min(now - before, LONGEST_STEP);
    const duration = player.duration();
    return duration === null ? 0 : Math.min(Math.max(0, duration - before) + now, LONGEST_STEP);
  };
  let lastTime = player.time();

  const clock = options.clock((mediaTime) => {
    if (!active()) {
      running = false;
      update();
      return;
    }
    const apart = interval();
    if (track) track.playedSince += playedFrom(lastTime, mediaTime);
    lastTime = mediaTime;
    take(mediaTime, apart);
    const wall = Math.max((apart * 1000) / player.speed(), 1000 / HIGHEST_RATE);
    clock.ask(wall - FRAME_MS / 2);
  });
  const update = () => {
    const now = active();
    if (now && !running) clock.ask(0);
    else if (!now && running) clock.rest();
    running = now;
    changed();
  };

  const finish = async (forGood: boolean) => {
    stopped ||= forGood;
    await end(track);
    update();
  };
  const end = async (ending: Track | undefined) => {
    try {
      await ending?.close();
    } catch {
      // The companion went away before it wrote the record: what it had said is told again when it is back.
      if (ending?.store.seen.moments.length) unrecorded = ending;
      if (!waiting) recordAnew();
    }
  };
  /** Tells a companion that was started anew what the former one had said, with the frame that is shown now. */
  const recordAnew = () => {
    if (!unrecorded || unrecorded !== track || unrecorded.source !== player.source() || !player.hasFrame()) return;
    const grab = grabber.grab(player.element, undefined);
    if (grab.kind !== 'frame') return;
    unrecorded = undefined;
    const again = begin(player.source(), true);
    track = again;
    const pixels = grab.bytes.then((bytes) => ({ bytes }));
    void deliver(again, player.time(), pixels).then(() => (waiting ? keepUnrecorded(again) : finish(stopped)));
  };
  const keepUnrecorded = async (lost: Track) => {
    await lost.close().catch(() => undefined);
    unrecorded = lost;
    update();
  };

  const retry = () => {
    if (problem?.code !== 'video-protected') problem = undefined;
    [refused, retryAt, retryWait, broken] = [false, 0, RETRY_FIRST_MS, 0];
    recordAnew();
    update();
  };

  const activity = (): VideoActivity => {
    if (track?.closed) return 'ended';
    if ((crowded || refused) && wants()) return 'crowded';
    if (active()) return waiting && away ? 'waiting' : 'sampling';
    return track || player.playing() || player.time() > 0 ? 'paused' : 'unplayed';
  };

  const stateNow = (): CheckState => {
    if (problem) return { kind: 'error', error: problem };
    const mine = track && track.source === player.source() ? track : undefined;
    const noPlace = (crowded || refused) && !mine?.store.seen.verdict;
    if (noPlace) return { kind: 'error', error: errorReport('too-many-videos') };
    const duration = player.duration();
    return { ...noVideoYet, ...mine?.store.seen, activity: activity(), duration, screenshots };
  };

  return {
    get state() {
      return stateNow();
    },
    get trackId() {
      return track?.id;
    },
    get wants() {
      return wants();
    },
    get photographed() {
      return screenshots;
    },
    get open() {
      return unrecorded !== undefined || (track !== undefined && !track.closed);
    },
    allow(next, full) {
      if (allowed === next && crowded === full) return;
      allowed = next;
      crowded = full;
      update();
    },
    look() {
      if (problem?.code === 'video-protected' && !player.isProtected()) problem = undefined;
      if (track && !track.closed && track.source !== player.source()) void track.close().catch(() => undefined);
      if (player.ended()) void finish(false);
      update();
    },
    sampleNow() {
      if (!player.playing()) take(player.time(), 1 / HIGHEST_RATE);
      update();
    },
    again() {
      if (track?.closed) track = undefined;
      stopped = false;
      retry();
    },
    retry,
    finish,
  };
}

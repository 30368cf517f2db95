import { pageError, pageErrorReport, ReportedError } from '@touchstone/shared';
import type { CheckState } from '../../overlay/check-state.ts';
import { noVideoYet, type VideoActivity } from '../../overlay/video/video-state.ts';
import { afterEvent, FIRST_STATE, type FollowEvent, isAway } from './follow-state.ts';
import type { FrameClock } from './frame-clock.ts';
import type { FrameGrabber } from './frame-grabber.ts';
import { createLateRecord, type LateOutcome } from './late-record.ts';
import { createPlayedTime } from './played-time.ts';
import type { Player } from './player.ts';
import { createSampleRate, HIGHEST_RATE } from './sample-rate.ts';
import { createTrack, type Track } from './track.ts';
import type { FramePixels, TrackClient } from './track-client.ts';

export interface FollowOptions {
  readonly player: Player;
  readonly grabber: FrameGrabber;
  readonly tracks: TrackClient;
  clock(onFrame: (mediaTime: number) => void): FrameClock;
  asked(): boolean;
  /** Videos sampled on this page now. */
  sampledVideos(): number;
  /** Those among them whose frames come from the screen. */
  screenshotVideos(): number;
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
  readonly screenshots: boolean;
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

/** Rounds of a looping video without a new moment, after which everything was seen. */
const ROUNDS = 1.2;
/** The next frame comes half of this after it was asked for, on the average; a frame of 30 a second. */
const FRAME_MS = 33;

/** Follows one player: samples what it plays, opens and closes its tracks, and says where it stands. */
export function followVideo(options: FollowOptions): Follower {
  const { player, grabber, tracks, asked, changed } = options;
  const rate = createSampleRate();
  const played = createPlayedTime(player);
  let track: Track | undefined;
  let state = FIRST_STATE;
  let shooting = false;
  let running = false;

  const happened = (event: FollowEvent) => {
    state = afterEvent(state, event);
  };
  const interval = () =>
    1 / rate.rate(options.sampledVideos(), state.screenshots ? Math.max(1, options.screenshotVideos()) : 0);
  const wants = () => !state.stopped && state.problem === undefined && player.playing();
  const active = () => state.allowed && wants();

  const deliver = async (
    current: Track,
    mediaTime: number,
    pixels: Promise<FramePixels | undefined>,
    taken?: () => void,
  ) => {
    try {
      await current.send(mediaTime, pixels, taken);
      if (taken) rate.shot(true);
      happened({ type: 'answered' });
    } catch (error) {
      // `send` throws nothing else.
      const failure = error as ReportedError;
      if (taken && failure.code === 'busy') rate.shot(false);
      if (current === track) happened({ type: 'failed', error: failure, now: performance.now() });
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
    happened({ type: 'begun', sameSource: before !== undefined });
    return createTrack({
      source,
      tracks,
      before,
      unrecorded: sameTrack,
      screenshots: () => state.screenshots,
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
      happened({ type: 'locked' });
      update();
      return;
    }
    if (!player.hasFrame() || performance.now() < state.retryAt) return;
    const same = track?.source === player.source();
    if (same && track && !track.times.isNew(mediaTime, apart)) {
      leaveLoop(track);
      return;
    }
    const now = current();
    if (!now.ready) return;
    if (state.screenshots) {
      void shoot(now, mediaTime);
      return;
    }
    const grab = grabber.grab(player.element, now.last);
    if (grab.kind === 'tainted') happened({ type: 'tainted' });
    else if (grab.kind === 'black' && player.element instanceof HTMLCanvasElement) happened({ type: 'black-canvas' });
    else if (grab.kind === 'frame') {
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

  const clock = options.clock((mediaTime) => {
    if (!active()) {
      running = false;
      update();
      return;
    }
    const apart = interval();
    const since = played.until(mediaTime);
    if (track) track.playedSince += since;
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
    if (forGood) happened({ type: 'stopped' });
    await end(track);
    update();
  };
  const end = async (ending: Track | undefined) => {
    try {
      await ending?.close();
    } catch {
      // The companion went away before it wrote the record: what it had said is told again, to it or to the next one.
      if (ending?.store.seen.moments.length) late.lost(ending);
    }
  };
  /** With the frame that is shown now: a companion writes no record of a video of which it judged none. */
  const sendShown = async (again: Track): Promise<boolean> => {
    const time = player.time();
    if (state.screenshots) {
      let sent: Promise<void> | undefined;
      const shot = await options.shoot((pixels, taken) => {
        sent = again.send(time, Promise.resolve(pixels), taken);
        return sent;
      });
      await sent;
      return shot;
    }
    const grab = grabber.grab(player.element, undefined);
    // Then the next attempt takes it from the screen.
    if (grab.kind === 'tainted') happened({ type: 'tainted' });
    if (grab.kind !== 'frame') return false;
    await again.send(
      time,
      grab.bytes.then((bytes) => ({ bytes })),
    );
    return true;
  };
  /** Tells a companion that was started anew what the former one had said. */
  const recordAnew = async (): Promise<LateOutcome> => {
    // What plays now, and was begun since, has a record of its own.
    if (!track?.closed || track.source !== player.source()) return 'over';
    if (!player.hasFrame()) return 'later';
    const again = begin(player.source(), true);
    track = again;
    try {
      if (!(await sendShown(again))) return 'later';
      happened({ type: 'answered' });
      await again.close();
      return 'over';
    } catch (thrown) {
      const error = thrown instanceof ReportedError ? thrown : pageError('internal', String(thrown));
      happened({ type: 'failed', error, now: performance.now() });
      if (state.problem) return 'over';
      return isAway(error) ? 'no-companion' : 'later';
    } finally {
      await again.close().catch(() => undefined);
      update();
    }
  };
  const late = createLateRecord(recordAnew);

  const retry = () => {
    happened({ type: 'retry' });
    late.retry();
    update();
  };

  const activity = (): VideoActivity => {
    if (track?.closed) return 'ended';
    if ((state.crowded || state.refused) && wants()) return 'crowded';
    if (active()) return state.waitingFor === 'companion' ? 'waiting' : 'sampling';
    return track || player.playing() || player.time() > 0 ? 'paused' : 'unplayed';
  };

  const stateNow = (): CheckState => {
    if (state.problem) return { kind: 'error', error: state.problem };
    const mine = track && track.source === player.source() ? track : undefined;
    const noPlace = (state.crowded || state.refused) && !mine?.store.seen.verdict;
    if (noPlace) return { kind: 'error', error: pageErrorReport('too-many-videos') };
    const duration = player.duration();
    return { ...noVideoYet, ...mine?.store.seen, activity: activity(), duration, screenshots: state.screenshots };
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
    get screenshots() {
      return state.screenshots;
    },
    get open() {
      return late.open || (track !== undefined && !track.closed);
    },
    allow(allowed, crowded) {
      if (state.allowed === allowed && state.crowded === crowded) return;
      happened({ type: 'place', allowed, crowded });
      update();
    },
    look() {
      if (!player.isProtected()) happened({ type: 'unlocked' });
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
      happened({ type: 'asked' });
      retry();
    },
    retry,
    finish,
  };
}

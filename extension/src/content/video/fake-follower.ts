import { type ErrorCode, type TimelineMoment, TouchstoneError, type TrackUpdate } from '@touchstone/shared';
import { sampleRecord } from '../../overlay/card/sample-record.ts';
import { type Follower, followVideo } from './follow-video.ts';
import type { Grab } from './frame-grabber.ts';
import type { Player } from './player.ts';
import type { FramePixels, TrackClient, TrackStart } from './track-client.ts';

/** A follower for tests, with a player, a companion and a clock that do what the test says. */
export interface FakeFollower {
  readonly follower: Follower;
  /** What the player is. */
  readonly player: {
    source: string;
    time: number;
    duration: number | null;
    playing: boolean;
    ended: boolean;
    locked: boolean;
  };
  /** What a look at the frame gives. */
  grab: Exclude<Grab['kind'], 'frame'> | 'frame';
  /** What the companion answers from now on. */
  answers: 'at once' | 'never' | ErrorCode;
  readonly opened: TrackStart[];
  readonly frames: { readonly track: string; readonly time: number; readonly pixels: FramePixels }[];
  readonly closed: string[];
  /** Milliseconds the clock was asked to wait last. */
  readonly waits: number[];
  /** Plays to these media times, one frame at each. */
  play(...times: number[]): Promise<void>;
  settle(): Promise<void>;
}

export function fakeFollower(options: { readonly canvas?: boolean } = {}): FakeFollower {
  const player = { source: 'a', time: 0, duration: 10 as number | null, playing: true, ended: false, locked: false };
  const element = document.createElement(options.canvas ? 'canvas' : 'video');
  let onFrame: (time: number) => void = () => undefined;
  let wanted = false;
  const moments = new Map<string, TimelineMoment[]>();
  const update = (track: string, change: Partial<TrackUpdate> = {}): TrackUpdate => ({
    type: 'track-update',
    id: 1,
    track,
    verdict: sampleRecord().verdict,
    framesAnalyzed: moments.get(track)?.length ?? 0,
    shots: [],
    faceTracks: [],
    wantedRate: 2,
    ...change,
  });
  const answer = async (give: () => TrackUpdate): Promise<TrackUpdate> => {
    if (fake.answers === 'never') return new Promise(() => undefined);
    if (fake.answers !== 'at once') throw new TouchstoneError(fake.answers);
    return give();
  };
  const tracks: TrackClient = {
    open(start) {
      fake.opened.push(start);
      return answer(() => {
        moments.set(start.track, [...start.resume]);
        return update(start.track);
      });
    },
    frame(track, time, pixels, shotTaken) {
      fake.frames.push({ track, time, pixels });
      return answer(() => {
        const moment = { time, probability: 0.5, low: 0.4, high: 0.6, shot: 0, faces: [] };
        moments.get(track)?.push(moment);
        shotTaken?.();
        return update(track, { moment });
      });
    },
    close: (track) =>
      answer(() => {
        fake.closed.push(track);
        return update(track, { record: sampleRecord() });
      }),
    alone: () => undefined,
    receive: () => false,
    forget: () => undefined,
    busy: () => false,
  };
  const played: Player = {
    element,
    source: () => player.source,
    duration: () => player.duration,
    time: () => player.time,
    playing: () => player.playing,
    ended: () => player.ended,
    hasFrame: () => true,
    isProtected: () => player.locked,
    address: () => `https://site.test/${player.source}`,
    speed: () => 1,
  };
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
  const fake: FakeFollower = {
    player,
    grab: 'frame',
    answers: 'at once',
    opened: [],
    frames: [],
    closed: [],
    waits: [],
    follower: followVideo({
      player: played,
      grabber: {
        grab: () =>
          fake.grab === 'frame'
            ? { kind: 'frame', bytes: Promise.resolve(new Uint8Array([1])), likeness: new Uint8Array(1) }
            : { kind: fake.grab },
      },
      tracks,
      clock(listener) {
        onFrame = listener;
        return {
          ask(afterMs) {
            wanted = true;
            fake.waits.push(afterMs);
          },
          rest() {
            wanted = false;
          },
        };
      },
      asked: () => false,
      company: () => 1,
      photographed: () => 1,
      async shoot(send) {
        await send({ rect: { x: 0, y: 0, width: 10, height: 10, devicePixelRatio: 1 } }, () => undefined);
        return true;
      },
      changed: () => undefined,
    }),
    async play(...times) {
      for (const time of times) {
        player.time = time;
        if (!wanted) continue;
        wanted = false;
        onFrame(time);
        await settle();
      }
    },
    settle,
  };
  return fake;
}

import {
  MAX_OPEN_TRACKS,
  TouchstoneError,
  TRACK_WINDOW,
  type TrackClose,
  type TrackFrame,
  type TrackOpen,
  type TrackUpdate,
} from '@touchstone/shared';
import { createFrameThroughput } from './frame-throughput.ts';
import { createTrack, type LiveRooms, type Track } from './track.ts';
import type { WaitingTracks } from './waiting-tracks.ts';

/** The playing videos of one connection. */
export interface LiveTracks {
  /** @throws TouchstoneError `too-many-videos`, `track-unknown`, or what is wrong with the frame */
  answer(message: TrackOpen | TrackFrame | TrackClose): Promise<TrackUpdate>;
  /** The client waits for this answer no longer. */
  cancel(id: number): void;
  /** Ends every track and writes the records, at once: the browser or the companion goes for good. */
  endAll(): void;
  /** The connection is gone: its tracks wait a while for the browser to come back. */
  leaveAll(): void;
}

export interface LiveTracksOptions extends Omit<LiveRooms, 'affordable' | 'idle'> {
  readonly waiting: WaitingTracks;
  /** Takes a place for a track among those of the same owner. @returns gives it back @throws TouchstoneError `too-many-videos` */
  readonly takePlace?: (() => () => void) | undefined;
}

interface OpenTrack {
  readonly track: Track;
  readonly leave: () => void;
  /** Unanswered frames by request, the oldest first. */
  readonly unanswered: Map<number, { readonly stop: AbortController; readonly done: Promise<unknown> }>;
}

/** The last frames of a track that closes are waited for this long. Milliseconds. */
const LAST_FRAMES_MS = 2_000;

/** Resolves when nothing is unanswered any more; what takes too long is given up. */
async function finished(unanswered: OpenTrack['unanswered']): Promise<void> {
  const timer = setTimeout(() => {
    for (const { stop } of unanswered.values()) stop.abort();
  }, LAST_FRAMES_MS);
  await Promise.all([...unanswered.values()].map(({ done }) => done));
  clearTimeout(timer);
}

export function createLiveTracks(given: LiveTracksOptions): LiveTracks {
  const tracks = new Map<string, OpenTrack>();
  const throughput = createFrameThroughput();
  let unanswered = 0;
  const rooms: LiveRooms = {
    ...given,
    affordable: () => throughput.affordable(tracks.size),
    idle: () => unanswered <= 1,
  };

  function known(id: string): OpenTrack {
    const open = tracks.get(id);
    if (!open) throw new TouchstoneError('track-unknown');
    return open;
  }

  function open(message: TrackOpen): TrackUpdate {
    // Asked again, for instance because the answer was lost: the track is there already.
    let track = tracks.get(message.track)?.track;
    if (!track) {
      if (tracks.size >= MAX_OPEN_TRACKS) throw new TouchstoneError('too-many-videos');
      const leave = given.takePlace?.() ?? (() => undefined);
      try {
        track = goOn(message) ?? createTrack(message, rooms);
      } catch (error) {
        leave();
        throw error;
      }
      tracks.set(message.track, { track, leave, unanswered: new Map() });
    }
    return track.update(message.id);
  }

  /** @returns the track that an earlier connection left, where there is one */
  function goOn({ track: name, source, resume }: TrackOpen): Track | undefined {
    const left = given.waiting.take(given.client, name);
    if (left?.isPrivate === source.private) {
      left.moveTo(rooms, resume);
      return left;
    }
    // What was opened for a private window stays one.
    if (left) given.waiting.keep(given.client, name, left, given.owner);
    return undefined;
  }

  async function frame(message: TrackFrame): Promise<TrackUpdate> {
    const { track, unanswered: waiting } = known(message.track);
    if (waiting.has(message.id)) throw new TouchstoneError('bad-message', `request ${message.id} is not answered yet`);
    // The newest frame is worth more than the oldest.
    if (waiting.size >= TRACK_WINDOW) pushOut(waiting);
    const stop = new AbortController();
    const arrived = performance.now();
    const work = track.frame(message, stop.signal);
    waiting.set(message.id, { stop, done: work.catch(() => undefined) });
    unanswered++;
    try {
      const answer = await work;
      throughput.took(performance.now() - arrived);
      return answer;
    } catch (error) {
      const pushedOut = stop.signal.reason instanceof TouchstoneError;
      throw pushedOut ? stop.signal.reason : error;
    } finally {
      unanswered--;
      waiting.delete(message.id);
    }
  }

  function pushOut(waiting: OpenTrack['unanswered']): void {
    const [oldest] = waiting;
    if (!oldest) return;
    waiting.delete(oldest[0]);
    oldest[1].stop.abort(new TouchstoneError('busy'));
  }

  async function close({ id, track: name }: TrackClose): Promise<TrackUpdate> {
    const { track, leave, unanswered: waiting } = known(name);
    tracks.delete(name);
    leave();
    await finished(waiting);
    const record = await track.end();
    return { ...track.update(id), ...(record && { record }) };
  }

  return {
    async answer(message) {
      if (message.type === 'track-open') return open(message);
      return message.type === 'track-frame' ? frame(message) : close(message);
    },
    cancel(id) {
      for (const { unanswered: waiting } of tracks.values()) waiting.get(id)?.stop.abort();
    },
    leaveAll() {
      for (const [name, { track, leave, unanswered: waiting }] of tracks) {
        leave();
        for (const { stop } of waiting.values()) stop.abort();
        given.waiting.keep(given.client, name, track, given.owner);
      }
      tracks.clear();
    },
    endAll() {
      for (const { track, leave, unanswered: waiting } of tracks.values()) {
        leave();
        for (const { stop } of waiting.values()) stop.abort();
        track.end().catch((error: unknown) => {
          given.logger.error({ err: error }, 'the record of a video could not be written');
        });
      }
      tracks.clear();
    },
  };
}

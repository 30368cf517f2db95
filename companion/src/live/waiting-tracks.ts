import { AsyncLocalStorage } from 'node:async_hooks';
import { MAX_OPEN_TRACKS } from '@touchstone/shared';
import type { Logger } from 'pino';
import type { Track } from './track.ts';

/** Tracks whose connection went away, for a while: the same browser may come back and go on with them. */
export interface WaitingTracks {
  /** @param owner whose browser the client is; each has a share of the places */
  keep(client: string, id: string, track: Track, owner: string): void;
  /** @returns the track, to go on with it; undefined when it waited too long or never did */
  take(client: string, id: string): Track | undefined;
}

/**
 * How long a track waits before its record is written, in milliseconds. A browser tries again within 0.5 s, after a few
 * failures within 5 s, and the page as often; a companion that was restarted has no tracks to wait with.
 */
export const WAIT_MS = 15_000;
/** Tracks of one owner's browsers that wait at most: they hold pictures. The ones that waited longest go first. */
const MOST_WAITING = 2 * MAX_OPEN_TRACKS;

interface WaitingTrack {
  readonly track: Track;
  readonly owner: string;
  readonly timer: NodeJS.Timeout;
  end(): void;
}

/**
 * @param signal ends them all at once, and writes their records
 * @param most of all owners together: whoever has most waiting loses one first
 */
export function createWaitingTracks(logger: Logger, signal: AbortSignal, most = MOST_WAITING): WaitingTracks {
  const waiting = new Map<string, WaitingTrack>();
  const keyOf = (client: string, id: string) => `${client} ${id}`;

  function remove(key: string) {
    const found = waiting.get(key);
    clearTimeout(found?.timer);
    waiting.delete(key);
    return found;
  }
  const end = (key: string): void => remove(key)?.end();

  function makeRoom(): void {
    const byOwner = Map.groupBy(waiting, ([, { owner }]) => owner);
    const [crowd = []] = [...byOwner.values()].toSorted((a, b) => b.length - a.length);
    const [oldest] = crowd;
    if (oldest && (crowd.length > MOST_WAITING || waiting.size > most)) end(oldest[0]);
  }

  signal.addEventListener('abort', () => {
    for (const key of [...waiting.keys()]) end(key);
  });

  return {
    keep(client, id, track, owner) {
      const key = keyOf(client, id);
      end(key);
      // Whoever ends it, its record is written in the name of whom it was kept for.
      const write = AsyncLocalStorage.bind(() => {
        track
          .end()
          .catch((error: unknown) => logger.error({ err: error }, 'the record of a video could not be written'));
      });
      waiting.set(key, { track, owner, timer: setTimeout(() => end(key), WAIT_MS).unref(), end: write });
      if (signal.aborted) end(key);
      else makeRoom();
    },
    take: (client, id) => remove(keyOf(client, id))?.track,
  };
}

import { pageError, ReportedError, TRACK_WINDOW } from '@touchstone/shared';
import type { Likeness } from '../../capture/frame-likeness.ts';
import { createSampledTimes, type SampledTimes } from './sampled-times.ts';
import { createSeenMoments, type SeenMoments } from './seen-moments.ts';
import type { FramePixels, TrackClient } from './track-client.ts';
import { newTrackId } from './track-id.ts';

/** One video in one player, from its first frame to its record. */
export interface Track {
  readonly id: string;
  /** What the player played when it began. */
  readonly source: unknown;
  readonly times: SampledTimes;
  readonly store: SeenMoments;
  /** The last frame that was kept. */
  last: Likeness | undefined;
  /** Whether another frame may be sent now; never more than the window, so that nothing queues up. */
  readonly ready: boolean;
  readonly closed: boolean;
  /** Media seconds played since the last new moment. */
  playedSince: number;
  /**
   * Sends one frame, opening the track first where the companion does not know it (yet, or any more).
   * @throws ReportedError why there is no answer; then the moment counts as not sampled
   */
  send(mediaTime: number, pixels: Promise<FramePixels | undefined>, shotTaken?: () => void): Promise<void>;
  /**
   * Ends the track; its record is in `store` afterwards.
   * @throws ReportedError where the companion knows nothing of it any more
   */
  close(): Promise<void>;
}

export interface TrackOptions {
  readonly source: unknown;
  readonly tracks: TrackClient;
  /** The track of the same video before this one, whose moments stay known. */
  readonly before: Track | undefined;
  /** It has no record yet: to the companion this is still the same one. */
  readonly unrecorded: boolean;
  /** As they are now: by the time the first frame is encoded the player may play something else. */
  readonly url: string | undefined;
  readonly duration: number | null;
  asked(): boolean;
  /** Whether the frames are crops of screenshots: known by the first one. */
  screenshots(): boolean;
  /** An answer came. @param tookMs since its frame was sent */
  answered(tookMs: number, wantedRate: number): void;
}

/** Errors after which the companion knows nothing of the track, and may know it again when it is opened anew. */
const FORGOTTEN: ReadonlySet<string> = new Set([
  'companion-unreachable',
  'shutting-down',
  'track-unknown',
  'bad-message',
  'internal',
]);

export function isForgotten(error: ReportedError): boolean {
  return FORGOTTEN.has(error.code);
}

export function createTrack(options: TrackOptions): Track {
  const { tracks, source, before, url, duration } = options;
  const id = options.unrecorded && before ? before.id : newTrackId();
  const times = before?.times ?? createSampledTimes();
  const store = createSeenMoments(before?.store.seen);
  const sending = new Set<Promise<unknown>>();
  let opening: Promise<void> | undefined;
  let everOpen = false;
  let closed = false;

  const open = async () => {
    const { moments: resume } = store.seen;
    const screenshots = options.screenshots();
    store.apply(await tracks.open({ track: id, asked: options.asked(), url, duration, screenshots, resume }));
    everOpen = true;
  };
  /** One that was refused is asked for again with the next frame. */
  const openOnce = () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const sendNow = async (mediaTime: number, coming: Promise<FramePixels | undefined>, shotTaken?: () => void) => {
    const pixels = await coming;
    if (!pixels) throw pageError('picture-gone');
    await openOnce();
    const began = performance.now();
    const update = await tracks.frame(id, mediaTime, pixels, shotTaken);
    if (!update) return;
    options.answered(performance.now() - began, update.wantedRate);
    store.apply(update);
  };

  const track: Track = {
    id,
    source,
    times,
    store,
    last: before?.last,
    get ready() {
      return sending.size < TRACK_WINDOW && !closed;
    },
    get closed() {
      return closed;
    },
    playedSince: 0,
    async send(mediaTime, pixels, shotTaken) {
      times.add(mediaTime);
      track.playedSince = 0;
      const sent = sendNow(mediaTime, pixels, shotTaken);
      sending.add(sent);
      try {
        await sent;
      } catch (thrown) {
        times.remove(mediaTime);
        // What was drawn may be needed again.
        track.last = undefined;
        const error = thrown instanceof ReportedError ? thrown : pageError('internal', String(thrown));
        if (isForgotten(error)) opening = undefined;
        throw error;
      } finally {
        sending.delete(sent);
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.allSettled([...sending]);
      if (!opening && everOpen) throw pageError('track-unknown', 'lost before it was closed');
      if (!opening) return;
      await opening.catch(() => undefined);
      store.apply(await tracks.close(id));
    },
  };
  return track;
}

import {
  type ErrorReport,
  type ResultRecord,
  TouchstoneError,
  TRACK_WINDOW,
  type TrackUpdate,
  toErrorReport,
  type Verdict,
} from '@touchstone/shared';
import { isBlack, isSameFrame, type Likeness } from '../../capture/frame-likeness.ts';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import { fromWire } from '../../messaging/bytes.ts';
import type { ContentMessage, ScreenRect } from '../../messaging/content-messages.ts';
import { type Asker, sourceOf } from '../checks/check-source.ts';
import type { FrameShot } from '../checks/screenshot.ts';
import type { Companion } from '../connection/companion.ts';
import type { Session } from '../connection/session.ts';
import type { TrackPlaces } from './track-places.ts';

type OpenMessage = Extract<ContentMessage, { type: 'track-open' }>;
type FrameMessage = Extract<ContentMessage, { type: 'track-frame' }>;
type CloseMessage = Extract<ContentMessage, { type: 'track-close' }>;
export type TrackMessage = OpenMessage | FrameMessage | CloseMessage;

export interface TrackPortOptions {
  readonly companion: Pick<Companion, 'session' | 'state'>;
  readonly asker: Asker;
  readonly places: TrackPlaces;
  mayCheckPrivate(): Promise<boolean>;
  /** Reads a part of the tab from the screen. */
  shoot(rect: ScreenRect, taken: () => void, signal: AbortSignal): Promise<FrameShot>;
  /** A track was closed and has its record, or could not be opened. */
  answered(
    asked: boolean,
    url: string | undefined,
    outcome: { kind: 'verdict'; record: ResultRecord } | { kind: 'error'; error: ErrorReport },
  ): void;
  /** The toolbar says what the page cannot show; undefined when it need not any more. */
  showVerdict(verdict: Verdict | undefined): void;
}

interface OpenTrack {
  readonly session: Session;
  readonly asked: boolean;
  readonly url: string | undefined;
  unanswered: number;
  /** Of the last screenshot that was sent. */
  last: Likeness | undefined;
  verdict: Verdict;
}

export interface TrackPort {
  receive(message: TrackMessage): void;
  onToolbar(track: string, shown: boolean): void;
  /** The frame is gone: its tracks are closed, so that their records are written. */
  end(): void;
}

let ports = 0;

/** Relays the tracks of one frame to the companion, and its answers back. Keeps no frame: what cannot go is refused. */
export function serveTracks(options: TrackPortOptions, post: (message: BackgroundMessage) => void): TrackPort {
  const { companion, asker, places } = options;
  const stop = new AbortController();
  const tracks = new Map<string, OpenTrack>();
  const port = ++ports;
  let onToolbar: string | undefined;
  const keyOf = (track: string) => `${port} ${track}`;

  const forget = (track: string) => {
    tracks.delete(track);
    places.leave(keyOf(track));
    if (onToolbar === track) options.showVerdict(undefined);
  };
  const updateOf = (answer: { readonly type: string }): TrackUpdate => {
    if (answer.type !== 'track-update') throw new TouchstoneError('bad-message', answer.type);
    return answer as TrackUpdate;
  };
  /** The track in the session it was opened in. @throws TouchstoneError where that session is over */
  const known = (track: string): OpenTrack => {
    const open = tracks.get(track);
    if (open?.session.open) return open;
    forget(track);
    throw new TouchstoneError(companion.state.phase === 'connected' ? 'track-unknown' : 'companion-unreachable');
  };

  const open = async ({ track, asked, url, pageTitle, duration, screenshots, resume }: OpenMessage) => {
    if (asker.incognito && !(await options.mayCheckPrivate())) throw new TouchstoneError('private-window');
    const holder = { key: keyOf(track), tabId: asker.tabId, asked, evicted: () => evict(track) };
    if (!places.take(holder)) throw new TouchstoneError('too-many-videos');
    try {
      const session = await companion.session();
      const how = { kind: 'video', path: screenshots ? 'screenshot' : 'canvas', pageTitle } as const;
      const source = await sourceOf(asker, { ...how, ...(url !== undefined && { url }) });
      const answer = await session.request({ type: 'track-open', track, source, duration, resume: [...resume] });
      const update = updateOf(answer);
      tracks.set(track, { session, asked, url, unanswered: 0, last: undefined, verdict: update.verdict });
      if (onToolbar === track) options.showVerdict(update.verdict);
      // The frame may have gone while the companion was asked.
      if (stop.signal.aborted) await close(track);
      return update;
    } catch (error) {
      forget(track);
      if (asked) options.answered(asked, url, { kind: 'error', error: toErrorReport(error) });
      throw error;
    }
  };
  const pixelsOf = async ({ id, bytes, rect }: FrameMessage, { last }: OpenTrack) => {
    if (bytes !== undefined) return { path: 'canvas', bytes: fromWire(bytes), likeness: undefined } as const;
    if (!rect) throw new TouchstoneError('picture-gone');
    const shot = await options.shoot(rect, () => post({ type: 'track-shot', id }), stop.signal);
    const nothingNew = isBlack(shot.likeness) || (last !== undefined && isSameFrame(last, shot.likeness));
    return nothingNew ? undefined : ({ path: 'screenshot', ...shot } as const);
  };
  const frame = async (message: FrameMessage) => {
    const { track, mediaTime } = message;
    const state = known(track);
    if (state.unanswered >= TRACK_WINDOW) throw new TouchstoneError('busy', 'window full');
    state.unanswered += 1;
    places.used(keyOf(track));
    try {
      const pixels = await pixelsOf(message, state);
      if (!pixels) return undefined;
      const { path, bytes, likeness } = pixels;
      state.last = likeness;
      const update = updateOf(await state.session.request({ type: 'track-frame', track, mediaTime, path, bytes }));
      state.verdict = update.verdict;
      if (onToolbar === track) options.showVerdict(update.verdict);
      return update;
    } finally {
      state.unanswered -= 1;
    }
  };
  const close = async (track: string) => {
    const { session, asked, url } = known(track);
    forget(track);
    const update = updateOf(await session.request({ type: 'track-close', track }));
    if (update.record) options.answered(asked, url, { kind: 'verdict', record: update.record });
    return update;
  };

  /** Its place went to another video: what was seen of it is recorded. It may ask again. */
  const evict = (track: string) => {
    if (tracks.has(track)) close(track).catch(() => undefined);
  };

  const answer = async (message: TrackMessage) => {
    const { id, track } = message;
    try {
      const asked =
        message.type === 'track-open' ? open(message) : message.type === 'track-frame' ? frame(message) : close(track);
      const update = await asked;
      post({ type: 'track-update', id, ...(update && { update }) });
    } catch (error) {
      const report = toErrorReport(error);
      if (report.code === 'track-unknown') forget(track);
      post({ type: 'track-error', id, error: report });
    }
  };

  return {
    receive: (message) => void answer(message),
    onToolbar(track, shown) {
      if (!shown && onToolbar !== track) return;
      onToolbar = shown ? track : undefined;
      options.showVerdict(shown ? tracks.get(track)?.verdict : undefined);
    },
    end() {
      stop.abort();
      for (const track of [...tracks.keys()]) close(track).catch(() => undefined);
    },
  };
}

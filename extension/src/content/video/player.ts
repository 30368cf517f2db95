import { addressForRecord } from '@touchstone/shared';
import type { Moving } from './frame-grabber.ts';

/** What is asked of a player, the same for a `<video>` and for a canvas that a page paints. */
export interface Player {
  readonly element: Moving;
  /** What plays; another value means another video in the same player. */
  source(): unknown;
  /** Seconds; null for a live stream, a canvas, or before it is known. */
  duration(): number | null;
  /** Seconds into the video. */
  time(): number;
  playing(): boolean;
  /** Played to its end, and not about to start over. */
  ended(): boolean;
  /** Whether there is a frame to draw that belongs to the video: a poster does not. */
  hasFrame(): boolean;
  /** Digital rights management: frames come out black by design. */
  isProtected(): boolean;
  /** Address for the record. */
  address(): string | undefined;
  /** Media seconds that pass in one second. */
  speed(): number;
  /** Goes to a moment, as far as the player can; absent where nothing can. */
  readonly seek?: (time: number) => void;
}

/** HTMLMediaElement.HAVE_CURRENT_DATA: enough of a frame to draw. */
const HAVE_CURRENT_DATA = 2;
/** A duration that changed by this many seconds at the start means that another item (an advertisement) plays now. */
const ANOTHER_ITEM_SECONDS = 1;

/** Events after which a player's answers may differ. */
const EVENTS = [
  'play',
  'playing',
  'pause',
  'ended',
  'seeked',
  'emptied',
  'loadstart',
  'loadedmetadata',
  'loadeddata',
  'durationchange',
  'encrypted',
  'enterpictureinpicture',
  'leavepictureinpicture',
] as const;
export type PlayerEvent = (typeof EVENTS)[number];

const encryptedVideos = new WeakSet<HTMLVideoElement>();

/** Remembers players that met encrypted data, from the start of the document on. Frames in shadow roots tell only us. */
export function rememberEncrypted(signal: AbortSignal): void {
  document.addEventListener(
    'encrypted',
    ({ target, isTrusted }) => {
      if (isTrusted && target instanceof HTMLVideoElement) encryptedVideos.add(target);
    },
    { capture: true, signal },
  );
}

/** Calls back after every event that may change what the player answers, until the signal aborts. */
export function onPlayerEvent({ element }: Player, listener: (event: PlayerEvent) => void, signal: AbortSignal): void {
  if (!(element instanceof HTMLVideoElement)) return;
  for (const type of EVENTS)
    element.addEventListener(
      type,
      (event) => {
        if (type === 'encrypted' && event.isTrusted) encryptedVideos.add(element);
        listener(type);
      },
      { signal },
    );
}

function videoPlayer(video: HTMLVideoElement): Player {
  let item = 0;
  let lastDuration = Number.NaN;
  /** Counts items that follow each other within one source, as advertisements do in some players. */
  const countItems = () => {
    const { duration, currentTime } = video;
    const another = Math.abs(duration - lastDuration) > ANOTHER_ITEM_SECONDS && currentTime < ANOTHER_ITEM_SECONDS;
    if (Number.isFinite(lastDuration) && Number.isFinite(duration) && another) item += 1;
    if (Number.isFinite(duration)) lastDuration = duration;
    return item;
  };
  return {
    element: video,
    source() {
      const { srcObject, currentSrc } = video;
      const count = countItems();
      return srcObject ?? `${currentSrc} ${count}`;
    },
    duration: () => (Number.isFinite(video.duration) ? video.duration : null),
    time: () => video.currentTime,
    // One that loops or is wound has no frame for an instant: nobody would say that it stands still.
    playing: () => !video.paused && !video.ended && (video.seeking || video.readyState >= HAVE_CURRENT_DATA),
    ended: () => video.ended && !video.loop,
    hasFrame: () => {
      // The poster stays until the first play or seek, even when frames are there already.
      const poster = video.poster !== '' && video.paused && video.currentTime === 0;
      return video.readyState >= HAVE_CURRENT_DATA && video.videoWidth > 0 && !poster;
    },
    isProtected: () => Boolean(video.mediaKeys) || encryptedVideos.has(video),
    // A whole video may be in its address.
    address: () => addressForRecord(video.currentSrc) || undefined,
    speed: () => video.playbackRate || 1,
    seek(time) {
      const end = video.seekable.length > 0 ? video.seekable.end(video.seekable.length - 1) : time;
      video.currentTime = Math.max(0, Math.min(time, end));
    },
  };
}

function canvasPlayer(canvas: HTMLCanvasElement): Player {
  const began = performance.now();
  return {
    element: canvas,
    source: () => canvas,
    duration: () => null,
    // A canvas has no time of its own: seconds since it is looked at.
    time: () => (performance.now() - began) / 1000,
    playing: () => canvas.isConnected,
    ended: () => false,
    hasFrame: () => canvas.width > 0 && canvas.height > 0,
    isProtected: () => false,
    address: () => undefined,
    speed: () => 1,
  };
}

export function playerOf(element: Moving): Player {
  return element instanceof HTMLVideoElement ? videoPlayer(element) : canvasPlayer(element);
}

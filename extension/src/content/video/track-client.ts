import { pageError, ReportedError, type TimelineMoment, type TrackUpdate } from '@touchstone/shared';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import { clonesBuffers, toWire } from '../../messaging/bytes.ts';
import type { ContentMessage, ScreenRect } from '../../messaging/content-messages.ts';

export interface TrackStart {
  readonly track: string;
  readonly asked: boolean;
  readonly url: string | undefined;
  readonly duration: number | null;
  /** Moments known from an earlier connection. */
  readonly resume: readonly TimelineMoment[];
  /** The frames will be crops of screenshots. */
  readonly screenshots: boolean;
}

/** A frame: its JPEG, or where it is on the screen. */
export type FramePixels = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly rect: ScreenRect };

/** Asks the background about tracks. Every method throws ReportedError with the code of what went wrong. */
export interface TrackClient {
  open(start: TrackStart): Promise<TrackUpdate>;
  /**
   * @param shotTaken called when the screenshot, if one is needed, is taken
   * @returns undefined where the screenshot showed nothing new
   */
  frame(
    track: string,
    mediaTime: number,
    pixels: FramePixels,
    shotTaken?: () => void,
  ): Promise<TrackUpdate | undefined>;
  close(track: string): Promise<TrackUpdate>;
  /** The browser's toolbar shows the verdict while the page cannot: a bare video in full screen, picture in picture. */
  onToolbar(track: string, shown: boolean): void;
  /** @returns whether the message was about a track */
  receive(message: BackgroundMessage): boolean;
  /** The background was started anew and knows none of these. */
  forget(): void;
  busy(): boolean;
}

interface Pending {
  resolve(update: TrackUpdate | undefined): void;
  reject(error: ReportedError): void;
  readonly shotTaken: (() => void) | undefined;
}

type TrackMessage = Extract<ContentMessage, { type: 'track-open' | 'track-frame' | 'track-close' }>;
type Unnumbered<Message> = Message extends { id: number } ? Omit<Message, 'id'> : never;

/** @param send to the background; opens the port first if there is none */
export function createTrackClient(send: (message: ContentMessage) => void, ensure: () => void): TrackClient {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  /** Asked with the first frame: most pages play none. */
  let cloning: boolean | undefined;
  const wire = (bytes: Uint8Array<ArrayBuffer>) => {
    cloning ??= clonesBuffers(navigator.userAgent);
    return toWire(bytes, cloning);
  };

  const ask = (message: Unnumbered<TrackMessage>, shotTaken?: () => void) =>
    new Promise<TrackUpdate | undefined>((resolve, reject) => {
      // A port that opens now forgets what is pending: this request comes after.
      ensure();
      lastId += 1;
      pending.set(lastId, { resolve, reject, shotTaken });
      send({ ...message, id: lastId });
    });
  const answered = async (asked: Promise<TrackUpdate | undefined>): Promise<TrackUpdate> => {
    const update = await asked;
    if (!update) throw pageError('bad-message', 'no update');
    return update;
  };

  return {
    open: ({ track, asked, url, duration, resume, screenshots }) =>
      answered(
        ask({
          type: 'track-open',
          track,
          asked,
          duration,
          screenshots,
          resume: [...resume],
          pageTitle: document.title.slice(0, 512),
          ...(url !== undefined && { url }),
        }),
      ),
    frame: (track, mediaTime, pixels, shotTaken) =>
      ask(
        {
          type: 'track-frame',
          track,
          // The first frame of some files comes a little before zero.
          mediaTime: Math.max(0, mediaTime),
          ...('bytes' in pixels ? { bytes: wire(pixels.bytes) } : { rect: pixels.rect }),
        },
        shotTaken,
      ),
    close: (track) => answered(ask({ type: 'track-close', track })),
    onToolbar: (track, shown) => send({ type: 'track-on-toolbar', track, shown }),
    receive(message) {
      if (message.type === 'track-shot') pending.get(message.id)?.shotTaken?.();
      else if (message.type === 'track-update' || message.type === 'track-error') {
        const request = pending.get(message.id);
        pending.delete(message.id);
        if (message.type === 'track-update') request?.resolve(message.update);
        else request?.reject(new ReportedError(message.error));
      } else return false;
      return true;
    },
    forget() {
      const lost = [...pending.values()];
      pending.clear();
      for (const { reject } of lost) reject(pageError('companion-unreachable', 'the background restarted'));
    },
    busy: () => pending.size > 0,
  };
}

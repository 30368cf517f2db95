import {
  type BandMeasurement,
  type ErrorReport,
  type Explanation,
  errorReport,
  type ResultRecord,
  TouchstoneError,
  toErrorReport,
} from '@touchstone/shared';
import type { Browser } from 'wxt/browser';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import { BEGUN_STAGES } from '../../messaging/begun-stages.ts';
import type { ContentMessage, TabPicture, TabVideo, WireBytes } from '../../messaging/content-messages.ts';
import { parseContentMessage } from '../../messaging/content-messages.ts';
import type { ShareCard } from '../../share/share-picture.ts';
import type { TrackPort } from '../videos/track-port.ts';
import type { Asker } from './check-source.ts';
import type { CheckStage, Checks } from './run-check.ts';

type CheckMessage = Extract<ContentMessage, { type: 'check' }>;
type PixelsMessage = Extract<ContentMessage, { type: 'pixels' }>;

export type Outcome =
  | { readonly kind: 'verdict'; readonly record: ResultRecord }
  | { readonly kind: 'error'; readonly error: ErrorReport };

export interface CheckPortOptions {
  readonly checks: Checks;
  readonly asker: Asker;
  /** Whether pictures of private windows may be sent. */
  mayCheckPrivate(): Promise<boolean>;
  /** Stores what a person says a picture is. */
  label(recordId: string, label: Extract<ContentMessage, { type: 'label' }>['label']): Promise<void>;
  /** Where in the picture of a record its score comes from. */
  explain(recordId: string): Promise<Explanation>;
  /** Draws a card that a person passes on. */
  sharePicture(card: ShareCard): Promise<WireBytes>;
  /** What the band of a record's probability was worth where its pack was counted. */
  measured(record: ResultRecord): BandMeasurement | undefined;
  /** Opens the place where the browser is paired. */
  openPairing(): Promise<void>;
  /** Looks where else the picture of a record of this tab appears. */
  searchImage(recordId: string): Promise<void>;
  openHistory(recordId: string | undefined): Promise<void>;
  /** Puts the script that draws into this frame. */
  bringOverlay(): void;
  /** Serves the playing videos of this frame. @param post to the frame */
  tracks(post: (message: BackgroundMessage) => void): TrackPort;
  /** The frame's answer to `list-videos`. */
  listed(id: number, videos: readonly TabVideo[]): void;
  /** The frame's answer to `list-pictures`. */
  listedPictures(id: number, pictures: readonly TabPicture[]): void;
  /** Every final answer, for the popup. */
  answered(asked: boolean, url: string | undefined, outcome: Outcome): void;
}

/** How long the page may take to give pixels: an overlay must be hidden and a large canvas encoded. */
const PIXELS_WITHIN_MS = 20_000;
/** Unanswered checks of one frame; the content script keeps far fewer out. */
const CHECKS_LIMIT = 256;

/** Serves one frame until its port closes; then its checks are cancelled. */
export function serveCheckPort(port: Browser.runtime.Port, options: CheckPortOptions): void {
  const running = new Map<number, { stop: AbortController; pixels?: (message: PixelsMessage) => void }>();
  const post = (message: BackgroundMessage) => {
    try {
      port.postMessage(message);
    } catch {
      // The frame is gone; its disconnect follows.
    }
  };

  const tracks = options.tracks(post);
  let hasOverlay = false;

  const needPixels = (id: number) =>
    new Promise<PixelsMessage>((resolve, reject) => {
      const check = running.get(id);
      if (!check) {
        reject(new TouchstoneError('cancelled'));
        return;
      }
      const timer = setTimeout(() => reject(new TouchstoneError('picture-gone', 'no pixels')), PIXELS_WITHIN_MS);
      check.pixels = (message) => {
        clearTimeout(timer);
        resolve(message);
      };
      post({ type: 'need-pixels', id });
    });

  const check = async (message: CheckMessage) => {
    const { id, lane, url, pageTitle, credentials, pixels, fresh = false } = message;
    const { asker } = options;
    if (running.has(id) || running.size >= CHECKS_LIMIT) {
      post({ type: 'error', id, error: errorReport('busy') });
      return;
    }
    const stop = new AbortController();
    running.set(id, { stop });
    let begun = false;
    const tell = (stage: CheckStage) => {
      if (stop.signal.aborted) return;
      if (lane === 'bulk') {
        // Nobody is shown these: the page hears once that it is too late to cancel, and is left alone otherwise.
        if (begun || !BEGUN_STAGES.has(stage)) return;
        begun = true;
      }
      post({ type: 'progress', id, stage });
    };
    const finish = (outcome: Outcome) => {
      running.delete(id);
      if (stop.signal.aborted) return;
      options.answered(lane === 'asked', url, outcome);
      if (outcome.kind === 'verdict') {
        const measured = options.measured(outcome.record);
        post({ type: 'result', id, record: outcome.record, ...(measured && { measured }) });
      } else post({ type: 'error', id, error: outcome.error });
    };
    try {
      if (asker.incognito && !(await options.mayCheckPrivate())) throw new TouchstoneError('private-window');
      const record = await options.checks.run({
        asker,
        lane,
        pageTitle,
        credentials,
        fresh,
        signal: stop.signal,
        onStage: tell,
        needPixels: () => needPixels(id),
        ...(url !== undefined && { url }),
        ...(pixels && { pixels }),
      });
      finish({ kind: 'verdict', record });
    } catch (error) {
      finish({ kind: 'error', error: toErrorReport(error) });
    }
  };

  const label = async ({ id, recordId, label: value }: Extract<ContentMessage, { type: 'label' }>) => {
    try {
      await options.label(recordId, value);
      post({ type: 'labelled', id });
    } catch (error) {
      post({ type: 'error', id, error: toErrorReport(error) });
    }
  };

  const explain = async ({ id, recordId }: Extract<ContentMessage, { type: 'explain' }>) => {
    try {
      post({ type: 'explanation', id, explanation: await options.explain(recordId) });
    } catch (error) {
      post({ type: 'error', id, error: toErrorReport(error) });
    }
  };

  const sharePicture = async ({ id, card }: Extract<ContentMessage, { type: 'share-picture' }>) => {
    try {
      post({ type: 'shared-picture', id, png: await options.sharePicture(card) });
    } catch (error) {
      post({ type: 'error', id, error: toErrorReport(error) });
    }
  };

  port.onMessage.addListener((raw: unknown) => {
    let message: ContentMessage;
    try {
      message = parseContentMessage(raw);
    } catch {
      // Not from our content script as built: whatever sent it gets no more answers.
      port.disconnect();
      return;
    }
    switch (message.type) {
      case 'check':
        void check(message);
        break;
      case 'pixels':
        running.get(message.id)?.pixels?.(message);
        break;
      case 'cancel':
        running.get(message.id)?.stop.abort();
        running.delete(message.id);
        break;
      case 'label':
        void label(message);
        break;
      case 'explain':
        void explain(message);
        break;
      case 'share-picture':
        void sharePicture(message);
        break;
      case 'overlay':
        // Once is enough, whoever asks.
        if (!hasOverlay) options.bringOverlay();
        hasOverlay = true;
        break;
      case 'open-pairing':
        options.openPairing().catch(() => undefined);
        break;
      case 'search-image':
        options.searchImage(message.recordId).catch(() => undefined);
        break;
      case 'open-history':
        options.openHistory(message.recordId).catch(() => undefined);
        break;
      case 'track-on-toolbar':
        tracks.onToolbar(message.track, message.shown);
        break;
      case 'videos':
        options.listed(message.id, message.videos);
        break;
      case 'pictures':
        options.listedPictures(message.id, message.pictures);
        break;
      default:
        tracks.receive(message);
    }
  });
  port.onDisconnect.addListener(() => {
    for (const { stop } of running.values()) stop.abort();
    running.clear();
    tracks.end();
  });
}

import type { Label } from '@touchstone/shared';
import type { TabVideo } from '../../messaging/content-messages.ts';
import type { Entry, Overlay } from '../../overlay/entry.ts';
import { elementAnchor } from '../../overlay/place/anchor.ts';
import type { CheckClient } from '../check-client.ts';
import { watchBattery } from './battery.ts';
import { type Follower, type FollowOptions, followVideo } from './follow-video.ts';
import { createFrameClock } from './frame-clock.ts';
import { createFrameGrabber, type Moving } from './frame-grabber.ts';
import { watchOnScreen } from './on-screen.ts';
import { shownFrame } from './picture-box.ts';
import { assignPlaces, PAGE_VIDEOS, watchedArea } from './places.ts';
import { onPlayerEvent, type Player, playerOf } from './player.ts';
import type { TrackClient } from './track-client.ts';
import { describeVideo, type Meaning } from './video-list.ts';

export interface VideoChecksOptions {
  readonly client: CheckClient;
  readonly tracks: TrackClient;
  readonly overlay: Pick<Overlay, 'add' | 'isOurs'>;
  readonly meaning: Meaning;
  shoot(element: Element, ...rest: Parameters<FollowOptions['shoot']>): ReturnType<FollowOptions['shoot']>;
  /** Whether, of what nobody asked about, "Likely AI" alone gets a badge. */
  onlyLikelyAi(): boolean;
  /** A video gets its own badge now: one that a poster had before must go. */
  shown(element: Element): void;
}

export interface VideoChecks {
  /** A person asked for this one: the card opens at once. */
  ask(element: Moving): void;
  /** A checked site shows it: it is sampled while it plays in view. */
  enter(element: HTMLVideoElement): void;
  /** Automatic checks end: what nobody asked for is left alone. */
  leaveAutomatic(): void;
  follows(element: Element): boolean;
  /** For the popup. */
  list(): TabVideo[];
  /** Asks about the video with this number of the list. */
  askNumber(number: number): void;
  /** Something changed for the better, perhaps, or what is shown of it. */
  retry(): void;
  /** Whether answers are awaited or will be. */
  busy(): boolean;
}

interface Followed {
  readonly player: Player;
  readonly follower: Follower;
  readonly stop: AbortController;
  asked: boolean;
  entry: Entry | undefined;
  /** By `performance.now`, when it was last sampled or looked at. */
  lastActiveAt: number;
}

/** After this long without being sampled a track is closed and its record written; it goes on when the video does. */
const IDLE_CLOSE_MS = 60_000;
/** As above, for a video that left the page. Players move their video about in the document: it may come back. */
const GONE_CLOSE_MS = 2_000;
/** How often idle and removed videos are looked for, and places given anew. */
const TIDY_EVERY_MS = 1_000;
/** Videos followed on one page; beyond it the ones that were idle longest are forgotten. */
const FOLLOWED_LIMIT = 64;

/** Follows the videos of one frame: who is sampled, and what is shown of it. Lives until the signal aborts. */
export function createVideoChecks(options: VideoChecksOptions, signal: AbortSignal): VideoChecks {
  const { client, tracks, overlay } = options;
  const followed = new Map<Element, Followed>();
  const numbers = new WeakMap<Element, number>();
  const grabber = createFrameGrabber();
  let lastNumber = 0;
  let sampledVideos = 0;
  let screenshotVideos = 0;
  let onToolbar: string | undefined;
  let arranging = false;
  let ticker: ReturnType<typeof setInterval> | undefined;

  const arrangeSoon = () => {
    if (arranging || signal.aborted) return;
    arranging = true;
    queueMicrotask(() => {
      arranging = false;
      if (!signal.aborted) arrange();
    });
  };
  const onScreen = watchOnScreen(arrangeSoon, signal);
  const batteryLow = watchBattery(arrangeSoon, signal);

  const arrange = () => {
    const all = [...followed.values()];
    const inPicture = document.pictureInPictureElement;
    const candidates = all.map(({ player, follower, asked }) => {
      const area = watchedArea({
        pageVisible: document.visibilityState === 'visible',
        inPicture: inPicture === player.element,
        asked,
        batteryLow: batteryLow(),
        area: onScreen.area(player.element),
      });
      return { asked, area, wants: follower.wants };
    });
    const places = assignPlaces(candidates);
    const sampled = all.filter((_, index) => places[index] === 'sampled');
    sampledVideos = sampled.length;
    screenshotVideos = sampled.filter(({ follower }) => follower.screenshots).length;
    if (sampledVideos > 0) makeRoom(all, sampledVideos);
    const now = performance.now();
    for (const [index, { follower }] of all.entries()) {
      const place = places[index];
      const item = all[index];
      if (item && place === 'sampled') item.lastActiveAt = now;
      follower.allow(place === 'sampled', place === 'crowded');
    }
    tellToolbar();
  };
  /** The companion has few places: idle tracks are closed before a new one is opened. */
  const makeRoom = (all: readonly Followed[], wanted: number) => {
    const idle = all.filter(({ follower }) => follower.open && !follower.wants);
    idle.sort((a, b) => a.lastActiveAt - b.lastActiveAt);
    const open = all.filter(({ follower }) => follower.open).length;
    for (const { follower } of idle.slice(0, Math.max(0, Math.max(open, wanted) - PAGE_VIDEOS)))
      void follower.finish(false);
  };
  const tidy = () => {
    const now = performance.now();
    for (const [element, { follower, lastActiveAt, asked }] of followed) {
      const idleFor = now - lastActiveAt;
      if (!element.isConnected && idleFor > GONE_CLOSE_MS) forget(element);
      else if (follower.open && idleFor > IDLE_CLOSE_MS && !asked) void follower.finish(false);
    }
    for (const element of [...followed.keys()].slice(0, Math.max(0, followed.size - FOLLOWED_LIMIT))) forget(element);
    arrangeSoon();
  };

  /** A bare video in full screen, or in a window of its own: nothing of ours can be drawn over it. */
  const tellToolbar = () => {
    const bare = [document.fullscreenElement, document.pictureInPictureElement];
    const item = [...followed.values()].find(({ player }) => bare.includes(player.element));
    const id = item?.follower.trackId;
    if (id === onToolbar) return;
    if (onToolbar) tracks.onToolbar(onToolbar, false);
    if (id) tracks.onToolbar(id, true);
    onToolbar = id;
  };

  const show = (element: Element, item: Followed) => {
    const { state } = item.follower;
    const verdict = state.kind === 'video' ? state.verdict : undefined;
    if (options.onlyLikelyAi() && !item.asked && !item.entry?.isOpen && verdict?.value !== 'fake') {
      item.entry?.remove();
      item.entry = undefined;
      return;
    }
    if (item.entry) {
      item.entry.update(state);
      return;
    }
    // A video that never played has nothing to say, and one that cannot be checked only answers who asked.
    const worthABadge = state.kind === 'video' ? state.activity !== 'unplayed' : state.kind === 'error';
    if (!item.asked && !worthABadge) return;
    options.shown(element);
    item.entry = addEntry(element, item);
  };
  const label = (item: Followed, value: Label | null) => {
    const { state } = item.follower;
    const record = state.kind === 'video' ? state.record : undefined;
    if (!record) return;
    item.entry?.updateLabel({ status: 'saving' });
    client.label(record.id, value, (error) => {
      if (error) item.entry?.updateLabel({ status: 'failed', error });
      else item.entry?.updateLabel(value === null ? { status: 'none' } : { status: 'saved', label: value });
    });
  };
  const addEntry = (element: Element, item: Followed): Entry => {
    const { player, follower } = item;
    return overlay.add({
      anchor: elementAnchor(element, overlay.isOurs),
      keepsBadge: () => true,
      state: follower.state,
      video: {
        now: player.time,
        frame: () => shownFrame(player.element),
        ...(player.seek && { seek: player.seek }),
      },
      actions: {
        again() {
          item.asked = true;
          follower.again();
          arrangeSoon();
        },
        label: (value) => label(item, value),
        openHistory() {
          const { state } = follower;
          if (state.kind === 'video' && state.record) client.openHistory(state.record.id);
        },
        sharePicture: (card, drawn) => client.sharePicture(card, drawn),
        stop: () => void follower.finish(true),
        dismissed: () => forget(element),
      },
    });
  };

  const follow = (element: Moving): Followed => {
    const known = followed.get(element);
    if (known) return known;
    const stop = new AbortController();
    const running = AbortSignal.any([signal, stop.signal]);
    const player = playerOf(element);
    const follower = followVideo({
      player,
      grabber,
      tracks,
      clock: (onFrame) => createFrameClock(player, onFrame, running),
      asked: () => item.asked,
      sampledVideos: () => sampledVideos,
      screenshotVideos: () => screenshotVideos,
      shoot: (send) => options.shoot(element, send),
      changed() {
        if (running.aborted) return;
        show(element, item);
        arrangeSoon();
      },
    });
    const item: Followed = { player, follower, stop, asked: false, entry: undefined, lastActiveAt: performance.now() };
    followed.set(element, item);
    onPlayerEvent(
      player,
      (event) => {
        follower.look();
        // A person moves about in a paused video: each moment looked at counts.
        if (event === 'seeked' && item.asked) follower.sampleNow();
        arrangeSoon();
      },
      running,
    );
    onScreen.watch(element);
    ticker ??= setInterval(tidy, TIDY_EVERY_MS);
    arrangeSoon();
    return item;
  };
  const forget = (element: Element) => {
    const item = followed.get(element);
    if (!item) return;
    followed.delete(element);
    onScreen.unwatch(element);
    item.entry?.remove();
    item.stop.abort();
    void item.follower.finish(true);
    if (followed.size === 0) {
      clearInterval(ticker);
      ticker = undefined;
    }
    arrangeSoon();
  };

  const ask = (element: Moving) => {
    const item = follow(element);
    item.asked = true;
    item.lastActiveAt = performance.now();
    item.follower.again();
    show(element, item);
    item.entry?.ask();
    item.follower.sampleNow();
    arrange();
  };

  document.addEventListener('visibilitychange', arrangeSoon, { signal });
  document.addEventListener('fullscreenchange', arrangeSoon, { signal });
  signal.addEventListener('abort', () => clearInterval(ticker), { once: true });

  return {
    ask,
    enter: (element) => void follow(element),
    leaveAutomatic() {
      for (const [element, { asked }] of followed) if (!asked) forget(element);
    },
    follows: (element) => followed.get(element)?.entry !== undefined,
    list: () =>
      [...describeVideo(followed, options.meaning)].map(({ element, ...video }) => {
        const number = numbers.get(element) ?? ++lastNumber;
        numbers.set(element, number);
        return { number, ...video };
      }),
    askNumber(number) {
      for (const { element } of describeVideo(followed, options.meaning))
        if (numbers.get(element) === number) {
          element.scrollIntoView({ block: 'nearest' });
          ask(element);
        }
    },
    retry() {
      for (const [element, item] of followed) {
        item.follower.retry();
        show(element, item);
      }
    },
    busy: () => tracks.busy() || [...followed.values()].some(({ follower }) => follower.open),
  };
}

import type { ImageSearch } from '@touchstone/shared';
import type { CardWords } from '@touchstone/shared/words';
import type { BackgroundMessage } from '../messaging/background-messages.ts';
import { awaitOverlay } from '../overlay/delivery.ts';
import { createInputGate } from '../overlay/host/input-gate.ts';
import { elementAnchor, rectangleAnchor } from '../overlay/place/anchor.ts';
import { BADGE_CORNERS, type BadgeCorner } from '../overlay/place/geometry.ts';
import { startAutoCheck } from './auto-check/auto-check.ts';
import { createBackgroundLink, type Port } from './background-link.ts';
import { createCheckClient } from './check-client.ts';
import { createLateOverlay } from './late-overlay.ts';
import type { PagePictures } from './page-pictures.ts';
import { createPictureChecks, type PictureChecks, type Subject } from './picture-checks.ts';
import { createPictureList } from './picture-list.ts';
import { createPictureWatch } from './picture-watch.ts';
import { createScreenshotPause } from './screenshot-pause.ts';
import { createAutomaticVideos } from './video/automatic-videos.ts';
import { createFrameShots } from './video/frame-shots.ts';
import { rememberEncrypted } from './video/player.ts';
import { createTrackClient } from './video/track-client.ts';
import { createVideoChecks } from './video/video-checks.ts';
import { createViewChecks } from './view-checks.ts';

type AutoCheckMessage = Extract<BackgroundMessage, { type: 'auto-check' }>;

export interface ContentOptions {
  connect(): Port;
  readonly pictures: PagePictures;
  /** Calls back when the background has something for the tab: a port that it lost is opened again. */
  woken(wake: () => void): void;
  /** The extension was removed or updated: this script has no background any more. */
  orphaned(): void;
}

/** Runs the content side of one frame until the signal aborts. The overlay's code comes when first needed. */
export function startContent(options: ContentOptions, signal: AbortSignal): void {
  const { pictures } = options;
  let words: CardWords | undefined;
  let corner: BadgeCorner = 'top-end';
  let imageSearch: ImageSearch = 'none';
  let onlyLikelyAi = false;
  let automatic: { readonly stop: AbortController; readonly minimumSide: number; retry(): void } | undefined;

  const gate = createInputGate(signal);
  const watch = createPictureWatch(signal, () => overlay.stirred());
  const overlay = createLateOverlay(() => link.send({ type: 'overlay' }));
  awaitOverlay((create) => {
    if (!signal.aborted) overlay.arrived((look) => create(look, gate, signal));
  });
  const screenshot = createScreenshotPause(overlay.conceal);
  const client = createCheckClient(() => link);
  const checks = createPictureChecks(client, overlay, () => automatic !== undefined);

  rememberEncrypted(signal);
  const tracks = createTrackClient(
    (message) => link.send(message),
    () => link.ensure(),
  );
  const shots = createFrameShots(screenshot, pictures.place);
  const videos = createVideoChecks(
    {
      client,
      tracks,
      overlay,
      meaning: pictures,
      shoot: shots,
      onlyLikelyAi: () => onlyLikelyAi,
      shown: checks.hideBadge,
    },
    signal,
  );
  const automaticVideos = createAutomaticVideos(videos, signal);
  /** A video that plays has its own badge: what its poster was judged to be no longer stands over it. */
  const pictureChecks: PictureChecks = {
    ...checks,
    showBadge(subject, ...rest) {
      if (!(subject.key instanceof Element && videos.follows(subject.key))) checks.showBadge(subject, ...rest);
    },
  };

  const subjects = new WeakMap<Element, Subject>();
  const subjectOf = (element: Element): Subject => {
    const known = subjects.get(element);
    if (known) return known;
    const subject: Subject = {
      key: element,
      anchor: elementAnchor(element, overlay.isOurs),
      address: () => pictures.address(element),
      hold: (watched) => watch.hold(element, watched),
      async pixels(mayHide) {
        const answer = await pictures.pixels(element);
        if (!answer.rect) return answer;
        // Badges would blink for every picture that scrolls by: no screenshots without being asked.
        if (!mayHide) return {};
        await screenshot.begin();
        // The page may have moved while the overlay went away.
        const rect = pictures.place(element);
        return rect ? { rect } : {};
      },
    };
    subjects.set(element, subject);
    return subject;
  };
  const list = createPictureList({ pictures, checks, overlay, subjectOf });
  const views = createViewChecks({
    pictures,
    checks,
    overlay,
    subjectOf,
    rectangle: (box) => {
      const anchor = rectangleAnchor(box);
      return {
        key: anchor,
        anchor,
        caption: 'card-rectangle',
        address: () => undefined,
        async pixels() {
          await screenshot.begin();
          const now = anchor.box();
          const rect = now && pictures.onScreen(now);
          return rect ? { rect } : {};
        },
      };
    },
  });

  const setLook = () => {
    if (words) overlay.setLook({ words, corner, imageSearch });
  };
  const setChoices = (message: AutoCheckMessage) => {
    ({ imageSearch, onlyLikelyAi } = message);
    corner = BADGE_CORNERS.find((known) => known === message.badgeCorner) ?? corner;
    setLook();
  };
  const setAutomatic = ({ enabled, minimumSide }: AutoCheckMessage) => {
    if (automatic && enabled && automatic.minimumSide === minimumSide) {
      automatic.retry();
      return;
    }
    automatic?.stop.abort();
    automatic = undefined;
    if (!enabled) return;
    const stop = new AbortController();
    const running = AbortSignal.any([signal, stop.signal]);
    automatic = {
      stop,
      minimumSide,
      ...startAutoCheck(
        { minimumSide, pictures, checks: pictureChecks, subjectOf, onlyLikelyAi: () => onlyLikelyAi },
        running,
      ),
    };
  };

  const early: BackgroundMessage[] = [];
  const setWords = (next: CardWords) => {
    // The same words come again on every change of another setting: what is drawn stays.
    if (next.language === words?.language) return;
    words = next;
    setLook();
    for (const message of early.splice(0)) receive(message);
  };

  const receive = (message: BackgroundMessage) => {
    if (message.type === 'words') {
      setWords(message.words);
      return;
    }
    // Kept until the words have come: nothing is drawn before a message.
    if (!words) {
      early.push(message);
      return;
    }
    // The first answer after a screenshot was asked for means that it is taken.
    if (message.type === 'progress' || message.type === 'result' || message.type === 'error') screenshot.end();
    if (tracks.receive(message)) return;
    if (message.type === 'list-videos') {
      link.send({ type: 'videos', id: message.id, videos: videos.list() });
      return;
    }
    if (message.type === 'list-pictures') {
      link.send({ type: 'pictures', id: message.id, pictures: list.list() });
      return;
    }
    if (client.receive(message)) return;
    if (message.type === 'check-clicked') {
      const picture = pictures.clicked(message.srcUrl);
      if (picture) checks.ask(subjectOf(picture));
      else views.missed('here');
    } else if (message.type === 'check-video') {
      const video = pictures.clickedVideo(message.srcUrl);
      if (video) videos.ask(video);
      else views.missed('here');
    } else if (message.type === 'check-video-number') videos.askNumber(message.number);
    else if (message.type === 'check-picture-number') list.askNumber(message.number);
    else if (message.type === 'check-viewport') views.ask();
    else if (message.type === 'choose-picture') views.missed('keyboard');
    else if (message.type === 'auto-check') {
      setChoices(message);
      pictureChecks.retryUnpaired();
      setAutomatic(message);
      automaticVideos.set(message);
      videos.retry();
    }
  };

  const link = createBackgroundLink(
    () => options.connect(),
    {
      message: receive,
      connected() {
        tracks.forget();
        client.askAgain();
        overlay.askAgain();
      },
      busy: () => client.busy() || videos.busy() || automatic !== undefined,
    },
    () => options.orphaned(),
    signal,
  );

  // Where the background went to sleep, these come before anybody needs it again: the context menu before its choice.
  const wake = () => link.ensure();
  options.woken(wake);
  document.addEventListener('contextmenu', wake, { capture: true, signal });
  window.addEventListener('focus', wake, { signal });
  window.addEventListener('pageshow', wake, { signal });
  document.addEventListener('visibilitychange', wake, { signal });
  link.ensure();
}

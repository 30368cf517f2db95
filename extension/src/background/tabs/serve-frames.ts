import { measuredBand, TouchstoneError } from '@touchstone/shared';
import { type Browser, browser } from 'wxt/browser';
import { clonesBuffers, toWire } from '../../messaging/bytes.ts';
import type { ScreenRect, TabPicture, TabVideo, WireBytes } from '../../messaging/content-messages.ts';
import { type ShareCard, sharePicture } from '../../share/share-picture.ts';
import { type Outcome, serveCheckPort } from '../checks/check-port.ts';
import type { Asker } from '../checks/check-source.ts';
import { intoTab } from '../checks/frame-places.ts';
import type { Checks } from '../checks/run-check.ts';
import { type FrameShot, screenshotFrame } from '../checks/screenshot.ts';
import type { Companion } from '../connection/companion.ts';
import { showInPopup } from '../menus/ask-in-tab.ts';
import { explainRecord, openHistory, storeLabel } from '../requests/handlers.ts';
import { openSearch, searchPage } from '../requests/search-image.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { TrackPlaces } from '../videos/track-places.ts';
import { serveTracks } from '../videos/track-port.ts';
import { askerOf } from './asker-of.ts';
import type { ContentPorts } from './content-ports.ts';
import type { FrameLists } from './frame-lists.ts';
import { putOverlay } from './put-script.ts';
import type { TabResultsStore } from './tab-results.ts';
import type { TabSigns } from './tab-signs.ts';

export interface ServeFramesOptions {
  readonly companion: Companion;
  readonly checks: Checks;
  readonly settings: SettingsStore;
  readonly results: TabResultsStore;
  readonly ports: ContentPorts;
  readonly places: TrackPlaces;
  readonly videos: FrameLists<TabVideo>;
  readonly pictures: FrameLists<TabPicture>;
  readonly signs: TabSigns;
  /** A frame's content script is there. */
  connected(asker: Asker): void;
}

async function shootFrame(
  { tabId, frameId }: Asker,
  rect: ScreenRect,
  taken: () => void,
  stop: AbortSignal,
): Promise<FrameShot> {
  const inTab = await intoTab(rect, tabId, frameId);
  if (!inTab) throw new TouchstoneError('picture-gone', 'the place of the frame is unknown');
  return screenshotFrame(tabId, inTab, taken, stop);
}

async function drawCard(card: ShareCard): Promise<WireBytes> {
  const png = await sharePicture(card);
  return toWire(new Uint8Array(await png.arrayBuffer()), clonesBuffers(navigator.userAgent));
}

async function bringOverlay({ tabId, frameId }: Asker): Promise<void> {
  if (!(await putOverlay(tabId, frameId))) await showInPopup(tabId);
}

/** Serves the content script of every frame, from its connection to its end. */
export function serveFrames(options: ServeFramesOptions): void {
  const { companion, checks, settings, results, ports, places, videos, pictures, signs } = options;

  const serve = (port: Browser.runtime.Port, asker: Asker) => {
    const { tabId, frameId, incognito } = asker;
    const mayCheckPrivate = async () => !incognito || (await settings.read()).allowPrivate;
    const answered = (asked: boolean, url: string | undefined, outcome: Outcome) => {
      if (!asked && outcome.kind === 'error') return;
      const address = url?.startsWith('data:') ? undefined : url;
      results.add(tabId, { at: Date.now(), asked, outcome, ...(address !== undefined && { url: address }) });
    };
    serveCheckPort(port, {
      checks,
      asker,
      mayCheckPrivate,
      answered,
      bringOverlay: () => void bringOverlay(asker),
      tracks: (post) =>
        serveTracks(
          {
            companion,
            asker,
            places,
            mayCheckPrivate,
            answered,
            shoot: (rect, taken, stop) => shootFrame(asker, rect, taken, stop),
            showVerdict: (verdict) => signs.video(tabId, verdict),
          },
          post,
        ),
      listed: (id, found) => videos.receive(tabId, frameId, id, found),
      listedPictures: (id, found) => pictures.receive(tabId, frameId, id, found),
      label: (recordId, label) => storeLabel(companion, recordId, label),
      explain: (recordId) => explainRecord(companion, recordId),
      sharePicture: drawCard,
      measured: (record) => measuredBand(companion.state.status?.packs ?? [], record),
      openPairing: () => browser.runtime.openOptionsPage(),
      searchImage: async (recordId) => {
        const { results: found } = await results.of(tabId);
        await openSearch(searchPage(await settings.read(), asker, found, recordId), tabId);
      },
      openHistory: (recordId) => openHistory(companion, recordId),
    });
  };

  browser.runtime.onConnect.addListener((port) => {
    const asker = askerOf(port);
    if (!asker) return;
    ports.add(port, asker);
    if (asker.frameId === 0) results.enter(asker.tabId, port.sender?.documentId ?? asker.frameUrl ?? '');
    serve(port, asker);
    options.connected(asker);
  });
}

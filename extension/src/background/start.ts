import { TouchstoneError, type Verdict } from '@touchstone/shared';
import { cardWords, chooseLanguage } from '@touchstone/shared/words';
import { type Browser, browser } from 'wxt/browser';
import { createTranslator } from '../i18n/create-translator.ts';
import { CHECK_PORT, type ScreenRect } from '../messaging/messages.ts';
import { type Outcome, serveCheckPort } from './checks/check-port.ts';
import type { Asker } from './checks/check-source.ts';
import { keepOutOfLocalNetwork } from './checks/fetch-rules.ts';
import { intoTab } from './checks/frame-places.ts';
import { createChecks } from './checks/run-check.ts';
import { screenshotFrame } from './checks/screenshot.ts';
import { createCompanion } from './connection/companion.ts';
import { showOnToolbar } from './connection/toolbar.ts';
import { askInTab } from './menus/ask-in-tab.ts';
import { createMenus, onMenuChoice } from './menus/menus.ts';
import { createIdentityStore, guardLocalStorage } from './pairing/identity-store.ts';
import { answerRequests } from './requests/answer-requests.ts';
import { createChangeNotices } from './requests/change-notices.ts';
import { createHandlers, explainRecord, measuredBand, openHistory, storeLabel } from './requests/handlers.ts';
import { checksAutomatically } from './settings/auto-check.ts';
import { createSettingsStore } from './settings/settings-store.ts';
import { createContentPorts } from './tabs/content-ports.ts';
import { createTabResults } from './tabs/tab-results.ts';
import { showAloneOnToolbar } from './videos/alone-badge.ts';
import { createTrackPlaces } from './videos/track-places.ts';
import { serveTracks } from './videos/track-port.ts';
import { createVideoLists } from './videos/video-lists.ts';

/** The frame behind a port; undefined where it is none of ours. */
function askerOf({ sender, name }: Browser.runtime.Port): Asker | undefined {
  if (name !== CHECK_PORT || sender?.id !== browser.runtime.id || sender.tab?.id === undefined) return undefined;
  const { tab, frameId = 0, origin } = sender;
  // A frame without an address of its own (about:blank, srcdoc) acts for the origin that made it.
  const frameUrl = sender.url?.startsWith('http') ? sender.url : (origin ?? sender.url);
  return { tabId: tab.id ?? 0, frameId, frameUrl, incognito: tab.incognito };
}

/**
 * Starts the background. Everything that listens is registered before the first `await`: a background that the browser
 * woke for an event gets that event only then.
 */
export function startBackground(signal: AbortSignal): void {
  const openSocket = (url: string) => new WebSocket(url);
  const notify = createChangeNotices();
  const identities = createIdentityStore();
  const settings = createSettingsStore(() => {
    notify('settings');
    void tellAutoCheck();
    void showState();
  });
  const results = createTabResults(() => notify('results'));
  const ports = createContentPorts();
  const places = createTrackPlaces();
  const videos = createVideoLists(ports);
  let shown = '';
  let packs = '';

  const companion = createCompanion({ identities, openSocket, changed }, signal);
  const checks = createChecks(companion);

  function changed() {
    notify('state');
    // The first change comes while the companion is being made.
    queueMicrotask(() => {
      const { state } = companion;
      if (state.status) {
        const now = state.status.packs.map(({ sha256 }) => sha256).join();
        if (packs !== '' && packs !== now) checks.forget();
        packs = now;
      }
      void showState();
    });
  }
  async function showState() {
    const { phase } = companion.state;
    const { language } = await settings.read();
    if (shown === `${phase} ${language}`) return;
    shown = `${phase} ${language}`;
    await showOnToolbar(phase, language);
    void tellAutoCheck();
  }
  async function tellAutoCheck(only?: Asker) {
    const current = await settings.read();
    const { minimumSide, checkVideos, minimumVideoSide, badgeCorner, language } = current;
    const words = cardWords(chooseLanguage(language, navigator.languages));
    ports.each((send, asker, topUrl) => {
      if (only && only !== asker) return;
      send({ type: 'words', words });
      const enabled = checksAutomatically(current, topUrl, asker.incognito, companion.state.port);
      send({
        type: 'auto-check',
        enabled,
        minimumSide,
        videos: checkVideos,
        minimumVideoSide,
        badgeCorner,
      });
    });
  }

  async function shootFrame({ tabId, frameId }: Asker, rect: ScreenRect, taken: () => void, stop: AbortSignal) {
    const inTab = await intoTab(rect, tabId, frameId);
    if (!inTab) throw new TouchstoneError('picture-gone', 'the place of the frame is unknown');
    return screenshotFrame(tabId, inTab, taken, stop);
  }
  async function showAlone(tabId: number, verdict: Verdict | undefined) {
    const { language } = await settings.read();
    const translator = createTranslator(chooseLanguage(language, navigator.languages));
    // The tab may be gone.
    await showAloneOnToolbar(tabId, verdict, translator).catch(() => undefined);
  }

  browser.runtime.onConnect.addListener((port) => {
    const asker = askerOf(port);
    if (!asker) return;
    const { tabId, frameId, incognito, frameUrl } = asker;
    ports.add(port, asker);
    if (frameId === 0) results.enter(tabId, port.sender?.documentId ?? frameUrl ?? '');
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
      tracks: (post) =>
        serveTracks(
          {
            companion,
            asker,
            places,
            mayCheckPrivate,
            answered,
            shoot: (rect, taken, stop) => shootFrame(asker, rect, taken, stop),
            showAlone: (verdict) => void showAlone(tabId, verdict),
          },
          post,
        ),
      listed: (id, found) => videos.receive(tabId, frameId, id, found),
      label: (recordId, label) => storeLabel(companion, recordId, label),
      explain: (recordId) => explainRecord(companion, recordId),
      measured: (record) => measuredBand(companion, record),
      openHistory: (recordId) => openHistory(companion, recordId),
    });
    void tellAutoCheck(asker);
  });

  onMenuChoice(({ tab, frameId, what, srcUrl }) => {
    if (tab.id === undefined) return;
    if (what === 'viewport') void askInTab(tab.id, 0, { type: 'check-viewport' }, { ports, results });
    else {
      const type = what === 'video' ? 'check-video' : 'check-clicked';
      void askInTab(tab.id, frameId, { type, ...(srcUrl !== undefined && { srcUrl }) }, { ports, results });
    }
  });

  answerRequests(
    createHandlers({
      companion,
      identities,
      settings,
      results,
      openSocket,
      checkViewport: (tabId) => askInTab(tabId, 0, { type: 'check-viewport' }, { ports, results }),
      listVideos: videos.of,
      checkVideo: (tabId, frameId, number) => void ports.send(tabId, frameId, { type: 'check-video-number', number }),
    }),
  );

  browser.tabs.onRemoved.addListener((tabId) => results.forget(tabId));
  browser.runtime.onInstalled.addListener(() => void createMenus());
  browser.runtime.onStartup.addListener(() => void createMenus());

  guardLocalStorage();
  // Where the browser refuses the rule, fetched addresses are still checked before anything is read.
  keepOutOfLocalNetwork().catch((error: unknown) => console.error('no rule for the local network', error));
}

import { type Browser, browser } from 'wxt/browser';
import { CHECK_PORT } from '../messaging/messages.ts';
import { serveCheckPort } from './checks/check-port.ts';
import type { Asker } from './checks/check-source.ts';
import { keepOutOfLocalNetwork } from './checks/fetch-rules.ts';
import { createChecks } from './checks/run-check.ts';
import { createCompanion } from './connection/companion.ts';
import { showOnToolbar } from './connection/toolbar.ts';
import { askInTab } from './menus/ask-in-tab.ts';
import { createMenus, onMenuChoice } from './menus/menus.ts';
import { createIdentityStore, guardLocalStorage } from './pairing/identity-store.ts';
import { answerRequests } from './requests/answer-requests.ts';
import { createChangeNotices } from './requests/change-notices.ts';
import { createHandlers, openHistory, storeLabel } from './requests/handlers.ts';
import { checksAutomatically } from './settings/auto-check.ts';
import { createSettingsStore } from './settings/settings-store.ts';
import { createContentPorts } from './tabs/content-ports.ts';
import { createTabResults } from './tabs/tab-results.ts';

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
    const { minimumSide, badgeCorner, language } = current;
    ports.each((send, asker, topUrl) => {
      if (only && only !== asker) return;
      const enabled = checksAutomatically(current, topUrl, asker.incognito, companion.state.port);
      send({ type: 'auto-check', enabled, minimumSide, badgeCorner, language });
    });
  }

  browser.runtime.onConnect.addListener((port) => {
    const asker = askerOf(port);
    if (!asker) return;
    const { tabId, frameId, incognito, frameUrl } = asker;
    ports.add(port, asker);
    if (frameId === 0) results.enter(tabId, port.sender?.documentId ?? frameUrl ?? '');
    serveCheckPort(port, {
      checks,
      asker,
      mayCheckPrivate: async () => !incognito || (await settings.read()).allowPrivate,
      label: (recordId, label) => storeLabel(companion, recordId, label),
      openHistory: (recordId) => openHistory(companion, recordId),
      answered: (asked, url, outcome) => {
        if (!asked && outcome.kind === 'error') return;
        const address = url?.startsWith('data:') ? undefined : url;
        results.add(tabId, { at: Date.now(), asked, outcome, ...(address !== undefined && { url: address }) });
      },
    });
    void tellAutoCheck(asker);
  });

  onMenuChoice(({ tab, frameId, viewport, srcUrl }) => {
    if (tab.id === undefined) return;
    const message = viewport
      ? ({ type: 'check-viewport' } as const)
      : ({ type: 'check-clicked', ...(srcUrl !== undefined && { srcUrl }) } as const);
    void askInTab(tab.id, viewport ? 0 : frameId, message, { ports, results });
  });

  answerRequests(
    createHandlers({
      companion,
      identities,
      settings,
      results,
      openSocket,
      checkViewport: (tabId) => askInTab(tabId, 0, { type: 'check-viewport' }, { ports, results }),
    }),
  );

  browser.tabs.onRemoved.addListener((tabId) => results.forget(tabId));
  browser.runtime.onInstalled.addListener(() => void createMenus());
  browser.runtime.onStartup.addListener(() => void createMenus());

  guardLocalStorage();
  // Where the browser refuses the rule, fetched addresses are still checked before anything is read.
  keepOutOfLocalNetwork().catch((error: unknown) => console.error('no rule for the local network', error));
}

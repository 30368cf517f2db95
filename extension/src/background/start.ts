import { chooseLanguage } from '@touchstone/shared/words';
import { browser } from 'wxt/browser';
import { createTranslator } from '../i18n/create-translator.ts';
import { openOwnPage } from '../ui/open-own-page.ts';
import { keepOutOfLocalNetwork } from './checks/fetch-rules.ts';
import { createChecks } from './checks/run-check.ts';
import { viewOf } from './checks/screenshot.ts';
import { onCheckCommand } from './commands/on-command.ts';
import { createCompanion } from './connection/companion.ts';
import { checksNow, showOnToolbar } from './connection/toolbar.ts';
import { watchConnection } from './connection/watch-connection.ts';
import { askInTab, reachFrame } from './menus/ask-in-tab.ts';
import { createMenus, type MenuChoice, onMenuChoice } from './menus/menus.ts';
import { createIdentityStore, guardLocalStorage } from './pairing/identity-store.ts';
import { joinTeam } from './pairing/join-team.ts';
import { watchForCodes } from './pairing/let-in.ts';
import { checkMeant } from './pictures/check-meant.ts';
import { answerRequests } from './requests/answer-requests.ts';
import { createChangeNotices } from './requests/change-notices.ts';
import { createHandlers } from './requests/handlers.ts';
import { createSettingsStore } from './settings/settings-store.ts';
import { createContentPorts } from './tabs/content-ports.ts';
import { createPictureLists, createVideoLists } from './tabs/frame-lists.ts';
import { serveFrames } from './tabs/serve-frames.ts';
import { createTabResults } from './tabs/tab-results.ts';
import { createTabSigns } from './tabs/tab-signs.ts';
import { tellFrames } from './tabs/tell-frames.ts';
import { createTrackPlaces } from './videos/track-places.ts';

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
    void tellFrames(told);
    void showState();
  });
  const results = createTabResults((tabId) => {
    notify('results');
    signs.look(tabId);
  });
  const ports = createContentPorts();
  const places = createTrackPlaces();
  const videos = createVideoLists(ports);
  const pictures = createPictureLists(ports);
  const connection = watchConnection(
    () => companion,
    () => checks,
    () => void showState(),
  );
  const changed = () => {
    notify('state');
    connection.changed();
  };
  const companion = createCompanion({ identities, openSocket, changed }, signal);
  const checks = createChecks(companion);
  const told = { ports, settings, companion };

  const signs = createTabSigns({
    isOn: () => checksNow(companion.state.phase),
    flagged: results.flagged,
    async translator() {
      const { language } = await settings.read();
      return createTranslator(chooseLanguage(language, navigator.languages));
    },
  });

  let shown = '';
  const showState = async () => {
    const { phase, team } = companion.state;
    const { language } = await settings.read();
    if (shown === `${phase} ${team} ${language}`) return;
    shown = `${phase} ${team} ${language}`;
    await showOnToolbar({ phase, ofTeam: team !== undefined }, language);
    signs.lookAtAll();
    void tellFrames(told);
  };
  const askFor = ({ tab, frameId, what, srcUrl }: MenuChoice) => {
    if (tab.id === undefined) return;
    if (what === 'viewport') void askInTab(tab.id, 0, { type: 'check-viewport' }, { ports, results });
    else {
      const type = what === 'video' ? 'check-video' : 'check-clicked';
      void askInTab(tab.id, frameId, { type, ...(srcUrl !== undefined && { srcUrl }) }, { ports, results });
    }
  };

  serveFrames({
    companion,
    checks,
    settings,
    results,
    ports,
    places,
    videos,
    pictures,
    signs,
    connected: (asker) => void tellFrames(told, asker),
  });
  onMenuChoice(askFor);
  onCheckCommand((tabId) => void checkMeant(tabId, { ports, results, pictures, videos }));
  answerRequests(
    createHandlers({
      companion,
      identities,
      settings,
      results,
      openSocket,
      checkViewport: (tabId) => askInTab(tabId, 0, { type: 'check-viewport' }, { ports, results }),
      listVideos: videos.of,
      viewTab: (tabId) => viewOf(tabId, signal),
      checkVideo: (tabId, frameId, number) => void ports.send(tabId, frameId, { type: 'check-video-number', number }),
      listPictures: async (tabId) => ((await reachFrame(tabId, 0, ports)) ? pictures.of(tabId) : []),
      checkPicture: (tabId, frameId, number) =>
        void ports.send(tabId, frameId, { type: 'check-picture-number', number }),
    }),
  );
  watchForCodes(async (agreed) => {
    await identities.write(await joinTeam(agreed, openSocket));
    companion.reconnect(true);
    // The first hello is part of it: "let in" is said when it has worked.
    await companion.session();
  });
  browser.tabs.onRemoved.addListener((tabId) => {
    results.forget(tabId);
    signs.forget(tabId);
  });
  browser.runtime.onInstalled.addListener(({ reason }) => {
    void createMenus();
    // One that is only loaded again, as Firefox does with temporary ones, has its pairing already.
    if (reason === 'install')
      void identities.read().then((paired) => (paired ? undefined : openOwnPage('welcome.html')));
  });
  browser.runtime.onStartup.addListener(() => void createMenus());

  guardLocalStorage();
  // Where the browser refuses the rule, fetched addresses are still checked before anything is read.
  keepOutOfLocalNetwork().catch((error: unknown) => console.error('no rule for the local network', error));
}

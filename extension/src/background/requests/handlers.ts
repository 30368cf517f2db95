import { type Explanation, type Label, TouchstoneError } from '@touchstone/shared';
import { chooseLanguage, compileWords } from '@touchstone/shared/words';
import { browser } from 'wxt/browser';
import type { BackgroundState, ListedPicture, ListedVideo } from '../../messaging/requests.ts';
import { isPairKey } from '../../pairing-page/pair-words.ts';
import type { OpenSocket } from '../connection/channel.ts';
import type { Companion } from '../connection/companion.ts';
import { startThroughHost } from '../native/start-companion.ts';
import { answerPair } from '../pairing/answer-pair.ts';
import type { IdentityStore } from '../pairing/identity-store.ts';
import { beginLetIn } from '../pairing/let-in.ts';
import { withKnownVerdict } from '../pictures/known-verdict.ts';
import { switchSite } from '../settings/auto-check.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { TabResultsStore } from '../tabs/tab-results.ts';
import type { Handlers } from './answer-requests.ts';
import { checkFile } from './check-file.ts';
import { safeHistoryLink } from './history-link.ts';

export interface HandlerOptions {
  readonly companion: Companion;
  readonly identities: IdentityStore;
  readonly settings: SettingsStore;
  readonly results: TabResultsStore;
  readonly openSocket: OpenSocket;
  checkViewport(tabId: number): Promise<void>;
  listVideos(tabId: number): Promise<readonly ListedVideo[]>;
  /** A look at what a tab shows. @throws TouchstoneError where the browser refuses, or the screen is needed for a check */
  viewTab(tabId: number): Promise<string>;
  checkVideo(tabId: number, frameId: number, number: number): void;
  listPictures(tabId: number): Promise<readonly ListedPicture[]>;
  checkPicture(tabId: number, frameId: number, number: number): void;
}

export async function backgroundState(
  { state, waiting }: Companion,
  identities: Pick<IdentityStore, 'places'>,
): Promise<BackgroundState> {
  const { phase, port, status, error, nextAttemptAt } = state;
  const { machine, computer, team } = await identities.places();
  return {
    phase,
    port: port ?? null,
    machine,
    computerPaired: computer,
    team,
    extensionVersion: browser.runtime.getManifest().version,
    waiting,
    ...(status && { status }),
    ...(error && { error: error.toReport() }),
    ...(nextAttemptAt !== undefined && { nextAttemptAt }),
  };
}

/** A one-time link to the history page. @throws TouchstoneError where no companion is connected */
async function historyLink(companion: Companion, recordId?: string): Promise<string> {
  const session = await companion.session();
  const answer = await session.request({ type: 'open-history', ...(recordId !== undefined && { recordId }) });
  if (answer.type !== 'history-link') throw new TouchstoneError('bad-message', answer.type);
  return safeHistoryLink(answer.url, companion.state);
}

/** Opens the history page, at one record if given. @throws TouchstoneError where no companion is connected */
export async function openHistory(companion: Companion, recordId: string | undefined): Promise<void> {
  await browser.tabs.create({ url: await historyLink(companion, recordId) });
}

/** Stores what a person says a picture is. */
export async function storeLabel(companion: Companion, recordId: string, label: Label | null): Promise<void> {
  const session = await companion.session();
  await session.request({ type: 'label', recordId, label });
}

/** Asks where in the picture of a record its score comes from. */
export async function explainRecord(companion: Companion, recordId: string): Promise<Explanation> {
  const session = await companion.session();
  const answer = await session.request({ type: 'explain', recordId });
  if (answer.type !== 'explanation') throw new TouchstoneError('bad-message', answer.type);
  return answer.explanation;
}

export function createHandlers(options: HandlerOptions): Handlers {
  const { companion, identities, settings, results, openSocket } = options;
  const state = () => backgroundState(companion, identities);
  return {
    'get-state': state,
    'pair-words': async () => {
      const { language } = await settings.read();
      return compileWords(chooseLanguage(language, navigator.languages), isPairKey);
    },
    pair: (request) => answerPair(request, { companion, identities, openSocket }),
    async unpair() {
      const { machine } = await identities.places();
      await (machine === 'team' ? identities.forgetTeam() : identities.clear());
      companion.reconnect(true);
      return state();
    },
    async 'ask-team'({ address }) {
      await beginLetIn(address);
      return { asked: true };
    },
    async 'use-machine'({ machine }) {
      await identities.use(machine);
      companion.reconnect(true);
      return state();
    },
    async reconnect() {
      companion.reconnect();
      return state();
    },
    async 'start-companion'() {
      await startThroughHost({ companion, identities, openSocket });
      return state();
    },
    'get-settings': () => settings.read(),
    'set-settings': ({ patch }) => settings.change(() => patch),
    'site-switch': ({ host, enabled }) => settings.change((current) => switchSite(current, host, enabled)),
    async 'set-recording'({ paused }) {
      const session = await companion.session();
      await session.request({ type: 'settings', patch: { recordingPaused: paused } });
      return state();
    },
    async 'open-history'({ recordId }) {
      await openHistory(companion, recordId);
      return { opened: true };
    },
    async 'history-session'({ port }) {
      // The page is there, so its companion is: if it is the paired one, there is no reason to wait for the next attempt.
      if (companion.state.port !== port) throw new TouchstoneError('not-paired', `the page is on port ${port}`);
      if (companion.state.phase !== 'connected') companion.reconnect();
      return { fragment: new URL(await historyLink(companion)).hash };
    },
    'tab-results': ({ tabId }) => results.of(tabId),
    async 'check-viewport'({ tabId }) {
      await options.checkViewport(tabId);
      return { asked: true };
    },
    'tab-videos': ({ tabId }) => options.listVideos(tabId),
    async 'tab-view'({ tabId }) {
      const image = await options.viewTab(tabId);
      const [pictures, videos] = await Promise.all([options.listPictures(tabId), options.listVideos(tabId)]);
      return { image, pictures, videos };
    },
    async 'check-video'({ tabId, frameId, number }) {
      options.checkVideo(tabId, frameId, number);
      return { asked: true };
    },
    async 'tab-pictures'({ tabId }) {
      const listed = await options.listPictures(tabId);
      const { results: known } = await results.of(tabId);
      return listed.map((picture) => withKnownVerdict(picture, known));
    },
    async 'check-picture'({ tabId, frameId, number }) {
      options.checkPicture(tabId, frameId, number);
      return { asked: true };
    },
    'check-file': (request) => checkFile(request, companion),
  };
}

import {
  CompanionStatus,
  ErrorReport,
  type ExtensionSettings,
  ExtensionSettingsPatch,
  FiniteNumber,
  MAX_TITLE_LENGTH,
  parsePairingCode,
  ResultRecord,
} from '@touchstone/shared';
import * as v from 'valibot';
import type { PairWords } from '../pairing-page/pair-words.ts';
import { type TabPicture, TabVideo } from './content-messages.ts';
import { readTeamAddress } from './team-address.ts';

/**
 * Requests of the extension's own pages (popup, options) and of the scripts on the pairing and history pages to the background, one
 * answer each. Content scripts of ordinary pages are refused: they only have their port.
 */

const host = v.pipe(v.string(), v.minLength(1), v.maxLength(253));
const tabId = v.pipe(FiniteNumber, v.integer(), v.minValue(0));
export const Port = v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(65_535));

/** Which machine judges. */
export const MACHINES = ['computer', 'team'] as const;

/** `https://host[:port]` of a team's server. */
export const TeamAddress = v.pipe(
  v.string(),
  v.check((address) => readTeamAddress(address) === address, 'no address of a server'),
);

export const PairRequest = v.object({
  type: v.literal('pair'),
  /** As typed or as in the link; read leniently. */
  code: v.pipe(
    v.string(),
    v.maxLength(64),
    v.check((code) => parsePairingCode(code) !== undefined, 'not a pairing code'),
  ),
  port: Port,
  /** A person has been told that another pairing ends, and wants that. */
  replace: v.optional(v.boolean(), false),
});

/** The words of the script on the pairing page, in the language of the reader. */
export const PairWordsRequest = v.object({ type: v.literal('pair-words'), port: Port });

/** A new session for the history page, which asks from the port of the paired companion. */
export const HistorySessionRequest = v.object({ type: v.literal('history-session'), port: Port });

/** Whether it paired, or on which port the pairing is that this would have ended. */
export type PairAnswer = { readonly outcome: 'paired' } | { readonly outcome: 'would-replace'; readonly port: number };

export const Request = v.variant('type', [
  v.object({ type: v.literal('get-state') }),
  PairRequest,
  PairWordsRequest,
  HistorySessionRequest,
  v.object({ type: v.literal('unpair') }),
  /** Opens the page of a team's server, where its person signs in and lets this browser in. */
  v.object({ type: v.literal('ask-team'), address: TeamAddress }),
  /** From now on the other machine judges; both pairings stay. */
  v.object({ type: v.literal('use-machine'), machine: v.picklist(MACHINES) }),
  /** Tries at once instead of waiting for the next attempt. */
  v.object({ type: v.literal('reconnect') }),
  /** Starts the companion through the native messaging host, and pairs where no pairing works. */
  v.object({ type: v.literal('start-companion') }),
  v.object({ type: v.literal('get-settings') }),
  v.object({ type: v.literal('set-settings'), patch: ExtensionSettingsPatch }),
  /** The popup's switch for one host. */
  v.object({ type: v.literal('site-switch'), host, enabled: v.boolean() }),
  v.object({ type: v.literal('set-recording'), paused: v.boolean() }),
  v.object({ type: v.literal('open-history'), recordId: v.optional(v.pipe(v.string(), v.maxLength(64))) }),
  v.object({ type: v.literal('tab-results'), tabId }),
  v.object({ type: v.literal('check-viewport'), tabId }),
  v.object({ type: v.literal('tab-videos'), tabId }),
  /** What the tab shows now, and what lies where in it. */
  v.object({ type: v.literal('tab-view'), tabId }),
  v.object({ type: v.literal('check-video'), tabId, frameId: tabId, number: v.pipe(FiniteNumber, v.integer()) }),
  v.object({ type: v.literal('tab-pictures'), tabId }),
  v.object({ type: v.literal('check-picture'), tabId, frameId: tabId, number: v.pipe(FiniteNumber, v.integer()) }),
  /** Checks a file that a page of the extension has in hand, or ships: its address there. */
  v.object({
    type: v.literal('check-file'),
    url: v.pipe(v.string(), v.maxLength(2_000)),
    fileName: v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH)),
    private: v.optional(v.boolean(), false),
  }),
]);
export type Request = v.InferOutput<typeof Request>;
/** As a caller may write it. */
export type RequestInput = v.InferInput<typeof Request>;

export const CONNECTION_PHASES = ['connected', 'connecting', 'not-running', 'not-paired', 'refused'] as const;

/** Where the connection to the companion stands. */
export const BackgroundState = v.object({
  phase: v.picklist(CONNECTION_PHASES),
  /** Port of the paired companion; null where none is paired. */
  port: v.nullable(Port),
  /** Which machine is used, and what there is to choose from. */
  machine: v.picklist(MACHINES),
  /** Whether a companion on this computer is paired. */
  computerPaired: v.boolean(),
  /** Address of the team's server that this browser was let in at; null where it never was, or was forgotten. */
  team: v.nullable(TeamAddress),
  extensionVersion: v.string(),
  /** Set while connected. */
  status: v.optional(CompanionStatus),
  /** Why not: `refused` has the code that says whether to update, to pair again or to quit another program. */
  error: v.optional(ErrorReport),
  /** Milliseconds since 1970 of the next attempt by itself, while not running. */
  nextAttemptAt: v.optional(FiniteNumber),
  /** Pictures that wait for the companion. */
  waiting: FiniteNumber,
});
export type BackgroundState = v.InferOutput<typeof BackgroundState>;

/** One answer as the popup lists it, newest first. The page cannot touch these. */
export const TabResult = v.object({
  at: FiniteNumber,
  asked: v.boolean(),
  url: v.optional(v.string()),
  outcome: v.variant('kind', [
    v.object({ kind: v.literal('verdict'), record: ResultRecord }),
    v.object({ kind: v.literal('error'), error: ErrorReport }),
  ]),
});
export type TabResult = v.InferOutput<typeof TabResult>;

export const TabResults = v.object({
  results: v.array(TabResult),
  /** How many more there were than are kept. */
  more: FiniteNumber,
});
export type TabResults = v.InferOutput<typeof TabResults>;

/** A video of the tab, in whatever frame. */
export const ListedVideo = v.object({ ...TabVideo.entries, frameId: tabId });
export type ListedVideo = v.InferOutput<typeof ListedVideo>;

/** A picture of the tab, in whatever frame. */
export interface ListedPicture extends TabPicture {
  readonly frameId: number;
}

/** What a tab shows at one moment, and the pictures and videos that lay in it then. It stays in the extension. */
export interface TabView {
  /** `data:` address of a JPEG. */
  readonly image: string;
  readonly pictures: readonly ListedPicture[];
  readonly videos: readonly ListedVideo[];
}

/** What each request is answered with. */
export interface Answers {
  'get-state': BackgroundState;
  pair: PairAnswer;
  'pair-words': PairWords;
  'history-session': {
    /** With its `#`: the one-time token. */
    readonly fragment: string;
  };
  unpair: BackgroundState;
  'ask-team': { readonly asked: true };
  'use-machine': BackgroundState;
  reconnect: BackgroundState;
  'start-companion': BackgroundState;
  'get-settings': ExtensionSettings;
  'set-settings': ExtensionSettings;
  'site-switch': ExtensionSettings;
  'set-recording': BackgroundState;
  'open-history': { readonly opened: true };
  'tab-results': TabResults;
  'check-viewport': { readonly asked: true };
  'tab-videos': readonly ListedVideo[];
  'tab-view': TabView;
  'check-video': { readonly asked: true };
  'tab-pictures': readonly ListedPicture[];
  'check-picture': { readonly asked: true };
  'check-file': ResultRecord;
}

/** Pushed to open extension pages when something they may show has changed; they ask again for what they need. */
export const ChangeNotice = v.object({
  type: v.literal('changed'),
  what: v.picklist(['state', 'settings', 'results']),
});
export type ChangeNotice = v.InferOutput<typeof ChangeNotice>;

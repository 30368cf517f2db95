import type { ClientMessage, Join, Pair, Transcript } from '@touchstone/shared';
import type { Connection } from './connection.ts';

/** A browser that is paired. */
export interface KnownBrowser {
  readonly id: string;
  /** Whose it is; the same for all where there is one person alone. */
  readonly owner: string;
  /** Origin of its extension, pinned when it paired. */
  readonly origin: string;
  /** Checks a proof that it has the secret. */
  verify(transcript: Transcript, proof: Uint8Array): Promise<boolean>;
  /** Proves to it that the secret is known here. */
  prove(transcript: Transcript): Promise<Uint8Array<ArrayBuffer>>;
}

/** A browser that has shown a right code; nothing of it is kept yet. */
export interface Newcomer {
  /** Id that it will have. */
  readonly id: string;
  /** What both sides prove the pairing with; 32 bytes. */
  readonly key: Uint8Array<ArrayBuffer>;
  /** Derives the browser's secret and keeps what is needed of it. @throws TouchstoneError where it may not be kept any more */
  keep(): Promise<void>;
}

/** Who may come in by the socket, and what they may ask: browsers of the one person of this computer, or of a team's people. */
export interface SocketDoor {
  /** @throws TouchstoneError where it cannot be looked up */
  find(id: string): Promise<KnownBrowser | undefined>;
  /** Uses up the code that a newcomer shows. @throws TouchstoneError `pairing-code-wrong`, `bad-message` */
  redeem(connection: Connection, message: Pair | Join, transcript: Transcript): Promise<Newcomer>;
  /** Does something in the name of whoever a browser belongs to, with all that it begins. */
  within<Result>(browser: KnownBrowser, work: () => Promise<Result>): Promise<Result>;
  /** Whether a browser may ask that now. @throws TouchstoneError `role-missing`, `not-paired`... */
  admit(browser: KnownBrowser, message: Pick<ClientMessage, 'type'>): Promise<void>;
  /** Takes room for a capture among those of the same person. @returns gives it back @throws TouchstoneError `busy` */
  takeRoom(browser: KnownBrowser, bytes: number): () => void;
  /** Takes a place for a playing video among those of the same person. @returns gives it back @throws TouchstoneError `too-many-videos` */
  takeTrack(browser: KnownBrowser): () => void;
  /** Notes that a browser connected, and calls `gone` once it may not be here any more, until `signal` aborts. */
  watch(browser: KnownBrowser, gone: () => void, signal: AbortSignal): void;
}

import type { BandMeasurement, ErrorReport, Explanation, Label, Lane, ResultRecord } from '@touchstone/shared';
import type { BackgroundMessage } from '../messaging/background-messages.ts';
import { fromWire } from '../messaging/bytes.ts';
import type { ContentMessage } from '../messaging/content-messages.ts';
import type { CheckStage } from '../overlay/check-state.ts';
import type { ShareCard } from '../share/share-picture.ts';
import type { BackgroundLink } from './background-link.ts';

type CheckMessage = Extract<ContentMessage, { type: 'check' }>;
export type PixelsAnswer = Omit<Extract<ContentMessage, { type: 'pixels' }>, 'type' | 'id'>;

export interface CheckRequest {
  readonly lane: Lane;
  readonly url?: string;
  readonly credentials: boolean;
  readonly fresh?: boolean;
}

export type CheckOutcome =
  | { readonly kind: 'verdict'; readonly record: ResultRecord; readonly measured?: BandMeasurement }
  | { readonly kind: 'error'; readonly error: ErrorReport };

export type Drawn = (png?: Uint8Array<ArrayBuffer>) => void;

export type ExplainOutcome = { readonly explanation: Explanation } | { readonly error: ErrorReport };

export interface CheckListener {
  stage(stage: CheckStage): void;
  done(outcome: CheckOutcome): void;
  /** The background could not fetch the address. */
  needPixels(): Promise<PixelsAnswer>;
}

export interface CheckClient {
  /** @returns cancels the check; its listener hears nothing more */
  check(request: CheckRequest, listener: CheckListener): () => void;
  /** @param settled gets the error, if any */
  label(recordId: string, label: Label | null, settled: (error?: ErrorReport) => void): void;
  /** Asks where in the picture of a record its score comes from. */
  explain(recordId: string, settled: (outcome: ExplainOutcome) => void): void;
  /** Has a card drawn that a person passes on. @param drawn gets a PNG; nothing where that failed */
  sharePicture(card: ShareCard, drawn: Drawn): void;
  /** A person wants to pair this browser. */
  openPairing(): void;
  /** A person wants to know where else the picture of a record appears. */
  searchImage(recordId: string): void;
  openHistory(recordId: string): void;
  /** For the link: a message of the background. @returns whether it was about a request */
  receive(message: BackgroundMessage): boolean;
  /** For the link: asks everything unanswered again. */
  askAgain(): void;
  busy(): boolean;
}

type Pending =
  | { readonly kind: 'check'; readonly message: CheckMessage; readonly listener: CheckListener }
  | { readonly kind: 'label'; readonly message: ContentMessage; readonly settled: (error?: ErrorReport) => void }
  | {
      readonly kind: 'explain';
      readonly message: ContentMessage;
      readonly settled: (outcome: ExplainOutcome) => void;
    }
  | { readonly kind: 'share'; readonly message: ContentMessage; readonly drawn: Drawn };

/** Requests to the background by id, with their answers. Ids are unique within this frame's life. */
export function createCheckClient(link: () => BackgroundLink): CheckClient {
  const pending = new Map<number, Pending>();
  let lastId = 0;

  const givePixels = async (id: number, listener: CheckListener) => {
    // Whatever fails while reading the page, the background hears that there is nothing.
    const answer = await listener.needPixels().catch((): PixelsAnswer => ({}));
    if (pending.has(id)) link().send({ type: 'pixels', id, ...answer });
  };
  const send = (id: number, request: Pending) => {
    // A port that opens now asks everything pending again: this request joins afterwards, so that it goes out once.
    link().ensure();
    pending.set(id, request);
    link().send(request.message);
  };
  const settle = (id: number, request: Pending, outcome: CheckOutcome) => {
    pending.delete(id);
    if (request.kind === 'check') request.listener.done(outcome);
    else if (request.kind === 'explain') {
      if (outcome.kind === 'error') request.settled({ error: outcome.error });
    } else if (request.kind === 'share') request.drawn();
    else request.settled(outcome.kind === 'error' ? outcome.error : undefined);
  };

  return {
    check(request, listener) {
      const id = ++lastId;
      const message: CheckMessage = { type: 'check', id, pageTitle: document.title.slice(0, 512), ...request };
      send(id, { kind: 'check', message, listener });
      return () => {
        if (pending.delete(id)) link().send({ type: 'cancel', id });
      };
    },
    label(recordId, label, settled) {
      const id = ++lastId;
      send(id, { kind: 'label', message: { type: 'label', id, recordId, label }, settled });
    },
    explain(recordId, settled) {
      const id = ++lastId;
      send(id, { kind: 'explain', message: { type: 'explain', id, recordId }, settled });
    },
    sharePicture(card, drawn) {
      const id = ++lastId;
      send(id, { kind: 'share', message: { type: 'share-picture', id, card }, drawn });
    },
    openPairing: () => link().send({ type: 'open-pairing' }),
    searchImage: (recordId) => link().send({ type: 'search-image', recordId }),
    openHistory: (recordId) => link().send({ type: 'open-history', recordId }),
    receive(message) {
      if (!('id' in message)) return false;
      const request = pending.get(message.id);
      if (!request) return true;
      if (message.type === 'labelled') {
        pending.delete(message.id);
        if (request.kind === 'label') request.settled();
      } else if (message.type === 'explanation') {
        pending.delete(message.id);
        if (request.kind === 'explain') request.settled({ explanation: message.explanation });
      } else if (message.type === 'shared-picture') {
        pending.delete(message.id);
        if (request.kind === 'share') request.drawn(fromWire(message.png));
      } else if (message.type === 'result') {
        const { record, measured } = message;
        settle(message.id, request, { kind: 'verdict', record, ...(measured && { measured }) });
      } else if (message.type === 'error') settle(message.id, request, { kind: 'error', error: message.error });
      else if (request.kind === 'check' && message.type === 'progress') request.listener.stage(message.stage);
      else if (request.kind === 'check') void givePixels(message.id, request.listener);
      return true;
    },
    askAgain() {
      for (const { message } of pending.values()) link().send(message);
    },
    busy: () => pending.size > 0,
  };
}
